-- Hashes and keys.
select id, md5(concat_ws('|', id, d, m)) as a from edge
select id, sha2(concat_ws('|', coalesce(cast(b as string), ''), cast(f as string)), 256) as a from edge
select id, md5(cast(d as string)) as a, sha1(cast(ts as string)) as b from far
select md5(null) as a, md5('') as b, sha2('abc', 256) as c, sha('abc') as e, sha2(null, 256) as g
select id, conv(substring(md5(w), 1, 8), 16, 10) as a from word
select id, substring(sha2(w, 256), 1, 16) as a, upper(md5(w)) as b from word
select md5(cast(x'00ff' as binary)) as a, hex(cast('é' as binary)) as b, base64(x'00ff') as c
select aes_encrypt('a', '0000111122223333') as a
