-- Small things that most SELECTs do.
select id, cast(amount as double) as a, cast(qty as string) as q, cast(day as timestamp) as d from sales
select id, year(day) as y, month(day) as m, date_format(day, 'yyyy-MM') as ym, concat(year(day), '-', lpad(month(day), 2, '0')) as ym2 from sales
select id, coalesce(region, 'unknown') as region, coalesce(qty, 0) * coalesce(amount, 0) as total from sales
select id, round(amount * 1.21, 2) as gross, round(amount / 3, 2) as third, amount * qty as total, -amount as back from sales
select id, case when region = 'EU' then 'Europe' when region in ('US', 'CA') then 'America' else 'Other' end as area from sales
select id, upper(product) as p, initcap(product) as i, substring(product, 1, 3) as s, length(product) as n from sales
select region, count(*) as n, sum(amount) as total, avg(amount) as mean, min(amount) as least_, max(amount) as most from sales group by region
select product, sum(case when region = 'EU' then amount else 0 end) as eu, sum(case when region = 'US' then amount end) as us from sales group by product
select region, product, sum(amount) as total from sales where day >= '2020-01-02' group by region, product having sum(amount) > 3
select id, row_number() over (partition by region order by amount desc, id) as rn from sales
select id, sum(amount) over (partition by region order by day, id) as running from sales
select id, amount - lag(amount) over (order by day, id) as change from sales
select id, round(amount / sum(amount) over () * 100, 2) as pct from sales
select id, datediff(date '2021-02-01', day) as age, months_between(date '2021-02-01', day) as months, add_months(day, 3) as later from sales
select date_trunc('month', day) as month, count(distinct region) as regions from sales group by date_trunc('month', day)
select id, day + interval 7 days as due, date_sub(day, 1) as before, last_day(day) as ends from sales
select s.id, s.product, r.factor, s.amount * r.factor as adjusted from sales s join rate r on r.region = s.region
select s.id, coalesce(r.factor, 1) as factor from sales s left join rate r on r.region = s.region
select r.region, count(s.id) as n from rate r left join sales s on s.region = r.region group by r.region
select id from sales where product like 'a%' or product like '%g'
select id from sales where amount between 2.50 and 10 and region is not null
select id from sales where region not in ('EU', 'AS')
select id from sales where qty is null or qty > 3
select id from sales where day in (date '2020-01-01', date '2021-01-05')
select distinct product from sales where amount > 1
select id, amount > 5 as big, qty >= 2 and amount < 50 as some_, region = 'EU' as eu from sales
select id, md5(concat_ws('|', id, product)) as k, sha2(product, 256) as h from sales
select id, concat_ws(', ', product, region, qty) as label, product || ':' || region as pair from sales
select id, regexp_replace(product, '[aeiou]', '') as consonants, regexp_extract(product, '^(.)', 1) as first, split(product, 'p') as parts from sales
select id, if(qty > 2, 'many', 'few') as size_, nullif(qty, 1) as n, nvl(qty, -1) as q, greatest(qty, 2) as g from sales
with e as (select * from sales where region = 'EU') select count(*) as n, sum(amount) as total from e
with m as (select region, max(day) as d from sales group by region) select s.id from sales s join m on m.region = s.region and m.d = s.day
select id from sales where amount = (select max(amount) from sales)
select id from sales s where exists (select 1 from rate r where r.region = s.region and r.factor > 1)
select region from sales union select region from rate
select region, 'sales' as source from sales where id < 3 union all select region, 'rate' from rate
select region from rate except select region from sales
select id, floor(amount) as f, ceil(amount) as c, abs(amount - 5) as distance, amount % 2 as rest, pmod(id, 4) as shard from sales
select id, unix_timestamp(at) as epoch, hour(at) as h, to_date(at) as d, date_format(at, 'HH:mm') as t, at + interval 1 hour as next from sales
select id, dayofweek(day) as dow, weekofyear(day) as wk, quarter(day) as q, dayofyear(day) as doy, date_format(day, 'EEEE') as name from sales
select id, st.name, st.qty, st.inner.x as x from nest
select id, size(a) as n, a[0] as first, array_contains(a, 3) as has, array_max(a) as most, sort_array(a) as sorted from nest
select id, m['k'] as k, map_keys(m) as ks, size(m) as n from nest
select id, explode(sa) as word from nest
select n.id, t.word from nest n lateral view outer explode(sa) t as word
select id, transform(a, x -> x * 2) as twice, filter(a, x -> x is not null) as filled, aggregate(a, 0, (s, x) -> s + coalesce(x, 0)) as total from nest
select region, collect_set(product) as products from sales where region = 'US' and product <> 'fig' and id = 3 group by region
select region, array_join(sort_array(collect_list(product)), ',') as products from sales group by region
select id, get_json_object(js, '$.a') as a, get_json_object(js, '$.b.c') as c from txt where id in (1, 2, 3, 13)
select id, from_json(js, 'a string, l array<string>').l[0] as first from txt where id in (1, 2, 12)
select id, to_json(struct(id, product, amount)) as js from sales
select id, try_cast(n as int) as i, try_cast(n as decimal(10,2)) as d, try_cast(dt as date) as day, try_cast(bt as boolean) as b from txt
select id, trim(s) as s, nullif(trim(s), '') as filled, lower(trim(s)) as low from txt
select id, to_date(dt, 'yyyy-MM-dd') as d, to_timestamp(ts, 'yyyy-MM-dd HH:mm:ss') as t from txt
select id, percent_rank() over (order by amount) as p, ntile(2) over (order by id) as half, dense_rank() over (order by product) as r from sales
select product, first_value(amount) over (partition by product order by day, id) as first, last_value(amount) over (partition by product order by day, id rows between unbounded preceding and unbounded following) as last from sales
select percentile(amount, 0.5) as median, stddev(amount) as sd, corr(amount, qty) as c, count_if(amount > 5) as big from sales
select id, bool_or(qty > 3) over (partition by region) as any_, max(amount) over (partition by region) as most from sales
select id, array(id, qty) as pair, map('id', id) as m, named_struct('id', id, 'p', product) as s from sales
select id, from_utc_timestamp(at, 'Europe/Amsterdam') as local, to_date(from_utc_timestamp(at, 'Asia/Tokyo')) as tokyo from sales
select id, amount from sales order by amount desc nulls last, id limit 3
select region, product, grouping_id(region, product) as g, sum(qty) as q from sales group by cube(region, product) order by g, region, product
select year(day) as y, sum(amount) as total, sum(sum(amount)) over (order by year(day)) as so_far from sales group by year(day)
select id, date_diff(day, lag(day) over (order by day, id)) as gap from sales
select id, decode(region, 'EU', 1, 'US', 2, 0) as code, elt(2, product, region) as second from sales
select a.id, b.id as next from sales a left join sales b on b.id = a.id + 1 where a.id < 4
