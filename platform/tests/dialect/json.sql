-- JSON: good, bad, nested, of other kinds than asked for.
select id, get_json_object(js, '$.a') as a, get_json_object(js, '$.b.c') as b, get_json_object(js, '$.l[1]') as c from txt
select id, get_json_object(js, '$.b') as a, get_json_object(js, '$.l') as b, get_json_object(js, '$.a.z') as c, get_json_object(js, '$[0]') as e from txt
select id, get_json_object(js, '$.l[*]') as a from txt
select get_json_object('{"a":"é\\n\\"x"}', '$.a') as a, get_json_object('{"a":1.0}', '$.a') as b, get_json_object('{"a":1e3}', '$.a') as c, get_json_object('{"a": {"b" : 1}}', '$.a') as e
select get_json_object('{"a":[1, 2,  3]}', '$.a') as a, get_json_object('{"a":true}', '$.a') as b, get_json_object('{"a":null}', '$.a') as c, get_json_object('{"A":1}', '$.a') as e
select get_json_object('{"a.b":1}', '$.a.b') as a, get_json_object('{"a b":1}', '$.a b') as b, get_json_object("{'a':1}", '$.a') as c, get_json_object('{"a":1,}', '$.a') as e
select id, json_array_length(js) as a, json_object_keys(js) as b from txt
select id, from_json(js, 'a string, l array<string>') as a from txt
select id, from_json(js, 'a double').a as a, from_json(js, 'b struct<c:string>').b.c as b from txt
select id, from_json(js, 'map<string,string>') as a from txt
select id, from_json(js, 'array<int>') as a from txt
select from_json('{"d":"2020-02-29","t":"2020-02-29T12:00:00.123Z","n":1.5,"b":false}', 'd date, t timestamp, n decimal(5,2), b boolean') as a
select from_json('{"a":{"b":[{"c":1},{"c":2}]}}', 'a struct<b:array<struct<c:int>>>').a.b as a, from_json('{"a":"1"}', 'a int') as b, from_json('{"a":1}', 'a string') as c
select from_json('[{"k":"x","v":1},{"k":"y"}]', 'array<struct<k:string,v:int>>') as a, from_json('{"a":[1,null]}', 'a array<int>') as b, from_json('{}', 'a int') as c
select from_json('{"A":1}', 'a int') as a, from_json('{"a":9223372036854775808}', 'a bigint') as b, from_json('{"a":1.9}', 'a bigint') as c, from_json('{"a":"x"}', 'a array<int>') as e
select id, to_json(named_struct('w', w, 'b', b, 'd', d)) as a from bags
select id, to_json(m) as a, to_json(st) as b, to_json(days) as c from bags
select to_json(named_struct('a', null, 'b', 1.50, 'c', 'x"\\\n', 'd', array(null, 1))) as a, to_json(map('k', date '2020-01-01')) as b, to_json(struct(true, 1e10, 0.1)) as c
select to_json(named_struct('t', timestamp '2020-01-05 10:11:12.123456', 'x', cast('nan' as double), 'bin', cast('ab' as binary))) as a
select id, to_json(named_struct('w', w)) as a from word
select schema_of_json('{"a":1}') as a
select id, json_tuple(js, 'a', 'b') as (a, b) from txt
select from_csv('1,x', 'a int, b string') as a
select to_csv(named_struct('a', 1, 'b', 'x')) as a
select id, cast(get_json_object(js, '$.a') as double) + 1 as a, coalesce(get_json_object(js, '$.t'), get_json_object(js, '$.d')) as b from txt
select x.k, x.v from (select explode(from_json('[{"k":"a","v":1},{"k":"b","v":2}]', 'array<struct<k:string,v:int>>')) as x) order by k
