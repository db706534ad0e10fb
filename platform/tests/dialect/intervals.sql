-- Intervals, where a table can hold what comes of them.
select id, ts + interval '1' day as a, ts + interval 1 hour as b, ts - interval '2' month as c from far where id > 5
select id, ts + interval 1 day 2 hours as a from far where id > 5
select id, ts + interval '1 02:03:04' day to second as a from far where id > 5
select id, ts + interval '1-2' year to month as a from far where id > 5
select id, d + interval 3 days as a, d + interval 2 weeks as b, d - interval 3 months as c from far where id > 5
select id, ts + id * interval 1 day as a from far where id > 5
select id, d + make_interval(0, 0, 0, id) as a from far where id > 5
select id, ts + make_dt_interval(id) as a from far where id > 5
select timestamp '2020-03-29 01:59:59' + interval 1 second as a, date '2020-02-29' - interval 4 years as b, timestamp '2020-01-31 00:00:00' + interval 1 month as c
select id from far where ts > timestamp '2020-01-01 00:00:00' - interval 90 days and ts < timestamp '2020-01-01 00:00:00' + interval 1 year
select id from far where d >= date '2020-01-01' - interval 1 year
select interval 1 day > interval 1 hour as a
select sum(qty) as q from sales where at >= timestamp '2020-01-01 00:00:00' + interval 1 day
select id, datediff(d + interval 1 month, d) as a from far where id > 5
