-- Which airline arrives on time, and on which route?
select airline, origin, dest, flights, on_time_share
from flights.route_punctuality
where flights >= 365
order by on_time_share desc, airline, dest
limit 8
