-- Zones, where clocks are put on and back.
select id, from_utc_timestamp(ts, 'Europe/Amsterdam') as a, from_utc_timestamp(ts, 'America/New_York') as b from far where id not in (1, 2, 3, 4)
select id, to_utc_timestamp(ts, 'Europe/Amsterdam') as a, to_utc_timestamp(ts, 'America/New_York') as b from far where id not in (1, 2, 3, 4)
select id, from_utc_timestamp(ts, 'Asia/Kolkata') as a, to_utc_timestamp(ts, 'Australia/Lord_Howe') as b from far where id > 8
select id, from_utc_timestamp(ts, '+05:00') as a, to_utc_timestamp(ts, '-08:00') as b, from_utc_timestamp(ts, 'UTC') as c from far where id > 5
select id, from_utc_timestamp(ts, '+05:30') as a from far where id > 5
select id, from_utc_timestamp(ts, 'CET') as a, from_utc_timestamp(ts, 'GMT+2') as b from far where id > 8
select id, convert_timezone('UTC', 'Europe/Paris', ntz) as a from far where id > 8
select to_date(from_utc_timestamp(timestamp '2020-06-30 22:30:00', 'Europe/Amsterdam')) as a, hour(from_utc_timestamp(timestamp '2020-03-29 01:00:00', 'Europe/Amsterdam')) as b
select to_utc_timestamp('2020-03-29 02:30:00', 'Europe/Amsterdam') as a, to_utc_timestamp('2020-10-25 02:30:00', 'Europe/Amsterdam') as b, to_utc_timestamp('2020-07-01 00:00:00', 'Asia/Tokyo') as c
select date_trunc('day', from_utc_timestamp(ts, 'Europe/Amsterdam')) as local, count(*) as n from far where id > 8 group by 1 order by 1
