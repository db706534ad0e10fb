select n.country, count(*) as customers
from customer c
join address a on a.address_id = c.address_id
join city t on t.city_id = a.city_id
join country n on n.country_id = t.country_id
group by n.country
