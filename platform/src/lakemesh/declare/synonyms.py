"""What dbt, SQLMesh, ODCS, Great Expectations and others call a word of ours. A line is ours, then theirs."""

import re
from collections.abc import Iterator

_TABLE = """
key: unique_key grain grains primary_key primarykey primary_keys keys
write: materialized materialization incremental_strategy strategy mode write_disposition
partition: partition_by batch_size partitioned_by
sort: cluster_by clustered_by order_by sorted_by
extra: on_schema_change schema_evolution
newest: updated_at cursor cursor_field incremental
time: event_time time_column
lookback: begin lag
description: docs comment desc
deletes: invalidate_hard_deletes hard_deletes apply_as_deletes
columns: contract column_descriptions schema fields properties columns_file
replaced_by: identifier latest_version
retires: deprecation_date
fresh: loaded_at_field freshness
meta: physical_properties customproperties tags authoritativedefinitions
keep: retention ttl
from: source path location file files input
order: sequence_by
op: operation
repeats: dedupe duplicates on_duplicate
late: late_data
max_bad: error_threshold max_errors
max_minutes: timeout
format: file_format
"""

_COLUMN = """
type: data_type kind logicaltype physicaltype dtype datatype
one_of: accepted_values expect_column_values_to_be_in_set enum values allowed allowed_values in choices
refers: relationships references foreign_key fk
as: quote physicalname header source alias
term: businessname authoritativedefinitions glossary
description: transformdescription examples desc comment doc
length: minlength maxlength expect_column_value_lengths_to_be_between min_length max_length
range: minimum maximum expect_column_values_to_be_between min max between
matches: pattern expect_column_values_to_match_regex regex format
classification: criticaldataelement sensitivity pii gdpr
unique: expect_column_values_to_be_unique
was: rename renamed_from old_name
default: default_value
unit: uom currency
"""

_PRODUCT = """
fresh: sla freshness slaproperties
start: cron schedule interval trigger
owner: owners contact dataowner domainowner
steward: stewards
team: group codeowners
publishes: exposes outputs output_ports outputports tables ports
status: state lifecycle stage
description: desc purpose summary
keep: retention
classification: pii sensitivity
"""

_READER = """
why: purpose reason justification
until: expires expiry end valid_until
show: columns include select
hide: exclude mask
tables: grants
"""

_FORMAT = """
delimiter: sep separator field_delimiter
header: skip_header
encoding: charset
quote: quotechar quote_char
empty: null_values nulls null na_values nullstr null_if
dates: date_format dateformat
timestamps: timestamp_format timestampformat
time_zone: timezone tz
decimal: decimal_separator
"""

_FRESH = """
of: column field by loaded_at_field
within: max_age threshold
"""

_MESH = """
name: org organisation organization project prefix
lakemesh: version
timezone: time_zone tz
memory: ram
zones: layers
environments: envs accounts stages
tags: labels
"""

_SOURCE = """
by: type kind
engine: database db
secret: credentials password
flush: buffer
"""

_RULE = """
rule: sentence title description
bad_rows: sql query unexpected_rows_query failing_rows test
where: row_condition filter condition
else: severity on_fail action consequence
over: scope batch
dimension: category
why: reason notes meta
id: key
"""

