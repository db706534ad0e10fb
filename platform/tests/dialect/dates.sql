-- Dates and times at all ends of the calendar.
select id, year(d) as a, month(d) as b, day(d) as c, dayofmonth(d) as e from far
select id, dayofweek(d) as a, weekday(d) as b, dayofyear(d) as c, weekofyear(d) as e, quarter(d) as g from far
select id, hour(ts) as a, minute(ts) as b, second(ts) as c, year(ts) as e, dayofweek(ts) as g from far
select id, hour(ntz) as a, minute(ntz) as b, second(ntz) as c, weekofyear(ntz) as e from far
select id, extract(year from d) as a, extract(week from d) as b, extract(dow from d) as c, extract(doy from d) as e, extract(quarter from d) as g from far
select id, extract(second from ts) as a, extract(hour from ts) as b, extract(yearofweek from d) as c, extract(dayofweek_iso from d) as e from far
select id, date_part('month', d) as a, date_part('SECONDS', ts) as b, date_part('dow', ts) as c, datepart('year', ntz) as e from far
select id, trunc(d, 'year') as a, trunc(d, 'month') as b, trunc(d, 'week') as c, trunc(d, 'quarter') as e from far where id <> 1
select id, trunc(ts, 'MON') as a, trunc(d, 'decade') as b, trunc(d, 'YY') as c from far
select id, date_trunc('year', ts) as a, date_trunc('month', ts) as b, date_trunc('day', ts) as c, date_trunc('hour', ts) as e from far where id <> 1
select id, date_trunc('minute', ts) as a, date_trunc('second', ts) as b, date_trunc('week', ts) as c, date_trunc('millisecond', ts) as e from far where id <> 1
select id, date_trunc('month', ntz) as a, date_trunc('day', d) as b from far where id <> 1
select id, last_day(d) as a, next_day(d, 'Mon') as b, next_day(d, 'friday') as c from far where id <> 2
select id, next_day(d, 'xx') as a, last_day(ts) as b from far
select id, date_add(d, 1) as a, date_sub(d, 1) as b, date_add(d, -365) as c from far where id not in (1, 2)
select id, d + 1 as a, d - 30 as b, d - interval 1 day as c, date_add(d, 0) as e from far where id not in (1, 2)
select id, add_months(d, 1) as a, add_months(d, -1) as b, add_months(d, 12) as c from far where id not in (1, 2)
select add_months('2020-01-31', 1) as a, add_months('2020-02-29', 12) as b, add_months('2020-02-29', -12) as c, add_months('2019-02-28', 12) as e
select id, datediff(d, date '2020-01-01') as a, datediff(ts, d) as b, date_diff(ntz, d) as c from far
select id, datediff(month, date '2020-01-31', d) as a, datediff(year, d, date '2020-02-29') as b, timestampdiff(week, ts, timestamp '2020-01-01 00:00:00') as c from far
select id, timestampdiff(month, ts, timestamp '2020-02-29 12:00:00') as a, timestampdiff(quarter, ntz, ts) as b, timestampdiff(second, timestamp '2020-01-01 00:00:00', ts) as c from far
select id, months_between(d, date '2020-02-29') as a, months_between(ts, timestamp '2020-01-31 10:00:00') as b, months_between(d, d, false) as c from far
select id, timestampadd(month, 1, ts) as a, timestampadd(hour, -25, ts) as b, dateadd(quarter, 1, d) as c, dateadd(week, 1, ntz) as e from far where id not in (1, 2)
select id, ts + interval 1 month as a, ts - interval 1 year as b, ts + interval 36 hours as c, ts - interval 5 seconds as e from far where id not in (1, 2)
select id, d + interval 1 month as a, d - interval 1 year as b, d + interval 1 week as c from far where id not in (1, 2)
select id, ntz + interval 1 day as a, ntz - interval 90 minutes as b from far where id not in (1, 2)
select date '2020-01-31' + interval 1 month as a, date '2020-03-31' - interval 1 month as b, timestamp '2020-02-29 00:00:00' + interval 1 year as c
select id, unix_timestamp(ts) as a, unix_seconds(ts) as b, unix_millis(ts) as c, unix_micros(ts) as e, unix_date(d) as g from far
select id, date_from_unix_date(unix_date(d)) as a, timestamp_micros(unix_micros(ts)) as b, timestamp_seconds(unix_seconds(ts)) as c from far
select id, to_unix_timestamp(ts) as a, unix_timestamp(d) as b from far
select from_unixtime(0) as a, from_unixtime(1583020800, 'yyyy-MM-dd') as b, from_unixtime(-1) as c, from_unixtime(null) as e
select timestamp_seconds(1.5) as a, timestamp_millis(-1) as b, timestamp_micros(0) as c, timestamp_seconds(null) as e
select make_date(2020, 2, 29) as a, make_date(2021, 2, 29) as b, make_date(1, 1, 1) as c, make_date(9999, 12, 31) as e, make_date(2020, 0, 1) as g
select make_timestamp(2020, 2, 29, 23, 59, 59.999999) as a, make_timestamp(2020, 1, 1, 24, 0, 0) as b, make_timestamp(2020, 1, 1, 0, 0, 60) as c
select make_timestamp(2020, 1, 5, 10, 0, 0, 'Europe/Amsterdam') as a
select id, d = ts as a, d < ts as b, ts = ntz as c, d > '2020-01-01' as e, ts <= '2020-01-01' as g from far
select id, d between date '1970-01-01' and date '2020-12-31' as a, ts between '2000-01-01' and '2021-01-01' as b from far
select min(d) as a, max(d) as b, min(ts) as c, max(ts) as e, count(distinct d) as g from far
select id, d from far order by d desc nulls last, id
select id, greatest(d, date '2000-01-01') as a, least(ts, timestamp '2000-01-01 00:00:00') as b, coalesce(d, date '1999-12-31') as c from far
select year(d) as y, count(*) as n, min(ts) as m from far group by year(d) order by y
select date_trunc('month', ts) as m, count(*) as n from far where id <> 1 group by date_trunc('month', ts) order by m
select id, case when month(d) >= 4 then year(d) else year(d) - 1 end as fiscal, concat(year(d), '-Q', quarter(d)) as q, year(d) * 100 + month(d) as ym from far
select id, datediff(last_day(d), trunc(d, 'MM')) + 1 as days, dayofweek(d) in (1, 7) as weekend from far where id not in (1, 2)
select sequence(date '2020-02-27', date '2020-03-02') as a, sequence(date '2020-01-31', date '2020-05-31', interval 1 month) as b, sequence(date '2020-03-01', date '2020-02-28', interval -1 day) as c
select sequence(timestamp '2020-03-29 00:00:00', timestamp '2020-03-29 04:00:00', interval 1 hour) as a, sequence(timestamp '2020-01-01 00:00:00', timestamp '2020-01-01 00:00:10', interval 5 seconds) as b
select explode(sequence(date '2020-02-28', date '2020-03-01', interval 1 day)) as d
select date '2020-02-29' as a, timestamp '2020-02-29 12:00:00.123456' as b, timestamp '2020-02-29T12:00:00+02:00' as c, timestamp_ntz '2020-02-29 12:00:00' as e
select date '2020-1-5' as a, timestamp '2020-01-05' as b, to_date('2020-01-05 10:00:00') as c, to_date('nope') as e
select id, to_date(ts) as a, date(ts) as b, to_timestamp(d) as c, to_timestamp_ntz(ts) as e from far where id <> 1
select id, extract(day from ts - timestamp '2020-01-01 00:00:00') as a from far
select current_date() as a
select id, date_diff(day, d, date '2020-03-01') as a, date_diff(hour, ts, timestamp '2020-01-01 00:00:00') as b from far
select window.start as s, count(*) as n from (select window(ts, '1 day') as window from far where id > 8) group by window.start order by s
select weekofyear('2024-12-30') as a, weekofyear('2021-01-03') as b, extract(yearofweek from date '2021-01-03') as c, dayofyear('2024-12-31') as e
select hour('2020-01-05 23:11:12') as a, minute('2020-01-05 10:11:12') as b, year('2020') as c, month('2020-13-01') as e, day('2020-01-05T01:02:03Z') as g
