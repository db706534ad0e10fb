"""Did you mean: words nearly right, and the words of dbt, SQLMesh, ODCS and Great Expectations for ours."""

from collections.abc import Iterable
from difflib import get_close_matches

_TABLE = {
    # dbt
    "unique_key": "key", "materialized": "write", "materialization": "write", "incremental_strategy": "write",
    "partition_by": "partition", "cluster_by": "sort", "on_schema_change": "extra", "updated_at": "newest",
    "strategy": "write", "event_time": "time", "batch_size": "partition", "begin": "lookback", "docs": "description",
    "invalidate_hard_deletes": "deletes", "hard_deletes": "deletes", "contract": "columns", "identifier": "replaced_by",
    "deprecation_date": "retires", "latest_version": "replaced_by", "loaded_at_field": "fresh", "freshness": "fresh",
    # SQLMesh
    "grain": "key", "grains": "key", "partitioned_by": "partition", "clustered_by": "sort", "time_column": "time",
    "physical_properties": "meta", "column_descriptions": "columns", "retention": "keep", "ttl": "keep",
    # ODCS and data contracts
    "schema": "columns", "fields": "columns", "properties": "columns", "primary_key": "key", "primarykey": "key",
    "primary_keys": "key", "keys": "key", "customproperties": "meta", "tags": "meta", "authoritativedefinitions": "meta",
    # tools of ingest
    "source": "from", "path": "from", "location": "from", "file": "from", "files": "from", "input": "from",
    "mode": "write", "write_disposition": "write", "cursor": "newest", "cursor_field": "newest", "incremental": "newest",
    "order_by": "sort", "sorted_by": "sort", "sequence_by": "order", "operation": "op", "apply_as_deletes": "deletes",
    "dedupe": "repeats", "duplicates": "repeats", "on_duplicate": "repeats", "late_data": "late", "lag": "lookback",
    "error_threshold": "max_bad", "max_errors": "max_bad", "timeout": "max_minutes", "comment": "description",
    "desc": "description", "schema_evolution": "extra", "file_format": "format", "columns_file": "columns",
}  # fmt: skip

_COLUMN = {
    # dbt
    "data_type": "type", "accepted_values": "one_of", "relationships": "refers", "quote": "as",
    # SQLMesh
    "references": "refers", "foreign_key": "refers", "kind": "type",
    # ODCS
    "logicaltype": "type", "physicaltype": "type", "physicalname": "as", "businessname": "term", "transformdescription": "description",
    "minlength": "length", "maxlength": "length", "minimum": "range", "maximum": "range", "pattern": "matches",
    "authoritativedefinitions": "term", "criticaldataelement": "classification", "examples": "description",
    "sensitivity": "classification", "pii": "classification", "gdpr": "classification",
    # Great Expectations
    "expect_column_values_to_be_in_set": "one_of", "expect_column_values_to_be_between": "range",
    "expect_column_values_to_match_regex": "matches", "expect_column_values_to_be_unique": "unique",
    "expect_column_value_lengths_to_be_between": "length",
    # others
    "enum": "one_of", "values": "one_of", "allowed": "one_of", "allowed_values": "one_of", "in": "one_of", "choices": "one_of",
    "regex": "matches", "format": "matches", "min": "range", "max": "range", "between": "range", "min_length": "length",
    "max_length": "length", "dtype": "type", "datatype": "type", "header": "as", "source": "as", "alias": "as",
    "rename": "was", "renamed_from": "was", "old_name": "was", "desc": "description", "comment": "description", "doc": "description",
    "default_value": "default", "uom": "unit", "currency": "unit", "glossary": "term", "fk": "refers",
}  # fmt: skip

_PRODUCT = {
    "sla": "fresh", "freshness": "fresh", "slaproperties": "fresh", "cron": "start", "schedule": "start", "interval": "start",
    "trigger": "start", "owners": "owner", "contact": "owner", "dataowner": "owner", "stewards": "steward", "group": "team",
    "exposes": "publishes", "outputs": "publishes", "output_ports": "publishes", "outputports": "publishes", "tables": "publishes",
    "ports": "publishes", "state": "status", "lifecycle": "status", "stage": "status", "desc": "description", "purpose": "description",
    "summary": "description", "retention": "keep", "pii": "classification", "sensitivity": "classification", "codeowners": "team",
    "domainowner": "owner",
}  # fmt: skip

_READER = {
    "purpose": "why", "reason": "why", "justification": "why", "expires": "until", "expiry": "until", "end": "until",
    "valid_until": "until", "columns": "show", "include": "show", "exclude": "hide", "mask": "hide", "select": "show", "grants": "tables",
}  # fmt: skip

_FORMAT = {
    "sep": "delimiter", "separator": "delimiter", "field_delimiter": "delimiter", "skip_header": "header", "charset": "encoding",
    "quotechar": "quote", "quote_char": "quote", "null_values": "empty", "nulls": "empty", "null": "empty", "na_values": "empty", "nullstr": "empty",
    "null_if": "empty", "date_format": "dates", "dateformat": "dates", "timestamp_format": "timestamps", "timestampformat": "timestamps",
    "timezone": "time_zone", "tz": "time_zone", "decimal_separator": "decimal",
}  # fmt: skip

