-- Rows to columns and back.
select * from (select region, product, qty from sales) pivot (sum(qty) for product in ('apple', 'pear', 'fig'))
select * from (select region, product, qty from sales) pivot (sum(qty) as s, count(qty) as n for product in ('apple' as a, 'pear' as p))
select * from rate unpivot (value for name in (factor))
select region, sum(case when product = 'apple' then qty end) as apple, sum(case when product = 'pear' then qty end) as pear from sales group by region order by region
select region, sum(qty) filter (where product = 'apple') as apple, max(amount) filter (where product = 'fig') as fig from sales group by region order by region
select * from (select product, qty from sales) pivot (sum(qty) as total for product in ('apple', 'none'))
select * from (select region, id % 3 as k, amount from sales) pivot (sum(amount) as s, avg(amount) as m for k in (0, 1 as one, 2))
select region, apple + pear as both_ from (select region, product, qty from sales) pivot (count(*) for product in ('apple', 'pear')) order by region