_VALUES = """
write merge: incremental incremental_by_unique_key upsert update
write replace: table view full overwrite full_refresh truncate seed ephemeral
write window: insert_overwrite delete+insert microbatch incremental_by_time_range
write append: insert
write history: scd2 scd_type_2 snapshot
classification personal: pii sensitive
classification secret: confidential restricted
classification public: open
else stop: error fail
else quarantine: drop
else warn: warning
else note: ignore info
status published: active production
status draft: proposed development
deletes remove: hard
deletes mark: soft
take newest: latest last
extra stop: fail error
extra store: keep
by stream: kinesis firehose kafka
by dms: cdc
repeats stop: error
repeats drop: ignore
"""


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each word of others, with ours."""
    for line in re.sub(r"\n +", " ", text).strip().splitlines():
        ours, _, others = line.partition(": ")
        yield from ((theirs, ours) for theirs in others.split())


def _theirs(text: str) -> dict[str, str]:
    return dict(_pairs(text))


SYNONYMS = {
    "Ingest": _theirs(_TABLE),
    "Transform": _theirs(_TABLE),
    "Column": _theirs(_COLUMN),
    "Product": _theirs(_PRODUCT),
    "Domain": _theirs(_PRODUCT),
    "Defaults": _theirs(_PRODUCT),
    "Reader": _theirs(_READER),
    "Show": _theirs(_READER),
    "Format": _theirs(_FORMAT),
    "Fresh": _theirs(_FRESH),
    "Organisation": _theirs(_MESH),
    "Source": _theirs(_SOURCE),
    "Rule": _theirs(_RULE),
}
"""By kind of declaration: what others call a word of ours."""

VALUES = {(said.split()[0], theirs): said.split()[1] for theirs, said in _pairs(_VALUES)}
"""What others call something that a word of ours says."""

ELSEWHERE = {
    ("Column", "nullable"): "columns may be null; where one may not, write `type: … not null`",
    ("Column", "null"): "columns may be null; where one may not, write `type: … not null`",
    ("Column", "required"): "write `type: … not null`",
    ("Column", "mandatory"): "write `type: … not null`",
    ("Column", "not null"): "write `type: … not null`",
    ("Column", "isnullable"): "columns may be null; where one may not, write `type: … not null`",
    ("Column", "constraints"): "write each as a word: `type: … not null`, `one_of`, `range`, `unique`",
    ("Column", "tests"): "write each as a word: `type: … not null`, `one_of`, `range`, `unique`, `refers`",
    ("Column", "data_tests"): "write each as a word: `type: … not null`, `one_of`, `range`, `unique`, `refers`",
    ("Column", "quality"): "write each as a word: `type: … not null`, `one_of`, `range`, `unique`, `refers`",
    ("Column", "primary_key"): "name the column in the table's `key`",
    ("Column", "primarykey"): "name the column in the table's `key`",
    ("Column", "expect_column_values_to_not_be_null"): "write `type: … not null`",
    ("Column", "name"): "the word above is the column's name; where it is read from is `as`",
    ("Table", "name"): "the file's name is the table's name",
    ("Table", "table"): "the file's name is the table's name",
    ("Table", "model"): "the file's name is the table's name",
    ("Table", "sql"): "the SELECT stands in a .sql file of the same name",
    ("Table", "query"): "the SELECT stands in a .sql file of the same name",
    ("Table", "owner"): "owners are named in product.yaml or domain.yaml",
    ("Table", "cron"): "when it runs is said in product.yaml: `start`",
    ("Table", "start"): "when it runs is said in product.yaml: `start`",
    ("Table", "schedule"): "when it runs is said in product.yaml: `start`",
    ("Table", "tests"): "write each as a word of its column: `one_of`, `range`, `unique`, `refers`",
    ("Table", "audits"): "write each as a word of its column: `one_of`, `range`, `unique`, `refers`",
    ("Table", "depends_on"): "what a table reads follows from its SELECT",
    ("Table", "refs"): "what a table reads follows from its SELECT",
    ("Transform", "from"): "what a transform reads follows from its SELECT",
    ("Transform", "format"): "a transform reads tables; `format` is for an ingest",
    ("Transform", "take"): "a transform reads tables; `take` is for an ingest",
    ("Transform", "delivery"): "a transform reads tables; `delivery` is for an ingest",
    ("Transform", "extra"): "a transform reads tables; `extra` is for an ingest",
    ("Product", "name"): "the folder's name is the product's name",
    ("Product", "domain"): "the folder above is the domain",
    ("Product", "version"): "a breaking change makes a new table beside the old",
    ("Product", "readers"): "who may read is said in readers.yaml",
    ("Product", "access"): "who may read is said in readers.yaml",
    ("Domain", "name"): "the folder's name is the domain's name",
    ("Domain", "products"): "the folders below are its products",
    ("Domain", "defaults"): "write `keep`, `max_bad` and `classification` as they are",
    ("Domain", "sources"): "sources are named in sources.yaml",
    ("Source", "password"): "name the secret that holds it: `secret: crm/reader`",
    ("Environment", "profile"): "credentials are found by the AWS tools themselves",
}
"""Words of others for which a sentence says more than one word of ours could."""
