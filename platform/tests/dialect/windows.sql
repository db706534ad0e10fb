-- Windows: ranks, neighbours, frames, nulls in the order.
select id, row_number() over (order by d, id) as a, rank() over (order by d) as b, dense_rank() over (order by d desc) as c from edge
select id, ntile(4) over (order by id) as a, percent_rank() over (order by t) as b, cume_dist() over (order by t) as c from edge
select id, lag(t) over (order by id) as a, lead(t, 2) over (order by id) as b, lag(t, 1, 0) over (order by id) as c, lead(m, 1, 1.5) over (order by id) as e from edge
select id, lag(t, 2) ignore nulls over (order by id) as a, lead(t) ignore nulls over (order by id) as b from edge
select id, first_value(t) over (order by id) as a, last_value(t) over (order by id) as b, last_value(t) over (order by id rows between unbounded preceding and unbounded following) as c from edge
select id, first(t) ignore nulls over (order by id) as a, last(t, true) over (order by id) as b, nth_value(t, 2) over (order by id) as c from edge
select id, sum(t) over (order by id rows between 2 preceding and current row) as a, avg(t) over (order by id rows between 1 preceding and 1 following) as b from edge
select id, sum(t) over (partition by flag order by id) as a, count(*) over (partition by flag) as b, max(d) over (partition by flag order by id) as c from edge
select id, sum(m) over (order by id rows between unbounded preceding and 1 preceding) as a, min(t) over (order by id rows between 3 following and 5 following) as b from edge where id not in (1, 2)
select id, sum(t) over (order by id range between 2 preceding and 2 following) as a from edge
select id, count(*) over (order by d range between unbounded preceding and current row) as a from far
select id, count(*) over (order by d range between 10 preceding and current row) as a from far where id > 5
select id, avg(m) over (partition by flag) as a, stddev(t) over (partition by flag) as b, count(distinct_) over () as c from (select *, t as distinct_ from edge)
select id, row_number() over (partition by flag order by t desc nulls last, id) as a from edge
select id, rank() over (order by t nulls last) as a, rank() over (order by t desc nulls first) as b from edge
select id, collect_list(t) over (order by id rows between 1 preceding and current row) as a, max_by(id, t) over (order by id) as b from edge
select id, sum(t) over w as a, avg(t) over w as b, row_number() over (w) as c from edge window w as (partition by flag order by id)
select id, t - lag(t) over (order by id) as a, t / sum(t) over () as b, sum(t) over (order by id) * 1.0 / count(*) over () as c from edge
select * from (select id, row_number() over (partition by flag order by id) as rn from edge) where rn = 1
select id, sum(case when flag then 1 else 0 end) over (order by id) as a, sum(if(t is null, 0, 1)) over (order by id) as b from edge
select id, lag(w) over (order by id) as a, lead(w, 1, 'end') over (order by id) as b, min(w) over (order by id) as c from word
select id, datediff(d, lag(d) over (order by d, id)) as a, lead(ts) over (order by ts, id) as b from far where id <> 5
select id, sum(qty) over (partition by region order by day, id) as a, rank() over (partition by region order by amount desc) as b from sales
select id, bool_or(flag) over (order by id) as a, bit_or(t) over (order by id) as b, any_value(id) over (partition by id) as c from edge
select id, percentile(t, 0.5) over (partition by flag) as a, median(s) over (partition by flag) as b from edge
select id, sum(d) over (order by id rows 1 preceding) as a, count(d) over (order by id rows between current row and unbounded following) as b from edge where id > 7
select id, mode_ as m, dense_rank() over (partition by flag order by mode_) as r from (select id, flag, t % 3 as mode_ from edge)
select id, array_sort(collect_set(t) over (partition by flag)) as a from edge
select flag, id, sum(t) over (partition by flag order by id) - t as before_ from edge order by flag, id
