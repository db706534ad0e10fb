-- Flights with the weather at the hour of departure and the aircraft that flew.
select
  d.time_hour, d.carrier, d.flight, d.origin, d.dest, d.tailnum, d.distance, d.dep_delay, d.arr_delay,
  case
    when w.time_hour is null then 'not measured'
    when w.visib < 1 then 'fog'
    when w.precip >= 0.1 then 'heavy rain or snow'
    when w.precip > 0 then 'light rain or snow'
    when w.wind_speed between 20 and 200 then 'strong wind'
    when w.temp <= 32 then 'frost'
    else 'fair'
  end as weather,
  w.temp, w.precip, w.visib,
  coalesce(m.maker, 'other or unknown') as maker,
  d.year - p.year as aircraft_age,
  p.seats
from departure d
left join weather.observation w on w.origin = d.origin and w.time_hour = d.time_hour
left join fleet.plane p on p.tailnum = d.tailnum
left join fleet.maker m on m.manufacturer = p.manufacturer
