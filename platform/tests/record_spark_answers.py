"""Asks Spark each statement of the rules and the corpus, and keeps its answers and their types in dialect_answers.json.

Needs Java 17 and pyspark 3.5 beside lakemesh (`make spark`): run it by hand when a statement was added.
Tests only read the file.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from dialect_corpus import corpus
from dialect_fuzz import statements
from dialect_plain import plain
from dialect_world import tables
from lakemesh.engine.duckdb.rules import CASES

ANSWERS = Path(__file__).with_name("dialect_answers.json")
RANDOM = Path(__file__).with_name("dialect_random.json")
SEED, COUNT = 7, 350
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
}


def main() -> None:
    """Keeps known answers unless --all is given. With --random: random statements instead, those that Spark takes."""
    if "--random" in sys.argv:
        record(RANDOM, statements(SEED, COUNT), "--all" in sys.argv, errors=False)
        return
    asked = dict.fromkeys([*CASES, *(statement.sql for statement in corpus())])
    record(ANSWERS, asked, "--all" in sys.argv)


def record(into: Path, asked: Iterable[str], anew: bool, errors: bool = True) -> None:
    """Asks what is not known yet, and writes the file."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    from pyspark.sql import SparkSession

    known = {} if anew or not into.exists() else json.loads(into.read_text("utf-8"))["answers"]
    with tempfile.TemporaryDirectory() as folder:
        builder = SparkSession.builder.master("local[2]").config("spark.sql.warehouse.dir", folder)
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        options = f"-Duser.timezone=UTC -Dderby.system.home={folder}"
        spark = builder.config("spark.driver.extraJavaOptions", options).getOrCreate()
        spark.sparkContext.setLogLevel("OFF")
        for name, table in tables().items():
            pq.write_table(table, f"{folder}/{name}.parquet")
            spark.read.parquet(f"{folder}/{name}.parquet").createOrReplaceTempView(name)
        answers = {sql: known[sql] if sql in known else _answer(spark, sql) for sql in asked}
        if not errors:
            answers = {sql: answer for sql, answer in answers.items() if "rows" in answer}
        lines = (
            f"{json.dumps(sql, ensure_ascii=False)}: {json.dumps(answer, ensure_ascii=False)}"
            for sql, answer in answers.items()
        )
        into.write_text(f'{{"spark": "{spark.version}",\n"answers": {{\n' + ",\n".join(lines) + "\n}}\n", "utf-8")
        refused = [sql for sql, answer in answers.items() if "error" in answer]
        print(f"{len(answers)} statements; Spark {spark.version} refuses {len(refused)}:", *refused, sep="\n")
        spark.stop()


def _answer(spark: object, sql: str) -> dict[str, object]:
    try:
        frame = spark.sql(sql)  # type: ignore[attr-defined]
        types = {field.name.lower(): field.dataType.simpleString() for field in frame.schema.fields}
        return {"types": types, "rows": [_value(row) for row in frame.collect()]}
    except Exception as error:
        return {"error": str(error).strip().splitlines()[0][:300]}


def _value(found: object) -> object:
    if isinstance(found, dict):
        return sorted(([_value(key), _value(item)] for key, item in found.items()), key=repr)
    if isinstance(found, (tuple, list)):
        return [_value(item) for item in found]
    return plain(found)


if __name__ == "__main__":
    main()
