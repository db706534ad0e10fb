-- Grouping, by every form.
select region, product, sum(qty) as q from sales group by region, product order by region, product
select region, sum(qty) as q from sales group by 1 order by 1
select region as r, count(*) as n from sales group by r order by r
select upper(region) as r, year(day) as y, sum(amount) as a from sales group by upper(region), year(day) order by r, y
select region, product, sum(qty) as q from sales group by rollup(region, product) order by region, product, q
select region, product, sum(qty) as q from sales group by cube(region, product) order by region, product, q
select region, product, sum(qty) as q from sales group by grouping sets ((region, product), (region), ()) order by region, product, q
select region, product, grouping(region) as gr, grouping(product) as gp, grouping_id(region, product) as gi, count(*) as n from sales group by region, product with cube order by gi, region, product
select region, product, count(*) as n from sales group by region, product with rollup order by region, product, n
select region, product, count(*) as n from sales group by region, rollup(product) order by region, product, n
select region, product, count(*) as n from sales group by region, product grouping sets ((region), (product)) order by region, product, n
select region, count(*) as n from sales group by all order by n, region
select region, sum(qty) as q from sales group by region having sum(qty) >= 5 order by region
select region, sum(qty) as q from sales group by region having q is null or q > 5 order by region
select product, count(distinct region) as n, sum(amount) as a from sales where qty is not null group by product having count(*) > 1 order by product
select case when amount > 5 then 'big' else 'small' end as size_, count(*) as n from sales group by case when amount > 5 then 'big' else 'small' end order by size_
select date_trunc('month', day) as m, sum(amount) as a from sales group by 1 order by 1
select coalesce(region, 'none') as r, sum(qty) as q from sales group by coalesce(region, 'none') order by r
select region, max(amount) as a, max_by(product, amount) as p from sales group by region order by region
select if(grouping(region) = 1, 'total', coalesce(region, 'none')) as r, sum(qty) as q, grouping(region) as g from sales group by rollup(region) order by g, r
select region, sum(qty) over (partition by region) as w from sales group by region, qty order by region, w
select region, product, sum(amount) as a, sum(sum(amount)) over (partition by region) as t from sales group by region, product order by region, product
select distinct region from sales order by region nulls last
select distinct region, product from sales order by product, region
select qty % 2 as odd, count(*) as n, sum(amount) as a from sales group by qty % 2 order by odd
select struct(region, product) as k, count(*) as n from sales group by struct(region, product) order by n, k.region, k.product
