select
  to_date(date_trunc('month', d.time_hour)) as month,
  d.origin,
  count(*) as flights,
  sum(case when d.dep_time is null then 1 else 0 end) as cancelled,
  sum(case when d.dep_delay > 15 then 1 else 0 end) as late_flights,
  round(avg(d.dep_delay), 1) as mean_delay
from departure d
where d.time_hour >= :since and d.time_hour < :until
group by to_date(date_trunc('month', d.time_hour)), d.origin
