-- Rows made of arrays, maps and numbers.
select id, explode(w) as x from bags
select id, explode_outer(w) as x from bags
select id, posexplode(b) as (p, x) from bags
select id, posexplode_outer(d) as (p, x) from bags
select id, explode(m) as (k, v) from bags
select id, explode_outer(m) as (k, v) from bags
select id, inline(st) as (k, v) from bags
select id, inline_outer(st) as (k, v) from bags
select b.id, x from bags b lateral view explode(w) t as x where x <> ''
select b.id, x from bags b lateral view outer explode(filter(b.b, y -> y > 5)) t as x
select b.id, p, x from bags b lateral view outer posexplode(w) t as p, x
select b.id, k, v, x from bags b lateral view explode(m) t as k, v lateral view explode(b.b) u as x
select b.id, k, v from bags b lateral view outer inline(st) t as k, v
select stack(2, 1, 'a', 2, 'b') as (n, w)
select id, stack(2, 'i', i, 't', cast(t as int)) as (name, value) from edge where id < 5
select x, count(*) as n from bags lateral view explode(w) t as x group by x order by x
select id, sum(x) as s from bags lateral view explode(b) t as x where id <> 5 group by id order by id
select explode(sequence(1, 5)) as n
select id from range(2, 10, 3)
select n, n * n as sq from (select explode(sequence(1, 4)) as n) where n % 2 = 0
select col from explode(array(10, 20))
select t.k, t.v from explode(map('a', 1, 'b', 2)) as t(k, v)
select b.id, t.x from bags b, lateral explode(b.w) as t(x)
select id, explode(split(w, ',')) as part from word where w like '%,%'
select id, x.k, x.v from (select id, explode(st) as x from bags)
