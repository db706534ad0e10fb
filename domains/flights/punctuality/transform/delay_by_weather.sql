select
  d.weather,
  count(*) as flights,
  round(avg(d.dep_delay), 1) as mean_delay,
  round(100 * sum(case when d.dep_delay > 15 then 1 else 0 end) / count(*), 1) as late_share,
  round(100 * sum(case when d.dep_delay is null then 1 else 0 end) / count(*), 1) as cancelled_share
from departure_weather d
group by d.weather
