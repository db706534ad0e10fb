-- Rows to columns and back.
select * from (select region, product, qty from sales) pivot (sum(qty) for product in ('apple', 'pear', 'fig'))
select * from (select region, product, qty from sales) pivot (sum(qty) as s, count(qty) as n for product in ('apple' as a, 'pear' as p))
select * from rate unpivot (value for name in (factor))
select region, sum(case when product = 'apple' then qty end) as apple, sum(case when product = 'pear' then qty end) as pear from sales group by region order by region
select region, sum(qty) filter (where product = 'apple') as apple, max(amount) filter (where product = 'fig') as fig from sales group by region order by region