_MESH = {
    "org": "name", "organisation": "name", "organization": "name", "project": "name", "prefix": "name", "version": "lakemesh",
    "time_zone": "timezone", "tz": "timezone", "ram": "memory", "layers": "zones", "envs": "environments", "accounts": "environments",
    "stages": "environments", "labels": "tags",
}  # fmt: skip

_SOURCE = {
    "type": "by",
    "kind": "by",
    "database": "engine",
    "db": "engine",
    "credentials": "secret",
    "password": "secret",
    "buffer": "flush",
}

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

_FRESH = {"column": "of", "field": "of", "by": "of", "loaded_at_field": "of", "max_age": "within", "threshold": "within"}

SYNONYMS = {
    "Ingest": _TABLE, "Transform": _TABLE, "Column": _COLUMN, "Product": _PRODUCT, "Domain": _PRODUCT, "Reader": _READER,
    "Show": _READER, "Format": _FORMAT, "Fresh": _FRESH, "Organisation": _MESH, "Source": _SOURCE, "Defaults": _PRODUCT,
}  # fmt: skip
"""By kind of declaration, what others call a word of ours."""

_VALUES = {
    ("write", "incremental"): "merge", ("write", "table"): "replace", ("write", "view"): "replace", ("write", "full"): "replace",
    ("write", "overwrite"): "replace", ("write", "full_refresh"): "replace", ("write", "truncate"): "replace",
    ("write", "insert_overwrite"): "window", ("write", "delete+insert"): "window", ("write", "microbatch"): "window",
    ("write", "incremental_by_time_range"): "window", ("write", "incremental_by_unique_key"): "merge", ("write", "upsert"): "merge",
    ("write", "update"): "merge", ("write", "insert"): "append", ("write", "scd2"): "history", ("write", "scd_type_2"): "history",
    ("write", "snapshot"): "history", ("write", "seed"): "replace", ("write", "ephemeral"): "replace",
    ("classification", "pii"): "personal", ("classification", "confidential"): "secret", ("classification", "restricted"): "secret",
    ("classification", "open"): "public", ("classification", "sensitive"): "personal", ("else", "error"): "stop", ("else", "fail"): "stop",
    ("else", "drop"): "quarantine", ("else", "warning"): "warn", ("else", "ignore"): "note", ("else", "info"): "note",
    ("status", "active"): "published", ("status", "production"): "published", ("status", "proposed"): "draft", ("status", "development"): "draft",
    ("deletes", "hard"): "remove", ("deletes", "soft"): "mark", ("take", "latest"): "newest", ("take", "last"): "newest",
    ("extra", "fail"): "stop", ("extra", "error"): "stop", ("extra", "keep"): "store", ("by", "kinesis"): "stream", ("by", "firehose"): "stream",
    ("by", "kafka"): "stream", ("by", "cdc"): "dms", ("repeats", "error"): "stop", ("repeats", "ignore"): "drop",
}  # fmt: skip


def near(word: str, known: Iterable[str]) -> str:
    """The known word that is spelled most like this one, or nothing."""
    close = get_close_matches(word.lower(), list(known), 1, 0.7) or get_close_matches(word, list(known), 1, 0.7)
    return close[0] if close else ""


def meant(model: str, word: str, known: Iterable[str]) -> str:
    """The word of ours that an unknown one stands for, or nothing."""
    known = tuple(known)
    spellings = _spellings(word)
    theirs = SYNONYMS.get(model, {})
    for spelled in spellings:
        if spelled in known:
            return spelled
        if theirs.get(spelled) in known:
            return theirs[spelled]
    return near(word, known)


def suggest(model: str, word: str, known: Iterable[str]) -> str:
    """What to write instead of an unknown word."""
    known = tuple(known)
    for kind in (model, "Table" if model in ("Ingest", "Transform") else ""):
        if elsewhere := ELSEWHERE.get((kind, _spellings(word)[0])):
            return elsewhere
    ours = meant(model, word, known)
    if ours and any(SYNONYMS.get(model, {}).get(spelled) == ours for spelled in _spellings(word)):
        return f'Lakemesh says "{ours}"'
    return f'did you mean "{ours}"?' if ours else f"the words are {', '.join(known)}"


def _spellings(word: str) -> tuple[str, str]:
    lower = word.lower().replace("-", "_").strip()
    return lower, lower.replace("_", "")


def suggest_value(word: str, value: str, known: list[str]) -> str:
    """What to write instead of an unknown value of a word."""
    lower = value.lower().strip()
    if lower in known:
        return f'did you mean "{lower}"?'
    if ours := _VALUES.get((word, lower)):
        return f'Lakemesh says "{ours}"' if ours in known else f'Lakemesh says "{ours}", which is not built yet'
    if close := near(value, known):
        return f'did you mean "{close}"?'
    return f"say {', '.join(known[:-1])} or {known[-1]}" if len(known) > 1 else f"say {known[0]}"
