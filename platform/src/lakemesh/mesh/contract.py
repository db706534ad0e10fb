"""All that a table promises, whoever made it; each line with its origin. Frozen, and writable as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal, TypeAlias

from lakemesh.declare.arguments import Given
from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.types import Columns, Type
from lakemesh.mesh.canonical import Json, canonical, digest, written
from lakemesh.mesh.written import Append as Append
from lakemesh.mesh.written import Cdc as Cdc
from lakemesh.mesh.written import DailyCopy as DailyCopy
from lakemesh.mesh.written import History as History
from lakemesh.mesh.written import Merge as Merge
from lakemesh.mesh.written import Replace as Replace
from lakemesh.mesh.written import Window as Window
from lakemesh.mesh.written import Write as Write
from lakemesh.sql.select import Select

Otherwise = Literal["stop", "quarantine", "warn", "note"]
Classification = Literal["public", "internal", "personal", "secret"]
Word = Literal["not_null", "one_of", "range", "length", "matches", "unique", "refers"]
Scalar: TypeAlias = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line of a contract is from: a place in a file, and how it got here."""

    path: str
    line: int
    how: str


@dataclass(frozen=True, slots=True)
class Check:
    """What one word promises of a column. `value` by word: one_of: values; range and length: (low, high), either None;
    matches: (regex,); refers: (domain.table, column); not_null and unique: ()."""

    word: Word
    value: tuple[Scalar | None, ...] = ()
    otherwise: Otherwise = "stop"
    said: bool = False
    """True where the declaration names the consequence itself; else the default for its kind of table holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, what may stand in it, and what it means."""

    name: str
    type: Type
    nullable: bool = True
    checks: tuple[Check, ...] = ()
    description: str = ""
    classification: Classification = "internal"
    term: str | None = None
    unit: str | None = None
    was: str | None = None
    source: str | None = None
    """`as:`: the header, or the path into JSON, that it is read from; None where it has the column's own name."""
    default: str | None = None
    added: bool = False
    """True for the columns that Lakemesh adds itself: _ingested_at, _source_file, _sequence, _is_deleted, _extra;
    valid_from, valid_to and is_current of a history; copied_on of a daily copy."""
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Partition:
    """One field of the spec: identity, year, month, day, hour, bucket or truncate; `argument` is for the last two."""

    transform: str
    column: str
    argument: int | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """One field of the sort order."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """The span of the column `by` in which a key comes once: what comes again is dropped."""

    span: timedelta
    by: str


@dataclass(frozen=True, slots=True)
class Format:
    """What a file is like. `kind` is csv, json or parquet; gzip is known by the name's end."""

    kind: Literal["csv", "json", "parquet"]
    delimiter: str = ","
    header: bool = True
    encoding: str = "utf-8"
    quote: str = '"'
    decimal: str = "."
    dates: str | None = None
    timestamps: str | None = None
    empty: tuple[str, ...] = ("",)
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Arrival:
    """How something arrives. `place` lies below the landing zone, or, for a seed, below the repository: a pattern of
    files and seeds, the folder of one table of dms and streams."""

    by: Literal["files", "seed", "dms", "stream"]
    place: str
    format: Format
    take: Literal["all", "newest"] = "all"
    delivery: Literal["file", "folder", "manifest"] = "file"
    extra: Literal["stop", "ignore", "store"] = "stop"


