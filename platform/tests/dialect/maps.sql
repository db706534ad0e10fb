-- Maps and structs.
select id, map_keys(m) as a, map_values(m) as b, map_entries(m) as c, size(m) as e from bags
select id, m['a'] as a, m[''] as b, element_at(m, 'k') as c, try_element_at(m, 'none') as e, map_contains_key(m, 'é') as g from bags
select id, map_concat(m, map('new', 1.0D)) as a from bags
select map('a', 1, 'b', null) as a, map() as b, map(1, array('x')) as c, map('k', named_struct('x', 1)) as e
select map_from_arrays(array('a', 'b'), array(1, null)) as a, map_from_entries(array(struct('a', 1))) as b, str_to_map('a:1,b:2,c') as c, str_to_map('a=1&b=2', '&', '=') as e
select str_to_map(null) as a, str_to_map('') as b, str_to_map('a:1:2') as c
select id, st[0] as a, st[0].k as b, named_struct('n', id, 'w', w) as c from bags
select struct(1, 'a') as a, struct(1 as x, 'a' as y).y as b, named_struct('a', null, 'b', 1.5) as c
select id, named_struct('a', id, 'b', named_struct('c', w)).b.c as a from bags
select s.* from (select named_struct('a', 1, 'b', 'x') as s)
select id, struct(id, w) as a, struct(w[0] as first, size(w)) as b from bags
select named_struct('a', 1) = named_struct('a', 1) as a, named_struct('a', 1) < named_struct('a', 2) as b, named_struct('a', null) <=> named_struct('a', null) as c
select id, map_entries(m)[0].key as a, map_keys(m)[0] as b, array_contains(map_keys(m), 'x') as c from bags
select map('a', 1)['b'] as a, element_at(map(1, 'x'), 1) as b, map('a', map('b', 1))['a']['b'] as c, map_keys(map('z', 1, 'a', 2)) as e
select k, v from (select explode(map('a', 1, 'b', 2)) as (k, v)) order by k
