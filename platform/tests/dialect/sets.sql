-- Union, intersect, except: with and without what is there twice.
select t as x from edge union select s from edge
select t as x from edge union all select d from edge
select d as x from edge intersect select f from edge
select t from edge intersect all select t from edge where id > 5
select t from edge except select t from edge where flag
select t from edge except all select t from edge where id in (3, 7)
select t from edge minus select 0
select region from sales minus select region from rate
select 1 as a, null as b union all select null, 'x'
select 1 as a union all select 2L union all select 3.5 union all select 1e0
select date '2020-01-01' as a union all select null union all select timestamp '2020-01-01 00:00:00'
select array(1) as a union all select array(2.5)
select w from word union select w from word
select distinct t % 3 as m from edge
select (select 1) as a union all (select 2 as b order by 1 limit 1)
(select id from sales order by id desc limit 2) union all (select id from sales order by id limit 2)
select id, 'a' as src from sales where id < 3 union all select id, 'bcd' from edge where id < 3 order by src, id
select a from (select 1 as a union all select 2 union all select 2) t group by a having count(*) > 1
select 1 as a intersect select 1 union select 2 except select 3
select null as a union select null
select 'a' as x, 1 as y union select 'a', 1.0
select cast(1 as decimal(10,2)) as a union all select cast(2 as decimal(12,5))
select id from sales where id < 3 union all select id from sales where id < 2 intersect select id from sales
select true as a union all select null
select struct(1 as a) as s union all select struct(2)
