"""Checksums: md5 and sha are one everywhere; Spark's own hash functions are not DuckDB's."""

from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import BINARY, STRING, Refused, Typed

RULES = Rules()


def _bytes(call: Call) -> str:
    return call.sql(0) if call.type(0) == BINARY else call.as_(0, STRING)


@RULES.of("md5", "sha1", "sha")
def digest(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"{'md5' if call.name == 'md5' else 'sha1'}({_bytes(call)})", STRING)


@RULES.of("sha2")
def sha2(call: Call) -> Typed:
    needs(call, 2)
    if call.number(1) not in (0, 256):
        raise Refused(f"sha2() of {call.number(1)} bits", "take 256 bits")
    return Typed(f"sha256({_bytes(call)})", STRING)


@RULES.of("base64")
def base64(call: Call) -> Typed:
    needs(call, 1)
    # Java breaks the lines, as mail does.
    return Typed(f"spark_base64(to_base64({cast(call.args[0], BINARY).sql}))", STRING)


@RULES.of("unbase64")
def unbase64(call: Call) -> Typed:
    needs(call, 1)
    plain = f"regexp_replace({call.as_(0, STRING)}, '[^A-Za-z0-9+/=]', '', 'g')"
    return Typed(f"from_base64({plain})", BINARY)


MACROS: tuple[str, ...] = (
    r"""spark_base64(t) AS CASE WHEN length(t) <= 76 THEN t
    ELSE rtrim(regexp_replace(t, '(.{76})', '\1' || chr(13) || chr(10), 'g'), chr(13) || chr(10)) END""",
)

CASES = (
    "select id, md5(s) as a, sha1(s) as b, sha2(s, 256) as c, sha(s) as e, sha2(s, 0) as g, base64(cast(s as binary)) as h, cast(unbase64(base64(s)) as string) as j from txt",
    "select md5(concat_ws('|', 'a', 1, null, 2.5)) as a, md5('') as b, md5(cast('é' as binary)) as c",
)
