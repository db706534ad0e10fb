-- Where Spark goes on with a number that wrapped around, and a run here stops.
select id, i + 1 as a from edge
select id, b * 2 as a from edge
select id, -i as a from edge
select sum(b) as a from edge where id in (2, 9)
