select
  d.maker,
  case
    when d.aircraft_age is null then 'not known'
    when d.aircraft_age <= 5 then 'up to 5 years'
    when d.aircraft_age <= 15 then '6 to 15 years'
    else 'over 15 years'
  end as age,
  count(*) as flights,
  round(avg(d.dep_delay), 1) as mean_delay,
  round(100 * sum(case when d.dep_delay > 15 then 1 else 0 end) / count(*), 1) as late_share
from departure_weather d
group by 1, 2
