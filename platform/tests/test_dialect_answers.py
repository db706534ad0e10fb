"""Every statement that a rule gives as its case means on DuckDB what Spark 3.5 answered, value by value and type by type."""
# ruff: noqa: E501  (a statement and what it gives are one line)

import json
from pathlib import Path

import duckdb
import pytest

from dialect_plain import Plain, alike, plain
from dialect_world import tables
from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.duckdb.dialect import prepare, to_duckdb
from lakemesh.engine.duckdb.rules import CASES
from lakemesh.engine.duckdb.types import of_duckdb
from lakemesh.sql.select import read

ANSWERS = json.loads(Path(__file__).with_name("dialect_answers.json").read_text("utf-8"))
RELATIONS = {TableName("w", name): f'"w_{name}"' for name in tables()}


@pytest.fixture(scope="module")
def world() -> tuple[duckdb.DuckDBPyConnection, dict[TableName, Columns]]:
    connection = duckdb.connect()
    prepare(connection)
    inputs: dict[TableName, Columns] = {}
    for name, table in tables().items():
        connection.register(f"arrow_{name}", table)
        connection.execute(f'CREATE TABLE "w_{name}" AS SELECT * FROM arrow_{name}')
        rows = connection.execute(f'DESCRIBE "w_{name}"').fetchall()
        inputs[TableName("w", name)] = {row[0]: of_duckdb(row[1]) for row in rows}
    return connection, inputs


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[dict[str, str], list[Plain]]:
    """The types and rows that DuckDB gives."""
    types = {row[0].lower(): f"{of_duckdb(row[1])}" for row in connection.execute(f"DESCRIBE {sql}").fetchall()}
    found = connection.sql(sql).to_arrow_table()
    columns = [[plain_of(value) for value in column.to_pylist()] for column in found.columns]
    return types, [list(row) for row in zip(*columns, strict=True)] if columns else []


def plain_of(value: object) -> Plain:
    """Arrow gives a map as a list of pairs, a struct as a dict: Spark's answers have pairs sorted and structs as values."""
    if isinstance(value, dict):
        return [plain_of(item) for item in value.values()]
    if isinstance(value, list):
        items = [plain_of(item) for item in value]
        pairs = bool(value) and all(isinstance(item, tuple) for item in value)
        return sorted(items, key=repr) if pairs else items
    if isinstance(value, tuple):
        return [plain_of(item) for item in value]
    return plain(value)


@pytest.mark.parametrize("case", CASES)
def test_duckdb_answers_as_spark_did(
    case: str, world: tuple[duckdb.DuckDBPyConnection, dict[TableName, Columns]]
) -> None:
    connection, inputs = world
    expected = ANSWERS[case]
    assert "error" not in expected, f"Spark refuses this case: {expected['error']}"
    sql = to_duckdb(read(case, "case.sql", "w"), inputs, RELATIONS)
    types, rows = answer(connection, sql)
    wanted = expected["rows"]
    if " order by " not in case.split(")")[-1]:
        rows, wanted = sorted(rows, key=repr), sorted(wanted, key=repr)
    assert list(types) == list(expected["types"])
    for place, name in enumerate(types):
        ours, theirs = [row[place] for row in rows], [row[place] for row in wanted]
        assert alike(ours, theirs), (
            f"{name}: {[(a, b) for a, b in zip(ours, theirs, strict=False) if not alike(a, b)]}\n{sql}"
        )
    told = {name: kind for name, kind in expected["types"].items() if "void" not in kind}
    assert {name: types[name] for name in told} == told
