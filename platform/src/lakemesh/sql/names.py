"""Which columns can be named at one point of a SELECT, and where each is from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from lakemesh.declare.names import TableName

Origin = tuple[TableName, str]


@dataclass(frozen=True, slots=True)
class Derived:
    """Where a column is from. `passed`: the column that it is, handed on unchanged; `sources`: all it is made of."""

    passed: Origin | None
    sources: frozenset[Origin]


NOTHING = Derived(None, frozenset())


@dataclass(frozen=True, slots=True)
class Relation:
    """What a table, a CTE or a subquery offers: its columns in order. `named` is the table, where it is one."""

    columns: Mapping[str, Derived]
    named: TableName | None = None
    open: bool = False
    """True where its columns are not known: whatever is asked of it is there."""
    twice: frozenset[str] = frozenset()
    """Names that two of its columns have."""
    every: tuple[Derived, ...] = ()
    """All of its columns in order, where two have one name."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Names that are written with capitals, by the small letters that they are found by."""

    @classmethod
    def of(cls, table: TableName, columns: Iterable[str]) -> "Relation":
        labels = {name.lower(): name for name in columns}
        origins = {name: (table, name) for name in labels}
        passed = {name: Derived(origin, frozenset({origin})) for name, origin in origins.items()}
        return cls(passed, table, labels={name: label for name, label in labels.items() if name != label})

    @property
    def row(self) -> tuple[Derived, ...]:
        """Its columns by their places."""
        return self.every or tuple(self.columns.values())

    def label(self, name: str) -> str:
        """How a column is written."""
        return self.labels.get(name, name)


@dataclass(slots=True)
class Names:
    """The sources of one SELECT as they are joined, and those of the SELECT around it."""

    outer: "Names | None" = None
    sources: dict[str, Relation] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    """Sources of a semi or anti join: only its ON may name them."""
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Columns that USING made one of: the sources whose first value it is."""
    used: set[str] = field(default_factory=set)

    def seen(self) -> Iterable[tuple[str, Relation]]:
        """The sources that the SELECT's own parts may name, in order."""
        return [(name, relation) for name, relation in self.sources.items() if name not in self.hidden]

    def holders(self, column: str) -> list[str]:
        """The sources that have a column of this name; one of them where USING merged it."""
        if column in self.merged:
            return [self.merged[column][0]]
        having = [name for name, relation in self.seen() if column in relation.columns]
        return having or [name for name, relation in self.seen() if relation.open]

    def around(self) -> "Iterable[Names]":
        """These names, then those of each SELECT around."""
        names: Names | None = self
        while names is not None:
            yield names
            names = names.outer

    def label(self, source: str, column: str) -> str:
        """How a column of a source is written."""
        for names in self.around():
            if source in names.sources:
                return names.sources[source].label(column)
        return column

    def derived(self, source: str, column: str) -> Derived:
        """Where a column of a source is from."""
        for names in self.around():
            if source in names.sources:
                return names.sources[source].columns.get(column, NOTHING)
        return NOTHING

    def stars(self) -> list[tuple[str, str]]:
        """What `*` stands for: (source, column), merged columns first, as Spark orders them."""
        first = [(sources[0], name) for name, sources in self.merged.items()]
        return first + [
            (source, name) for source, relation in self.seen() for name in relation.columns if name not in self.merged
        ]


def column(source: str, name: str, like: exp.Expr | None = None) -> exp.Column:
    """A column of a source, quoted, at the place of `like` in the text."""
    this = exp.Identifier(this=name, quoted=True)
    if like is not None:
        this.meta.update(like.meta)
    return exp.Column(this=this, table=exp.Identifier(this=source, quoted=True))
