-- Aggregates over rows at the edges, over no rows, over nulls alone.
select count(*) as a, count(d) as b, count(distinct i) as c, count(distinct d) as e, count(distinct flag, t) as g from edge
select sum(t) as a, sum(s) as b, sum(i) as c, sum(f) as e from edge
select sum(m) as a, avg(m) as b, min(m) as c, max(m) as e from edge
select sum(m) as a, avg(m) as b from edge where id not in (1, 2)
select sum(q) as a, avg(q) as b from edge where id in (7, 8, 9, 10)
select min(d) as a, max(d) as b, min(f) as c, max(f) as e, min(q) as g, max(b) as h from edge
select avg(i) as a, avg(b) as c, avg(t) as e from edge where id > 2
select avg(d) as a, sum(d) as b from edge where id in (8, 9, 10, 11, 13, 14)
select stddev(t) as a, stddev_samp(i) as b, stddev_pop(t) as c, variance(t) as e, var_samp(s) as g, var_pop(t) as h from edge
select stddev(t) as a, variance(t) as b, var_pop(t) as c, stddev_pop(t) as e from edge where id = 7
select corr(t, s) as a, covar_samp(t, s) as b, covar_pop(t, s) as c from edge
select skewness(t) as a, kurtosis(t) as b from edge
select regr_slope(t, s) as a, regr_intercept(t, s) as b, regr_r2(t, s) as c, regr_count(t, s) as e, regr_avgx(t, s) as g from edge
select percentile(t, 0.5) as a, percentile(i, 0.25) as b, percentile(t, array(0.1, 0.9)) as c, median(t) as e from edge
select percentile_cont(0.5) within group (order by t) as a, percentile_cont(0.9) within group (order by s desc) as b from edge
select percentile_disc(0.5) within group (order by t) as a from edge
select percentile_approx(t, 0.5) as a, approx_percentile(i, 0.5) as b from edge
select approx_count_distinct(i) as a from edge
select mode(t) as a from edge
select collect_list(t) as a from edge where id = 4
select sort_array(collect_list(i)) as a, sort_array(collect_set(t)) as b, size(collect_set(flag)) as c from edge
select sort_array(collect_set(d)) as a from edge where id > 6
select array_sort(collect_list(d)) as a from edge
select max_by(id, d) as a, min_by(id, d) as b, max_by(flag, i) as c, min_by(d, id) as e from edge
select max_by(d, flag) as a from edge where id in (7, 8)
select bool_and(flag) as a, bool_or(flag) as b, every(flag) as c, some(flag) as e, any(flag) as g from edge
select bit_and(i) as a, bit_or(i) as b, bit_xor(i) as c, bit_and(t) as e, bit_xor(b) as g from edge
select count_if(d > 0) as a, count_if(flag) as b, count_if(t is null) as c from edge
select count(*) as a, sum(i) as b, avg(d) as c, min(m) as e, max(t) as g, collect_list(i) as h, bool_and(flag) as j, stddev(d) as k from edge where id > 100
select sum(distinct t) as a, avg(distinct t) as b, count(distinct t, s) as c, sum(distinct m) as e from edge where id not in (1, 2)
select sum(t) filter (where flag) as a, count(*) filter (where d > 0) as b, max(i) filter (where id > 100) as c from edge
select flag, count(*) as a, sum(t) as b, avg(m) as c, min(d) as e from edge group by flag order by flag
select d, count(*) as a from edge group by d order by d
select try_sum(t) as a, try_avg(m) as b, mean(t) as c from edge where id not in (1, 2)
select first(id) as a, last(id) as b, any_value(flag) as c from (select id, flag from edge where id = 7)
select first(t, true) as a, first_value(t) ignore nulls as b from edge where id = 7
select min(struct(t, id)) as a from edge
select max(array(t, id)) as a from edge
select min(w) as a, max(w) as b, max(length(w)) as c, sum(length(w)) as e from word
select min(ts) as a, max(ntz) as b, count(distinct year(d)) as c, max_by(id, ts) as e from far
select histogram_numeric(t, 3) as a from edge
select count_min_sketch(t, 0.5d, 0.5d, 1) as a from edge
select count(distinct case when t > 0 then s end) as a, sum(case when flag then 1 else 0 end) as b, avg(if(flag, t, null)) as c, sum(t * 1.5) as e from edge where id not in (1, 2)
select sum(t) / count(*) as a, sum(t) * 1.0 / count(t) as b, round(avg(t), 2) as c, cast(avg(i) as int) as e from edge
select count(1) + 1 as a, max(t) - min(t) as b, coalesce(sum(t), 0) as c, greatest(max(t), 200) as e from edge where id > 100
select grouping_id() as g, flag, count(*) as n from edge group by cube(flag) order by g, flag
select array_agg(t) as a from edge where id = 7
select concat_ws(',', sort_array(collect_list(cast(id as string)))) as a, array_join(sort_array(collect_set(flag)), '|') as b from edge
select sum(i) as a from edge having sum(i) > 0
select kurtosis(qty) as a, percentile(amount, 0.75) as b, stddev(amount) as c, corr(qty, amount) as e from sales
