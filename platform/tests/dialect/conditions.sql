-- What is true, false or null; what is chosen.
select id, d = d as a, d <> d as b, d < 1 as c, d >= 0 as e, d = 0 as g from edge
select id, t = s as a, i = b as c, f = d as e, m = q as g, t < m as h, m > d as j from edge
select id, d <=> f as a, t <=> null as b, flag <=> true as c, null <=> null as e from edge
select id, flag and t > 0 as a, flag or t > 0 as b, not flag as c, flag and null as e, flag or null as g from edge
select id, t between -1 and 10 as a, d between 0 and 1 as b, t not between 0 and 100 as c, m between '0' and '3' as e from edge
select id, t in (0, 1, null) as a, t not in (0, 1) as b, t not in (0, null) as c, d in (0, 2.5) as e from edge
select id, case when t > 0 then 'p' when t < 0 then 'n' else 'z' end as a, case t when 1 then 'one' when null then 'null' end as b from edge
select id, case when flag then t else m end as a, case when flag then 1 end as b, case when d > 0 then d else 0 end as c from edge
select id, if(flag, 1, 2) as a, if(t > 0, 'x', null) as b, iff_ as c from (select *, 1 as iff_ from edge)
select id, coalesce(t, s, 0) as a, coalesce(d, m) as b, nvl(t, -1) as c, ifnull(flag, false) as e, nvl2(t, 'y', 'n') as g from edge
select id, nullif(t, 0) as a, nullif(d, 0) as b, nullif(m, 2.5) as c from edge
select id, greatest(t, s, i) as a, least(d, f) as b, greatest(d, null) as c, greatest('a', 'B', 'é') as e, least(true, false) as g from edge
select id, isnull(t) as a, isnotnull(t) as b, t is null as c, t is not null as e, equal_null(t, 1) as g from edge
select id, w = 'a' as a, w in ('a', 'A', null) as b, w between 'a' and 'z' as c, w is distinct from 'a' as e from word
select id, decode(t, 1, 'one', 0, 'zero', null, 'none', 'other') as a, decode(w_, 'a', 1) as b from (select id, t, 'a' as w_ from edge)
select id, n = i as a, n > 5 as b, n = '12' as c from (select txt.id, n, i from txt join num on txt.id = num.id)
select '1' = 1 as a, '1.0' = 1 as b, '01' = 1 as c, 'a' = 1 as e, '2020-01-01' = date '2020-01-01' as g, true = 'true' as h
select 1 = 1.0 as a, 1 = 1e0 as b, 1.10 = 1.1 as c, cast(1 as tinyint) = 1L as e, 0.1 = 0.1D as g, 0.1D = cast(0.1 as float) as h
select null = null as a, null <> 1 as b, null and false as c, null or true as e, not null as g, null in (1) as h, 1 in (null) as j
select coalesce(1, 'a') as a, coalesce(null, 2.5, 1) as b, nvl(null, 'x') as c, if(true, 1, 2.5) as e, nullif('a', 'b') as g, nvl2(null, 1, 'z') as h
select case when false then 1 else 'x' end as a, case when true then 1 else 2L end as b, case when 1 = 2 then 1 else 2 end as c, case 1 when 1.0 then 'eq' end as e
select id, coalesce(d, date '1900-01-01') as a, coalesce(ts, ntz) as b, if(d < '2000-01-01', 'old', 'new') as c from far
select id, (t > 0) = flag as a, (t is null) or flag as b, cast(t > 0 as int) as c, if(flag, 1, 0) + if(t > 0, 1, 0) as e from edge
select id, iif_ from (select id, case when id % 15 = 0 then 'fizzbuzz' when id % 5 = 0 then 'buzz' when id % 3 = 0 then 'fizz' else cast(id as string) end as iif_ from edge)
select id, t > 0 is true as a, (t > 0) is not true as b, not (t > 0) is false as c from edge
select id, nanvl(d, -1) as a, coalesce(nanvl(d, null), 0) as b, isnan(nanvl(d, d)) as c from edge
select id, !flag as a, t != 1 as b, t <> 1 as c, t == 1 as e from edge
