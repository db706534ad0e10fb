select coalesce(s.category_name, '(unknown)') as category_name, count(*) as streams
from streaming_films s
group by coalesce(s.category_name, '(unknown)')
