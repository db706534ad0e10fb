select
  d.carrier, d.origin, d.dest,
  a.name as airline,
  count(*) as flights,
  sum(case when d.arr_delay <= 15 then 1 else 0 end) as on_time,
  round(100 * sum(case when d.arr_delay <= 15 then 1 else 0 end) / count(*), 1) as on_time_share
from departure_weather d
left join airline a on a.carrier = d.carrier
group by d.carrier, d.origin, d.dest, a.name
