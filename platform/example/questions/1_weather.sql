-- Which weather delays flights the most?
select weather, flights, mean_delay, late_share, cancelled_share
from flights.delay_by_weather
where weather <> 'not measured'
order by mean_delay desc
