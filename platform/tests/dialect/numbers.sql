-- Arithmetic and mathematics.
select id, t + 1 as a, s + 1S as b, t * 2 as c from edge where id > 2
select id, i - 1L as a, i * 2L as b, i + 0.5 as c from edge
select id, b + 0.0 as a, b * 1.0D as c from edge
select id, d + 1 as a, d * 0 as b, d - d as c, f + 1 as e from edge
select id, d / 0 as a, i / 0 as b, m / 0 as c, d % 0 as e, i % 0 as g, m % 0 as h from edge
select id, i / 7 as a, b / 7 as c, s / 2 as e from edge
select id, m + q as a, m - 1 as b, m * 2 as c from edge where id not in (1, 2)
select id, m * m as a, m * 0.1 as b from edge where id not in (1, 2)
select id, m / 3 as a, m / 7.5 as b, m / m as c from edge
select id, q / 3 as a, q / 7.0 as b from edge
select id, m % 3 as a, m % 0.7 as b, q % 1000 as c from edge
select id, d % 3 as a, f % 2 as b, -d % 3 as c from edge
select id, b % 7 as a, i % -3 as c, t % 3 as e from edge
select id, i div 7 as a, b div 1000 as c, m div 2 as e, q div 7 as g from edge where id > 2
select id, -t as a, -m as b, -d as c, -f as e, -q as g from edge where id > 1
select id, abs(d) as a, abs(f) as b, abs(m) as c, abs(q) as e from edge
select id, abs(i) as a, abs(b) as c from edge where id > 1
select id, sign(d) as a, sign(m) as b, sign(i) as c, signum(f) as e from edge
select id, ceil(d) as a, floor(d) as b, ceil(f) as c, floor(f) as e from edge
select id, ceil(m) as a, floor(m) as b, ceil(q) as c, floor(i) as e from edge
select id, ceil(m, 2) as a, floor(m, 2) as b from edge
select id, ceil(m, -2) as a, floor(i, -2) as b from edge
select id, round(d, 2) as a, round(f, 1) as b, round(d, 0) as c from edge
select id, round(m) as a, round(m, 1) as b, round(m, -1) as c, round(q, -3) as e from edge where id not in (1, 2)
select id, round(i, -2) as a, round(t, -1) as b from edge where id > 2
select id, bround(m) as a, bround(m, 1) as b, bround(d) as c from edge
select id, rint(d) as a, rint(f) as b from edge
select id, sqrt(d) as a, cbrt(d) as b, exp(d) as c from edge
select id, ln(d) as a, log(d) as b, log10(d) as c, log2(d) as e, log1p(d) as g from edge
select id, log(2, i) as a, log(d, 2) as b, log(0, 1) as c from edge
select id, expm1(f) as a, hypot(d, 1) as b from edge where id > 7
select id, pow(d, 2) as a, pow(d, 0.5) as b, pow(2, t) as c, power(0, d) as e from edge
select id, sin(t) as a, cos(t) as b, tan(t) as c, cot(t) as e, sec(t) as g, csc(t) as h from edge
select id, asin(t / 128) as a, acos(t / 128) as b, atan(d) as c, atan2(d, 1) as e from edge
select id, sinh(t) as a, cosh(t) as b, tanh(t) as c, asinh(t) as e, acosh(t) as g, atanh(t / 200) as h from edge
select id, degrees(t) as a, radians(t) as b from edge
select id, factorial(t) as a from edge
select id, pmod(i, 7) as a, pmod(b, 7) as c, pmod(d, 3) as e, pmod(m, 3) as g, pmod(t, -3) as h from edge
select id, mod(i, 7) as a, mod(m, 2) as b from edge
select id, greatest(d, 0) as a, least(d, 0) as b, greatest(i, b) as c, least(m, q) as e from edge
select id, isnan(d) as a, nanvl(d, 0) as b, isnan(f) as c from edge
select id, i & 15 as a, b | 7 as c, t ^ s as e, ~i as g, ~t as h from edge
select id, shiftleft(i, 3) as a, shiftright(i, 3) as b, shiftrightunsigned(i, 3) as c from edge
select id, shiftleft(b, 40) as a, shiftright(b, 7) as c, shiftrightunsigned(b, 7) as e, shiftleft(t, 2) as g from edge
select shiftleft(1, 33) as a, shiftright(-8, 1) as b, shiftrightunsigned(-8, 1) as c, shiftleft(1L, 65) as e
select id, bit_count(i) as a, bit_count(b) as c, bit_count(t) as e, bit_count(flag) as g from edge
select id, bit_get(b, 0) as a, getbit(i, 3) as c from edge
select id, hex(b) as a, hex(t) as c, bin(i) as e from edge
select conv('100', 2, 10) as a, conv('ff', 16, 2) as b, conv('-10', 10, 16) as c, conv('zz', 36, 10) as e
select id, width_bucket(d, -10, 10, 4) as a, width_bucket(t, 100, -100, 5) as b from edge
select id, try_add(i, 1) as a, try_subtract(i, 1) as b, try_multiply(i, 3) as c, try_divide(i, t) as e from edge
select id, try_add(b, 1L) as a, try_multiply(b, b) as c, try_add(t, t) as e from edge
select id, try_add(m, q) as a, try_multiply(q, q) as b, try_divide(q, m) as c from edge
select id, positive(i) as a, negative(m) as b, +d as c from edge
select e() as a, pi() as b, e() * pi() as c
select format_number(12345.678, 2) as a, format_number(0, 0) as b, format_number(-1234567.5, 1) as c, format_number(1e10, 3) as e
select id, format_number(m, 2) as a, format_number(i, 0) as b from edge
select to_number('1,234.5', '9,999.9') as a, try_to_number('x', '999') as b
select to_char(1234.5, '9,999.99') as a, to_varchar(78, '$99') as b
select 5 / 2 as a, 5 div 2 as b, -5 / 2 as c, -5 div 2 as e, 5 % -3 as g, -5 % 3 as h, 5.5 % 2 as j
select 1 / 3.0 as a, 1.000 * 2.00 as b, 10.0 / 3 as c, 0.1 + 0.2 as e, 1e1 + 1 as g, 3.0 / 0 as h
select 2147483647 + 1L as a, cast(2147483647 as bigint) * 2 as b, 9999999999 * 9999999999.0 as c
select 0.0D = -0.0D as a, cast('nan' as double) = cast('nan' as double) as b, cast('nan' as double) > 1e308 as c
select 99999999999999999999.5 + 0.5 as a, cast(1 as decimal(38,0)) / 3 as b, cast(1 as decimal(38,38)) as c
select id, sum(m) over (order by id) as a, avg(m) over (order by id) as b from edge where id not in (1, 2)
select id, rand(5) as a from edge
