-- Regular expressions.
select id, w rlike '^[a-z]' as a, w rlike '\\d' as b, w rlike '^$' as c, w regexp '\\s' as e from word
select id, w rlike '(?i)^a' as a, regexp_like(w, '[^a-z]') as b, w rlike 'a|x' as c, w rlike '.' as e from word
select id, regexp_replace(w, '[^a-zA-Z0-9]', '') as a, regexp_replace(w, '\\s+', '_') as b from word
select id, regexp_replace(w, '(\\w+)', '<$1>') as a, regexp_replace(w, '^', '>') as b from word
select id, regexp_replace(w, 'a*', '-') as a from word where id < 8
select id, regexp_extract(w, '([a-z]+)', 1) as a, regexp_extract(w, '[0-9]+', 0) as b, regexp_extract(w, '(x)(y)?', 2) as c from word
select id, regexp_extract_all(w, '([a-z])', 1) as a, regexp_count(w, '[a-z]') as b, regexp_substr(w, '[a-z]+') as c from word
select id, regexp_instr(w, '[a-z]') as a from word
select id, split(w, ',') as a, split(w, '\\.') as b, split(w, ' ') as c from word
select id, split(w, '[,.]') as a, split(w, '\\s+') as b, size(split(w, ',')) as c from word
select split('a,b,c,d', ',', 2) as a, split('a,b,c,d', ',', -1) as b, split('a,b,,', ',', 0) as c, split('aXbXc', 'X') as e
select split('one1two22three', '\\d+') as a, split('a|b', '\\|') as b, split('abc', '') as c
select regexp_replace('2020-01-05', '(\\d{4})-(\\d{2})-(\\d{2})', '$3/$2/$1') as a, regexp_replace('aaa', 'a{2}', 'b') as b, regexp_replace('a.b', '[.]', '\\$') as c
select regexp_extract('foo=1;bar=2', 'bar=(\\d+)') as a, regexp_extract('x', '(y)') as b, regexp_extract('abc', 'a(b)?c', 1) as c, regexp_extract('ac', 'a(b)?c', 1) as e
select regexp_replace('abc', '(?<=a)b', 'X') as a
select 'aa' rlike '(a)\\1' as a
select 'ab' rlike '^[[:alpha:]]' as a
select regexp_replace('héllo', '\\p{L}', 'x') as a, 'É' rlike '\\p{Lu}' as b, 'é' rlike '^\\w$' as c
select '\n' rlike '.' as a, 'a\nb' rlike 'a.b' as b, 'a\nb' rlike '(?s)a.b' as c, 'a\nb' rlike '^b' as e, 'a\nb' rlike '(?m)^b' as g
select 'tel: +31 6' rlike '\\+\\d{2}' as a, 'A1' rlike '^\\p{Lu}' as b, 'x-y' rlike '[\\w-]+' as c, 'a' rlike '\\ba\\b' as e, 'a+b' rlike 'a\\+b' as g
select regexp_extract('k1=v1&k2=v2', '(?<key>\\w+)=(\\w+)', 2) as a
select regexp_replace('aaa', 'a', 'b', 2) as a
select id, regexp_replace(lower(trim(w)), '[^a-z0-9]+', '-') as a from word
