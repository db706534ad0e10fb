-- Functions that take a lambda.
select id, transform(d, x -> x * 2) as a, transform(w, x -> upper(x)) as b, transform(b, (x, i) -> x + i) as c from bags where id <> 5
select id, filter(d, x -> x > 0) as a, filter(w, x -> x is not null) as b, filter(b, (x, i) -> i < 2) as c, filter(st, x -> x.v > 1) as e from bags
select id, exists(d, x -> x > 1) as a, exists(w, x -> x = '') as b, forall(b, x -> x > 0) as c, forall(w, x -> x is not null) as e from bags
select id, exists(f, x -> x) as a, forall(f, x -> x) as b, any_match_ as c from (select *, 1 as any_match_ from bags)
select id, aggregate(w, '', (acc, x) -> acc || coalesce(x, '?')) as a, aggregate(st, 0, (acc, x) -> acc + coalesce(x.v, 0)) as b from bags
select id, aggregate(b, cast(0 as double), (acc, x) -> acc + coalesce(x, 0L), acc -> acc / 2) as a, reduce(transform(w, x -> length(x)), 0, (a, x) -> a + x) as b from bags
select id, zip_with(w, b, (x, y) -> concat(x, y)) as a, zip_with(d, d, (x, y) -> x + y) as b from bags
select id, map_filter(m, (k, v) -> v > 1) as a, map_filter(m, (k, v) -> k <> 'a') as b from bags
select id, transform_values(m, (k, v) -> v + 1) as a, transform_keys(m, (k, v) -> concat(k, '_')) as b from bags
select map_zip_with(map('a', 1, 'b', 2), map('a', 10), (k, x, y) -> x + coalesce(y, 0)) as a
select id, transform(filter(st, x -> x is not null), x -> named_struct('key', x.k, 'twice', x.v * 2)) as a from bags
select id, transform(array(1, 2, 3), x -> x * id) as a, filter(array(1, 2, 3), x -> x > id) as b, exists(array(1, 2), x -> x = id) as c from bags
select aggregate(array(1, 2, 3), named_struct('s', 0, 'n', 0), (acc, x) -> named_struct('s', acc.s + x, 'n', acc.n + 1), acc -> acc.s / acc.n) as a
select transform(sequence(1, 3), x -> transform(sequence(1, x), y -> x * y)) as a, filter(array(null, 1), x -> x > 0) as b, transform(array(), x -> x) as c
select array_sort(transform(map_entries(map('b', 2, 'a', 1)), e -> e.key)) as a, map_from_entries(transform(map_entries(map('b', 2)), e -> struct(upper(e.key), e.value))) as b
