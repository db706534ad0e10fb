-- Whose aircraft leave late, and does their age matter?
select maker, age, flights, mean_delay, late_share
from flights.delay_by_aircraft
where flights >= 5000 and maker <> 'other or unknown'
order by late_share desc, maker, age
limit 8
