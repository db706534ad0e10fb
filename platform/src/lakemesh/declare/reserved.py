"""Words that cannot name a table everywhere: reserved in the standard, in Spark SQL or in Trino, and so in Athena."""

_WORDS = """
all alter and anti any array as at authorization auto between binary both by case cast check collate collation column
constraint create cross cube current_catalog current_date current_path current_role current_schema current_time
current_timestamp current_user deallocate delete describe distinct drop else end escape except execute exists extract
false fetch filter for foreign from full function grant group grouping having in inner insert intersect interval into
is join json_array json_exists json_object json_query json_table json_value lateral leading left like limit listagg
localtime localtimestamp minus natural normalize not null offset on only or order outer overlaps prepare primary
recursive references right rollup select semi session_user set skip some sql table tablesample then time to trailing
trim true uescape union unique unknown unnest update user using values when where window with within
"""

RESERVED = frozenset(_WORDS.split())
