-- The shapes of a query.
with a as (select id, t from edge where t > 0), b as (select max(t) as m from a) select a.id, a.t, b.m from a cross join b
with t(a, b) as (select id, t from edge) select a, sum(b) over (order by a) as s from t where a < 5
select id, (select max(t) from edge) as m, (select count(*) from word) as n from edge where id < 3
select id from edge where t > (select avg(t) from edge)
select id from edge e where exists (select 1 from sales s where s.id = e.id and s.qty > 1)
select id from edge e where not exists (select 1 from sales s where s.id = e.id)
select id from edge where id in (select id from sales where region = 'EU')
select id from edge where id not in (select id from sales)
select id from edge where t not in (select t from edge where id = 4)
select id from edge where (id, t) in (select id, t from edge where id < 5)
select id, (select sum(qty) from sales s where s.id <= e.id) as running from edge e where id < 6
select * from (select id, t from edge) where id < 3
select * from (values (1, 'a'), (2, null)) as v(n, w)
select n, w from values (1, 'a'), (null, 'b') as v(n, w) order by n
select col1, col2 from values (1, 'a')
select id as x, x + 1 as y, y * 2 as z from edge where id < 3
select t.id as first, t.* from (select id, flag from edge) t where id = 1
select e.id, e.t from edge as e where e.id between 2 and 4
select id from edge order by id desc limit 3
select id from edge order by id limit 3 offset 2
select id, t from edge order by t, id
select id, t from edge order by t desc, id desc
select id, t from edge order by t asc nulls last, id
select id, t from edge order by t desc nulls first, id
select id, d from edge order by d, id
select id, flag, d from edge order by flag desc, d nulls last, id
select id, length(w) as n from word order by n desc, id limit 4
select id from edge order by abs(t), id
select id, t from edge order by 2, 1
select id from edge sort by id
select `id`, `t` as `a b` from edge where `id` = 1
select id /* c */, t /* -- d */ from edge where id = 2 /* e */
select 1 as one
select 1 as a, 'x' as b, null as c, true as e, date '2020-01-01' as g
select id from edge where not (t > 0 or flag) and d is not null
select id from edge where t > 0 and flag is true or s is null
select id, flag is true as a, flag is not false as b, flag is null as c from edge
select id from edge limit 0
select distinct flag, t is null as n from edge
select max(id) as m from (select id from edge union all select id from word)
select a.id from (select id from edge) a join (select id from word) b using (id) where a.id > 10
select * from edge tablesample (50 percent)
select id, sum(qty) as q from sales group by id having count(*) = 1 order by q nulls last, id limit 3
select id from edge where t in (select max(t) from edge union select min(t) from edge)
select if(count(*) > 3, 'many', 'few') as n from edge
from edge select id where id < 3
