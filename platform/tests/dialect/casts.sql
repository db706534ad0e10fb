-- A value as another type: cut, wrapped, saturated, written.
select id, cast(d as int) as a, cast(f as int) as b from edge
select id, cast(d as bigint) as a, cast(f as bigint) as b from edge
select id, cast(d as smallint) as a, cast(d as tinyint) as b from edge
select id, cast(b as int) as a, cast(b as smallint) as c, cast(b as tinyint) as e from edge
select id, cast(m as int) as a, cast(m as bigint) as b, cast(m as smallint) as c from edge
select id, cast(q as bigint) as a, cast(q as int) as b, cast(q as double) as c from edge
select id, cast(d as decimal(10,2)) as a, cast(d as decimal(38,10)) as b from edge
select id, cast(f as decimal(12,3)) as a from edge
select id, cast(b as decimal(10,0)) as a, cast(b as decimal(20,2)) as c, cast(i as decimal(3,0)) as e from edge
select id, cast(m as decimal(10,2)) as a, cast(q as decimal(10,0)) as b, cast(m as decimal(38,18)) as c from edge
select id, cast(d as string) as a, cast(f as string) as b from edge
select id, cast(m as string) as a, cast(q as string) as b, cast(t as string) as c from edge
select id, cast(b as double) as a, cast(b as float) as c, cast(q as float) as e from edge
select id, cast(d as float) as a, cast(f as double) as b from edge
select id, cast(d as boolean) as a, cast(m as boolean) as b, cast(i as boolean) as c, cast(flag as int) as e from edge
select id, cast(flag as string) as a, cast(flag as decimal(3,1)) as b, cast(flag as tinyint) as c from edge
select id, cast(i as timestamp) as a, cast(t as timestamp) as b from edge
select id, cast(m as timestamp) as a from edge where id in (3, 5, 6, 7, 8, 9, 11)
select id, try_cast(d as int) as a, try_cast(b as int) as b from edge
select id, try_cast(m as int) as a, try_cast(q as bigint) as b, try_cast(m as decimal(10,2)) as c from edge
select id, cast(w as int) as a, cast(w as bigint) as b, cast(w as double) as c, cast(w as decimal(10,2)) as e from word
select id, cast(w as boolean) as a, cast(w as date) as b, cast(w as timestamp) as c from word
select id, cast(w as binary) as a, cast(cast(w as binary) as string) as b from word
select id, try_cast(w as int) as a, try_cast(w as boolean) as b, try_cast(w as date) as c from word
select id, cast(d as string) as a, cast(ts as string) as b, cast(ntz as string) as c from far
select id, cast(ts as date) as a, cast(d as timestamp) as b, cast(ntz as date) as c from far where id <> 1
select id, cast(ts as bigint) as a, cast(ts as double) as b, cast(ts as decimal(20,6)) as c from far
select id, cast(cast(d as string) as date) as a, cast(cast(ts as string) as timestamp) as b from far
select cast('2020-02-29' as date) as a, cast('2019-02-29' as date) as b, cast('0001-01-01' as date) as c, cast('9999-12-31' as date) as e
select cast('2020-01-05 1:2' as timestamp) as a, cast('2020-01-05T10:11:12.1234567Z' as timestamp) as b, cast('2020-01-05 25:00:00' as timestamp) as c
select cast('1e2' as double) as a, cast('1e2' as decimal(10,2)) as b, cast('1e2' as int) as c, cast('+1' as int) as e, cast('--1' as int) as g
select cast('inf' as double) as a, cast('-Infinity' as double) as b, cast('nan' as float) as c, cast('1d' as double) as e, cast('0x10' as double) as g
select cast('9223372036854775807' as bigint) as a, cast('9223372036854775808' as bigint) as b, cast('127' as tinyint) as c, cast('128' as tinyint) as e
select cast('0.005' as decimal(5,2)) as a, cast('-0.005' as decimal(5,2)) as b, cast('999.995' as decimal(5,2)) as c, cast('.5' as decimal(2,1)) as e
select cast(array(1, null, 3) as array<string>) as a, cast(array('1', 'x') as array<int>) as b
select cast(map('a', 1) as map<string,double>) as a, cast(map(1, 'x') as map<string,string>) as b
select cast(named_struct('a', 1, 'b', '2') as struct<a:string,b:int>) as a
select id, cast(d as array<string>) as a, cast(w as string) as b, cast(f as string) as c from bags
select cast(1 as string) || 'x' as a, cast(1.0 as string) as b, cast(1e0 as string) as c, cast(100000000.0D as string) as e, cast(0.00012D as string) as g
select int('5') as a, bigint(1.9) as b, string(1.50) as c, double('2.5') as e, boolean('yes') as g, date('2020-01-01') as h
select cast(cast(1.5 as decimal(2,1)) as int) as a, cast(cast(-1.5 as decimal(2,1)) as int) as b, cast(2147483648.5D as int) as c, cast(-0.9D as int) as e
select cast(x'e38182' as string) as a, cast('é' as binary) as b, cast(x'' as string) as c
select cast(timestamp '2020-01-05 10:11:12.5' as int) as a, cast(timestamp '1969-12-31 23:59:59.5' as bigint) as b, cast(timestamp '1960-01-01 00:00:00' as double) as c
