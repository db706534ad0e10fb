"""Words that cannot name a table everywhere: reserved in Spark SQL (ANSI) or in Trino, and so in Athena."""

RESERVED = frozenset(
    """
    all alter and any anti array as asc at authorization auto between binary both by case cast check collate collation column
    constraint create cross cube current_catalog current_date current_path current_role current_schema current_time
    current_timestamp current_user deallocate delete desc describe distinct drop else end escape except execute exists
    extract false fetch filter for foreign from full function grant group grouping having if in inner insert intersect
    interval into is join json_array json_exists json_object json_query json_table json_value lateral leading left like
    limit listagg localtime localtimestamp map minus natural normalize not null offset on only or order outer overlaps
    pivot prepare primary recursive references right rollup select semi session_user set skip some sql struct table
    tablesample then time to trailing trim true uescape union unique unknown unnest unpivot update user using values view
    when where window with within
    """.split()
)
