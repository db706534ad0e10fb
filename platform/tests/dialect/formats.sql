-- Dates and times written and read by a pattern.
select id, date_format(d, 'yyyy-MM-dd') as a, date_format(ts, 'yyyyMMddHHmmss') as b, date_format(ntz, 'dd/MM/yyyy HH:mm') as c from far
select id, date_format(d, 'MMM d, yyyy') as a, date_format(d, 'EEEE') as b, date_format(d, 'E') as c, date_format(d, 'MMMM yy') as e from far
select id, date_format(ts, 'h:mm a') as a, date_format(ts, 'HH:mm:ss.SSS') as b, date_format(ts, "yyyy-MM-dd'T'HH:mm:ssXXX") as c from far
select id, date_format(d, 'D') as a, date_format(d, 'DDD') as b, date_format(d, 'y') as c from far
select id, date_format(d, 'Q') as a, date_format(d, 'q') as b from far
select id, date_format(d, 'F') as a from far
select id, date_format(ts, 'SSSSSS') as a, date_format(ts, 'S') as b, date_format(ts, 'k') as c from far
select to_date('2020-02-29', 'yyyy-MM-dd') as a, to_date('29/02/2020', 'dd/MM/yyyy') as b, to_date('20200229', 'yyyyMMdd') as c, to_date('2019-02-29', 'yyyy-MM-dd') as e
select to_date('Feb 29, 2020', 'MMM d, yyyy') as a, to_date('29-2-20', 'd-M-yy') as b, to_date('2020-060', 'yyyy-DDD') as c, to_date('202002', 'yyyyMM') as e
select to_timestamp('2020-02-29 12:13:14', 'yyyy-MM-dd HH:mm:ss') as a, to_timestamp('2020-02-29T12:13:14Z', "yyyy-MM-dd'T'HH:mm:ssX") as b, to_timestamp('29.02.2020 1 PM', 'dd.MM.yyyy h a') as c
select to_timestamp('2020-02-29 12:13:14.123', 'yyyy-MM-dd HH:mm:ss.SSS') as a, to_timestamp('2020-02-29', 'yyyy-MM-dd') as b, to_timestamp('x', 'yyyy') as c, to_timestamp('2020', 'yyyy') as e
select to_timestamp('2020-02-29 12:13:14') as a, to_timestamp('bad') as b, try_to_timestamp('2020-13-01', 'yyyy-MM-dd') as c, try_to_timestamp('2020-12-01') as e
select unix_timestamp('2020-02-29', 'yyyy-MM-dd') as a, unix_timestamp('29/02/2020 01:00', 'dd/MM/yyyy HH:mm') as b, unix_timestamp('bad', 'yyyy') as c, to_unix_timestamp('2020', 'yyyy') as e
select id, from_unixtime(unix_timestamp(ts), 'yyyy-MM-dd HH:mm') as a, from_unixtime(unix_timestamp(ts)) as b from far
select id, to_date(date_format(d, 'dd-MM-yyyy'), 'dd-MM-yyyy') as a, to_timestamp(date_format(ts, 'yyyy/MM/dd HH.mm.ss'), 'yyyy/MM/dd HH.mm.ss') as b from far
select id, to_date(dt, 'yyyy-MM-dd') as a, to_timestamp(ts, 'yyyy-MM-dd HH:mm:ss') as b from txt
select id, to_date(dt) as a, to_timestamp(ts) as b, cast(dt as date) as c from txt
select to_date('2020-02-29', 'yyyy-MM') as a, to_date('5/1/2020', 'd/M/yyyy') as b, to_date('05/01/2020', 'd/M/yyyy') as c, to_date(' 2020-01-05', 'yyyy-MM-dd') as e
select date_format('2020-02-29', 'yyyy') as a, date_format(timestamp '2020-01-05 00:00:00', "'week' EEE") as b, date_format(date '2020-01-05', "yyyy''MM") as c
