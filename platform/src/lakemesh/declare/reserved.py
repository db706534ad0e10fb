"""Words that cannot name a table in every text: Spark, or what reads its SQL here, takes them for something else. Nouns
that only begin a clause, such as `order` and `group`, are none of them: where a table is expected they are one."""

_WORDS = """
all alter and anti any as at auto between binary both by case cast collate create cross current_catalog current_date
current_path current_role current_schema current_time current_timestamp current_user deallocate delete describe
distinct drop else end except exists extract false fetch for foreign from full grant having in inner insert intersect
interval into is join json_array json_exists json_object json_query json_table json_value lateral leading left like
limit listagg localtime localtimestamp minus natural not null on only or outer overlaps recursive references right
select semi session_user some tablesample then to trailing trim true uescape union unknown unnest user using values
when where with within
"""

_NOUNS = """
array authorization check collation column constraint cube escape execute filter function group grouping normalize
offset order prepare primary rollup set skip sql table time unique update window
"""

RESERVED = frozenset(_WORDS.split())
QUOTED = RESERVED | frozenset(_NOUNS.split())
"""What we write in quotes, as a column may have any name."""
