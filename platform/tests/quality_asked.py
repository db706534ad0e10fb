"""Our answers to the same questions, in the Spark SQL that a run asks, and the translation that a laptop runs."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import duckdb

from lakemesh.declare import arguments
from lakemesh.declare.names import TableName
from lakemesh.declare.scalar import Real, Value, Whole
from lakemesh.declare.types import parse
from lakemesh.engine.duckdb.dialect import prepare, to_duckdb
from lakemesh.engine.duckdb.failures import told
from lakemesh.quality.compile.scan import run
from lakemesh.quality.expectations.ask import Check, Outcome, Row
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.every import check
from lakemesh.sql.select import Select
from quality_cases import Case
from quality_data import TYPES, table

TABLE = TableName("shop", "data")
COLUMNS = {name: parse(kind) for name, kind in TYPES.items()}


def written(value: object) -> Value:
    """A value as the reader of YAML gives it."""
    if isinstance(value, list):
        return [written(each) for each in value]
    if isinstance(value, dict):
        return {name: written(each) for name, each in value.items()}
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    assert isinstance(value, int | float)
    made = Whole(value) if isinstance(value, int) else Real(value)
    made.text = str(value)
    return made


class Asked:
    """Each dataset as a relation of DuckDB, and Spark SQL translated as the engine does it, each text once."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        prepare(self.connection)
        self.statements: list[str] = []
        self._known: dict[str, str] = {}

    def _translated(self, text: str) -> str:
        if text not in self._known:
            self._known[text] = to_duckdb(Select(text, (TABLE,), "a test"), {TABLE: COLUMNS}, {TABLE: "data"})
        return self._known[text]

    def read(self, text: str, tables: tuple[TableName, ...]) -> Iterator[Row]:
        self.statements.append(text)
        with told("a test"):
            yield from self.connection.sql(self._translated(text)).to_arrow_table().to_pylist()

    def answers(self, name: str, cases: Iterable[Case]) -> Mapping[str, Outcome]:
        """These cases of one dataset, all at once."""
        self.connection.register("data", table(name))
        wanted = list(cases)
        found = run([asked(case) for case in wanted], self.read)
        return {case.id: outcome for case, outcome in zip(wanted, found, strict=True)}


def asked(case: Case) -> tuple[At, Callable[[], Check]]:
    """A case as the run asks it."""
    at = At(TABLE, COLUMNS, case.where)
    given = arguments.read(case.name, {word: written(each) for word, each in case.arguments.items()})
    return at, lambda: check(case.name, at, given)
