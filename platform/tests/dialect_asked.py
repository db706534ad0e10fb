"""What DuckDB makes of a statement, beside what Spark answered."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from dialect_plain import Plain, alike, plain
from dialect_world import tables
from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.duckdb.dialect import prepare, to_duckdb
from lakemesh.engine.duckdb.types import of_duckdb
from lakemesh.engine.portable import check
from lakemesh.errors import Mistake, Mistakes
from lakemesh.sql.select import read

RELATIONS = {TableName("w", name): f'"w_{name}"' for name in tables()}


def recorded(name: str = "dialect_answers.json") -> dict[str, dict[str, object]]:
    """Spark's answers, by statement."""
    found: dict[str, dict[str, object]] = json.loads(Path(__file__).with_name(name).read_text("utf-8"))["answers"]
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one statement: identical, refused (with the linter's mistake), stopped, or different (and how)."""

    kind: str
    said: str = ""
    mistake: Mistake | None = None


class Asked:
    """The same rows in DuckDB."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        prepare(self.connection)
        self.inputs: dict[TableName, Columns] = {}
        for name, table in tables().items():
            self.connection.register(f"arrow_{name}", table)
            self.connection.execute(f'CREATE TABLE "w_{name}" AS SELECT * FROM arrow_{name}')
            rows = self.connection.execute(f'DESCRIBE "w_{name}"').fetchall()
            self.inputs[TableName("w", name)] = {row[0]: of_duckdb(row[1]) for row in rows}

    def outcome(self, statement: str, expected: dict[str, object]) -> Outcome:
        """What becomes of a statement, given what Spark answered."""
        try:
            select = read(statement, "case.sql", "w")
            errors = [mistake for mistake in check(select) if mistake.severity == "error"]
            if errors:
                return Outcome("refused", errors[0].what, errors[0])
            sql = to_duckdb(select, self.inputs, RELATIONS)
        except Mistakes as refused:
            return Outcome("refused", refused.mistakes[0].what, refused.mistakes[0])
        try:
            types, rows = self.answer(sql)
        except duckdb.Error as error:
            return Outcome("stopped", f"{error}".splitlines()[0])
        return self.compared(statement, sql, types, rows, expected)

    def answer(self, sql: str) -> tuple[dict[str, str], list[Plain]]:
        """The types and rows that DuckDB gives."""
        relation = self.connection.sql(sql)
        kinds = zip(relation.columns, relation.types, strict=True)
        types = {name.lower(): f"{of_duckdb(str(kind))}" for name, kind in kinds}
        found = relation.to_arrow_table()
        columns = [[_plain(value) for value in column.to_pylist()] for column in found.columns]
        return types, [list(row) for row in zip(*columns, strict=True)] if columns else []

    def compared(
        self, statement: str, sql: str, types: dict[str, str], rows: list[Plain], expected: dict[str, object]
    ) -> Outcome:
        """Whether names, types and every value are what Spark gave; their order where the statement says one."""
        wanted: list[Plain] = expected["rows"]  # type: ignore[assignment]
        theirs: dict[str, str] = expected["types"]  # type: ignore[assignment]
        if " order by " not in statement.split(")")[-1]:
            rows, wanted = sorted(rows, key=repr), sorted(wanted, key=repr)
        if list(types) != list(theirs):
            return Outcome("different", f"names: {list(types)} for {list(theirs)}")
        if len(rows) != len(wanted):
            return Outcome("different", f"rows: {len(rows)} for {len(wanted)}\n{sql}")
        for place, name in enumerate(types):
            pairs = [(a[place], b[place]) for a, b in zip(rows, wanted, strict=True)]  # type: ignore[index]
            if theirs[name].startswith("decimal"):
                # A zero more behind the point, which Spark sometimes leaves there, is no other number.
                pairs = [(_number(a), _number(b)) for a, b in pairs]
            other = [(a, b) for a, b in pairs if not alike(a, b)]
            if other:
                return Outcome("different", f"{name}: ours, Spark's: {other[:6]}\n{sql}")
        typed = {name: kind for name, kind in theirs.items() if "void" not in kind}
        told = {name: (types[name], kind) for name, kind in typed.items() if types[name] != kind}
        return Outcome("different", f"types: {told}\n{sql}") if told else Outcome("identical")


def _number(said: Plain) -> Plain:
    return said if said is None else f"{Decimal(str(said)).normalize():f}"


def _plain(value: object) -> Plain:
    """Arrow gives a map as pairs, a struct as a dict: in Spark's answers pairs are sorted and structs are values."""
    if isinstance(value, dict):
        return [_plain(item) for item in value.values()]
    if isinstance(value, list):
        items = [_plain(item) for item in value]
        pairs = bool(value) and all(isinstance(item, tuple) for item in value)
        return sorted(items, key=repr) if pairs else items
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return plain(value)
