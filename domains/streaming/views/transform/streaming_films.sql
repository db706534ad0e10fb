select
  e.timestamp, e.eventtype, e.film_id as film_id_streaming, e.distributor, e.platform, e.state,
  f.film_id, f.title, f.description, f.release_year, f.language_id, f.original_language_id, f.length, f.rating,
  f.special_features, f.category_id, f.category_name
from event e
left join film.film_category f on f.film_id = e.film_id
