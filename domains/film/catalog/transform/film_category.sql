select
  f.film_id, f.title, f.description, f.release_year, f.language_id, f.original_language_id, f.length, f.rating,
  f.special_features, l.category_id, c.name as category_name
from film f
left join film_category_link l on l.film_id = f.film_id
left join category c on c.category_id = l.category_id
