"""The corpus is asked of the Spark that runs products, as it is set up for them: its answers are those on record."""

import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession

from dialect_asked import recorded
from dialect_plain import alike
from dialect_world import tables
from lakemesh.engine.spark.session import of
from lakemesh.lake.local import local
from lakemesh.lake.place import Place
from record_spark_answers import _answer
from steps_world import ZONES, Opens

ANSWERS = recorded()
PARTS = 20


@pytest.fixture(scope="module")
def session(on_spark: Opens, tmp_path_factory: pytest.TempPathFactory) -> SparkSession:
    root = tmp_path_factory.mktemp("corpus")
    place = Place("local", str(root), ZONES, 1 << 30)
    on_spark(local(place))
    own = of(SparkSession.builder.getOrCreate(), place)
    for name, table in tables().items():
        pq.write_table(table, root / f"{name}.parquet")
        own.read.parquet(str(root / f"{name}.parquet")).createOrReplaceTempView(name)
    return own


@pytest.mark.parametrize("part", range(PARTS))
def test_spark_answers_as_it_did(part: int, session: SparkSession) -> None:
    wrong = []
    for sql in list(ANSWERS)[part::PARTS]:
        told, found = ANSWERS[sql], _answer(session, sql)
        if not same(told, found, " order by " in sql.split(")")[-1]):
            wrong.append((sql, told, found))
    assert not wrong, "\n".join(f"{sql}\n  on record {told}\n  here      {found}" for sql, told, found in wrong)


def same(told: object, found: object, in_order: bool) -> bool:
    assert isinstance(told, dict)
    assert isinstance(found, dict)
    if "error" in told or "error" in found:
        return ("error" in told) == ("error" in found)
    rows, wanted = found["rows"], told["rows"]
    if not in_order:
        rows, wanted = sorted(rows, key=repr), sorted(wanted, key=repr)
    return bool(found["types"] == told["types"] and alike(rows, wanted))
