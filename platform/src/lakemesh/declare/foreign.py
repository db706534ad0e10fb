"""What other systems call a type, and what Spark SQL calls it. A line is Spark's name, then theirs."""

import re

_LINES = """
boolean: bool, bit, number(1)
int: integer, int4, int32, tinyint, smallint, short, byte, mediumint, serial, int2, int16
bigint: int8, long, int64, bigserial
decimal(38,0): hugeint
float: real, float4, float32
double: float8, float64, double precision
decimal(p,s): number, numeric, dec
decimal(19,4): money
timestamp: datetime, datetime2, timestamptz, timestamp_ltz, timestamp with time zone
timestamp_ntz: timestamp without time zone
string: time, interval, varchar, char, text, str, nvarchar, nchar, varchar2, character, character varying, clob,
    uuid, enum, json, jsonb, variant
struct<…>: object, record, row
array<…>: list
binary: bytes, blob, bytea, varbinary
"""

FOREIGN = {
    theirs: line.partition(": ")[0]
    for line in re.sub(r"\n +", " ", _LINES).strip().splitlines()
    for theirs in line.partition(": ")[2].split(", ")
}
"""Their name, and ours."""
