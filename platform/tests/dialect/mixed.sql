-- What people write: several things at once.
select region, date_trunc('month', day) as month, sum(amount) as total, count(distinct product) as products, round(avg(amount), 2) as mean from sales where amount is not null group by region, date_trunc('month', day) order by region, month
select id, region, amount, amount / sum(amount) over (partition by region) as share, round(100 * amount / sum(amount) over (), 1) as pct from sales order by id
select product, sum(amount * coalesce(qty, 1)) as revenue, max(day) as last_sold, datediff(max(day), min(day)) as span from sales group by product order by product
select s.id, s.amount * r.factor as converted, cast(s.amount * r.factor as decimal(12,2)) as money, round(s.amount * 1.21, 2) as gross from sales s left join rate r on s.region = r.region order by s.id
select id, concat_ws(' ', initcap(product), coalesce(region, '-'), format_string('%.2f', cast(amount as double))) as label from sales order by id
select id, md5(concat_ws('|', id, region, product)) as key, date_format(day, 'yyyyMM') as period, case when qty >= 5 then 'bulk' when qty >= 2 then 'few' else 'single' end as size_ from sales order by id
with latest as (select *, row_number() over (partition by region, product order by day desc, id desc) as rn from sales) select region, product, amount, day from latest where rn = 1 order by region, product
with daily as (select day, sum(amount) as a from sales group by day) select day, a, sum(a) over (order by day) as running, avg(a) over (order by day rows between 2 preceding and current row) as ma from daily order by day
select id, sum(new_) over (order by id) as session from (select id, case when datediff(day, lag(day) over (order by id)) > 10 or lag(day) over (order by id) is null then 1 else 0 end as new_ from sales)
select region, array_join(sort_array(collect_set(product)), ',') as products, size(collect_list(id)) as n, to_json(named_struct('r', region, 'q', sum(qty))) as js from sales group by region order by region
select id, try_cast(n as int) as whole, try_cast(n as double) as number, coalesce(try_cast(n as decimal(10,2)), 0) as money, n rlike '^[0-9]+$' as digits from txt
select id, trim(lower(s)) as s, nullif(trim(n), '') as n, regexp_replace(s, '[^a-z]', '') as letters, split(s, ' ')[0] as first from txt
select id, get_json_object(js, '$.a') as a, from_json(js, 'b struct<c:string>').b.c as c, to_date(dt, 'yyyy-MM-dd') as d, to_timestamp(ts) as t from txt
select id, st.name, coalesce(st.qty, 0) as qty, st.inner.x * 2 as x2, size(a) as n, aggregate(a, 0, (acc, x) -> acc + coalesce(x, 0)) as total, m['k'] as k from nest
select n.id, x, p, k, v from nest n lateral view outer posexplode(a) t as p, x lateral view outer explode(m) u as k, v
select id, greatest(qty, 0) * amount as a, pmod(id, 3) as shard, floor(amount) as f, amount % 1 as cents, cast(amount as int) as whole from sales
select day, count(*) filter (where region = 'EU') as eu, sum(if(region = 'US', amount, 0)) as us, max(case when product = 'fig' then qty end) as fig from sales group by day order by day
select a.region, a.q, b.q as other, a.q - coalesce(b.q, 0) as diff from (select region, sum(qty) as q from sales where year(day) = 2020 group by region) a full outer join (select region, sum(qty) as q from sales where year(day) = 2021 group by region) b on a.region <=> b.region
select id, case when amount is null then 'missing' when amount < 5 then 'low' else 'high' end as band, lead(day) over (partition by product order by day, id) as next_day_, months_between(date '2021-01-31', day) as age from sales order by id
select year(day) as y, quarter(day) as q, sum(amount) as a, lag(sum(amount)) over (order by year(day), quarter(day)) as prev from sales group by year(day), quarter(day) order by y, q
select id, date_add(day, qty) as due, last_day(day) as month_end, next_day(day, 'Mon') as monday, dayofweek(day) as dow, weekofyear(day) as wk from sales where qty is not null
select from_utc_timestamp(at, 'Europe/Amsterdam') as local, unix_timestamp(at) as epoch, hour(at) as h, date_format(at, 'yyyy-MM-dd HH:mm') as said from sales order by at
select percentile(amount, 0.5) as med, percentile(amount, array(0.25, 0.75)) as q, stddev_pop(amount) as sd, sum(amount) / nullif(sum(qty), 0) as unit from sales
select id, zip_with(a, sa, (x, y) -> concat(coalesce(y, ''), ':', x)) as z, transform(ast, e -> concat(e.k, '=', e.v)) as kv, map_from_arrays(map_keys(m), map_values(m)) as m2 from nest where id in (1, 2, 5)
