-- Texts of all kinds of letters.
select id, upper(w) as a, ucase(w) as b from word
select id, lower(w) as a, lcase(w) as b from word
select id, initcap(w) as a from word
select id, length(w) as a, char_length(w) as b, octet_length(w) as c, bit_length(w) as e from word
select id, reverse(w) as a from word
select id, substring(w, 2, 3) as a, substr(w, -3) as b, substring(w, 0) as c from word
select id, substring(w, n) as a, substring(w, n, n) as b from word
select substring('Spark SQL' from 5) as a, substring('Spark SQL' from -3 for 2) as b, substr('Spark', 10) as c
select id, left(w, 2) as a, right(w, 2) as b, left(w, n) as c, right(w, n) as e from word
select id, trim(w) as a, ltrim(w) as b, rtrim(w) as c, btrim(w) as e from word
select id, trim(both 'xa' from w) as a, trim(leading '-' from w) as b, trim(trailing '"' from w) as c from word
select ltrim('xyabc', 'yx') as a, rtrim('abcxx', 'x') as b, btrim('xxaxx', 'x') as c, trim('x' from 'xax') as e
select id, lpad(w, 6, '*-') as a, rpad(w, 6, '日') as b, lpad(w, n, '0') as c from word
select id, repeat(w, 2) as a, repeat(w, n) as b, space(n) as c from word
select id, concat(w, '|', w) as a, w || 1 as b, concat(w, null) as c from word
select id, concat_ws('-', w, n) as a, concat_ws(w, 'a', 'b') as b, concat_ws(',', null, w) as c from word
select id, replace(w, 'a', 'é') as a, replace(w, ' ', '') as b from word
select id, translate(w, 'aeé', 'x') as a from word
select id, instr(w, 'a') as a, locate('a', w) as b, position('x' in w) as c, locate('a', w, n) as e from word
select id, ascii(w) as a from word
select char(0) as a, char(256 + 65) as b, chr(233) as c, char(-5) as e, chr(8364) as g
select id, split_part(w, ',', 1) as a, split_part(w, '.', 2) as b, split_part(w, ',', -2) as c from word
select id, substring_index(w, ',', 2) as a, substring_index(w, '.', -1) as b, substring_index(w, ' ', n) as c from word
select id, levenshtein(w, 'abc') as a, levenshtein(w, w) as b from word
select levenshtein('kitten', 'sitting', 2) as a
select id, startswith(w, 'a') as a, endswith(w, 'x') as b, contains(w, ' ') as c, startswith(w, '') as e from word
select id, w like 'a%' as a, w like '%\\%%' as b, w like '___' as c, w ilike 'STRA%' as e from word
select id, w like '%e' as a, w like '_' as b, w not like '% %' as c, w like '' as e from word
select 'a%b' like 'a/%b' escape '/' as a, 'ab' like 'a_' as b, 'a\nb' like 'a%' as c, 'a\nb' like 'a_b' as e
select id, w < 'a' as a, w > 'z' as b, w = 'é' as c, w <=> null as e from word
select id, w from word order by w, id
select id, w from word order by w desc nulls first, id limit 7
select min(w) as a, max(w) as b, count(distinct w) as c from word
select id, format_string('%s|%5s|%-5s|', w, w, w) as a from word where length(w) < 4
select format_string('%d %5d %-5d| %05d %x %X %o', 1, 2, 3, 4, 255, 255, 8) as a, format_string('%.3f %8.2f %e', 1.5D, 2.345D, 12345.678D) as b
select printf('%s %s', 'a', 1) as a, format_string('%%') as b
select format_string('%,d', 1234567) as a, format_string('%b', true) as b
select id, elt(n, 'x', w) as a, find_in_set(w, 'a,A,,é') as b from word
select id, md5(w) as a, sha1(w) as b, sha2(w, 256) as c from word
select id, sha2(w, 512) as a, sha2(w, 384) as b, sha2(w, 224) as c from word
select id, hash(w) as a from word
select id, xxhash64(w) as a from word
select id, crc32(w) as a from word
select id, base64(cast(w as binary)) as a, cast(unbase64(base64(cast(w as binary))) as string) as b from word
select id, hex(w) as a, cast(unhex(hex(w)) as string) as b from word
select id, encode(w, 'utf-8') as a, decode(encode(w, 'UTF-8'), 'utf-8') as b from word
select encode('é', 'utf-16') as a
select id, soundex(w) as a from word
select id, overlay(w, 'X', 2, 1) as a, overlay(w, '__', 1) as b from word
select overlay('Spark SQL' placing '_' from 6) as a
select id, mask(w) as a from word
select mask('AbCD123-@$#') as a, mask('AbCD123-@$#', 'Q', 'q', 'd', 'o') as b
select luhn_check('79927398713') as a
select id, sentences(w) as a from word
select url_encode('a b&c=é') as a, url_decode('a+b%26c') as b
select parse_url('http://spark.apache.org/path?query=1', 'HOST') as a, parse_url('http://spark.apache.org/path?query=1', 'QUERY', 'query') as b
select to_binary('abc', 'utf-8') as a, try_to_binary('zz', 'hex') as b
select id, char_length(concat(w, w)) as a, length(trim(w)) as b, upper(substring(w, 1, 1)) || substring(w, 2) as c from word
select id, case when w = '' then null else w end as a, nullif(w, '') as b, nullif(trim(w), '') as c, coalesce(nullif(w, 'a'), 'none') as e from word
select id, lower(w) = lower('STRASSE') as a, upper(w) = 'A' as b, trim(upper(w)) in ('A', 'NULL') as c from word
select 'abc' = 'ABC' as a, 'a ' = 'a' as b, '' is null as c, length('') as e, 'é' = 'e\u0301' as g
select 'a\'b' as a, "it's" as b, 'tab\there' as c, r'\d+' as e, 'new\nline' as g, '\u00e9' as h, '\\' as j
select initcap('hello WORLD') as a, initcap('o''neil-smith') as b, initcap('élan ÉTÉ') as c, initcap('a  b') as e
select concat() as a, concat_ws('|') as b, repeat('', 5) as c, lpad('', 3, 'ab') as e, rpad('é', 3, '.') as g
select typeof(1) as a, typeof('x') as b, typeof(array(1)) as c
select uuid() as a