@dataclass(frozen=True, slots=True)
class Fresh:
    """What readers may count on: `within` of when it was last verified, or of the newest value in column `of`."""

    within: timedelta
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What must be true beyond the words of columns: `bad_rows` returns what is not so, or an `expectation` is asked
    with its `arguments`, of the rows where `where` holds. `over`: the rows of a run alone, or the whole table."""

    id: str
    sentence: str
    expectation: str
    arguments: Mapping[str, Given] = field(hash=False)
    bad_rows: Select | None
    where: str
    over: Literal["new", "table"]
    otherwise: Otherwise
    dimension: str
    why: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything a table promises and how it comes to be: `arrival` for an ingest, `select` for a transform."""

    table: TableName
    product: ProductName
    path: str
    zone: str
    description: str
    columns: tuple[Column, ...]
    write: Write
    key: tuple[str, ...] = ()
    partition: tuple[Partition, ...] = ()
    sort: tuple[Sort, ...] = ()
    repeats: Literal["quarantine", "stop", "drop"] = "quarantine"
    within: Within | None = None
    """Of `repeats: {drop: …, by: …}`: the key is unique in this span, and not in the table."""
    max_bad: float = 0.05
    keep: str | None = None
    classification: Classification = "internal"
    published: bool = False
    status: str = "draft"
    fresh: Fresh | None = None
    owner: str = ""
    steward: str = ""
    team: str = ""
    arrival: Arrival | None = None
    select: Select | None = None
    engine: str | None = None
    max_minutes: int | None = None
    retires: str | None = None
    replaced_by: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict, hash=False)
    properties: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Iceberg table properties that follow from the mesh (maintenance, tags)."""
    rules: tuple[Rule, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False, hash=False)

    @property
    def reads(self) -> tuple[TableName, ...]:
        return self.select.reads if self.select else ()

    @property
    def types(self) -> Columns:
        """Names and types of all columns, in order."""
        return {column.name: column.type for column in self.columns}

    @property
    def unique(self) -> tuple[str, ...]:
        """The columns that tell the table's rows apart: the key, with what the kind of write adds to it."""
        match self.write:
            case History() if self.key:
                return (*self.key, "valid_from")
            case DailyCopy() if self.key:
                return (*self.key, "copied_on")
            case _:
                return () if self.within else self.key

    @property
    def op(self) -> str | None:
        """The column that says of each row that arrives whether it is an I, a U or a D; None where none does."""
        return self.write.op if isinstance(self.write, Cdc | History) else None

    def beside(self, table: TableName, description: str, columns: tuple[Column, ...]) -> "Contract":
        """The contract of a private table that is kept beside this one: its own columns, and no promise to readers."""
        return replace(
            self,
            table=table,
            description=description,
            columns=columns,
            write=Append(),
            key=(),
            partition=(),
            sort=(),
            published=False,
            fresh=None,
            arrival=None,
            select=None,
            retires=None,
            replaced_by=None,
            rules=(),
        )

    def column(self, name: str) -> Column:
        """The column called `name`. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


# What a table holds depends on none of these: changing one is no reason to make it again.
_TOLD = {
    "Contract": (
        *("path", "description", "published", "status", "fresh", "owner", "steward", "team", "classification", "keep"),
        *("meta", "engine", "max_minutes", "retires", "replaced_by", "properties", "select", "origins", "rules"),
    ),
    "Column": ("description", "classification", "term", "unit", "added", "origins"),
}


def as_json(contract: Contract) -> dict[str, Json]:
    """All of a contract, each word under its own name."""
    return written(contract, {"Select": ("edits",)})


def contract_hash(contract: Contract) -> str:
    """Changes when rows could come out otherwise: columns, types, words, key, write, arrival, layout. The SELECT has a
    hash of its own; descriptions, owners, classification and what readers are promised are not in it. Of the rules only
    those are that set rows aside."""
    setting_aside = [
        [rule.expectation, rule.where, canonical(rule.arguments)]
        for rule in contract.rules
        if rule.otherwise == "quarantine"
    ]
    told = written(contract, _TOLD)
    return digest([told, *setting_aside] if setting_aside else told)


def promise_hash(contract: Contract) -> str:
    """Changes with any line of a contract, wherever that line stands."""
    where = {"Contract": ("origins", "path"), "Column": ("origins",), "Select": ("path", "edits"), "Rule": ("origin",)}
    return digest(written(contract, where))
