-- Arrays of numbers that are none, nulls, letters.
select id, size(d) as a, size(w) as b, cardinality(b) as c, array_size(f) as e, size(m) as g from bags
select id, array_contains(d, 0.0D) as a, array_contains(w, '') as b, array_contains(b, 9L) as c, array_contains(f, true) as e from bags
select id, array_contains(d, cast('nan' as double)) as a, array_position(d, 2.0D) as b, array_position(w, 'a') as c from bags
select id, array_distinct(d) as a, array_distinct(w) as b, array_distinct(b) as c, array_distinct(f) as e from bags
select id, array_union(w, array('a', null)) as a, array_intersect(w, array('a', null)) as b, array_except(w, array('a', null)) as c from bags
select id, array_union(b, array(9L)) as a, array_intersect(b, b) as c, array_except(b, array(9L)) as e from bags
select id, arrays_overlap(w, array('a')) as a, arrays_overlap(b, array(9L, null)) as c, arrays_overlap(d, array(2.0D)) as e from bags
select id, array_max(d) as a, array_min(d) as b, array_max(w) as c, array_min(w) as e from bags
select id, array_max(b) as a, array_min(b) as c, array_max(f) as e, array_max(days) as g, array_min(days) as h from bags
select id, sort_array(d) as a, sort_array(d, false) as b, array_sort(d) as c from bags
select id, sort_array(w) as a, sort_array(w, false) as b, array_sort(w) as c, sort_array(f) as e from bags
select id, sort_array(b) as a, array_sort(b) as c, sort_array(days) as e from bags
select id, array_sort(b, (x, y) -> case when x < y then 1 when x > y then -1 else 0 end) as a from bags
select id, array_join(w, '-') as a, array_join(w, '-', '?') as b, array_join(transform(b, x -> cast(x as string)), ',') as c from bags
select id, array_remove(w, 'a') as a, array_remove(b, 9L) as c, array_compact(d) as e, array_compact(w) as g from bags
select id, array_append(w, 'z') as a, array_prepend(b, 0L) as c, array_append(days, date '2020-01-01') as e from bags
select id, array_insert(w, 2, 'new') as a from bags
select id, array_repeat(w, 2) as a, array_repeat(id, 3) as b from bags
select id, slice(d, 2, 2) as a, slice(w, -2, 2) as b, slice(b, 1, 100) as c from bags
select id, reverse(w) as a, reverse(b) as c, concat(b, array(0L)) as e, concat(w, w) as g from bags
select id, element_at(w, 1) as a, element_at(w, -1) as b, w[0] as c, w[99] as e, get(w, -1) as g, try_element_at(b, 50) as h from bags
select id, flatten(array(w, w)) as a, flatten(array(b, null)) as c from bags
select id, arrays_zip(w, b) as a from bags
select id, shuffle(w) as a from bags
select id, st.k as a, st[0].v as b, size(st) as c, transform(st, x -> x.v) as e from bags
select id, d = d as a, w = array('a') as b, b is null as c, w <=> w as e from bags
select id, coalesce(w, array()) as a, if(size(b) > 0, b[0], -1L) as c, nullif(size(w), 0) as e from bags
select id, w from bags where array_contains(w, 'a') or size(b) = 0
select array(1, 2.5, null) as a, array('x', null) as b, array(array(1), array()) as c, array(date '2020-01-01', timestamp '2020-01-01 00:00:00') as e
select sequence(1, 10, 3) as a, sequence(5, 1) as b, sequence(5, 1, -2) as c, sequence(1, 1) as e, sequence(1L, 3L) as g
select array_distinct(array(1, 1, null, null, 2)) as a, array_union(array(1, 2), array(2, 3)) as b, array_except(array(1, 1, 2), array(2)) as c
select array_sort(array('b', null, 'a', 'É', 'z')) as a, sort_array(array(3, null, 1), false) as b, array_max(array('a', 'B')) as c
select explode(array_distinct(flatten(array(array(1, 2), array(2, 3))))) as x
select size(array()) as a, size(null) as b, size(map()) as c, array_size(null) as e, cardinality(array(1, null)) as g
select array_position(array(3, 1, null, 1), 1) as a, array_position(array(1), null) as b, array_join(array(null, null), ',') as c, array_join(array(), ',') as e
