"""Asks Spark every statement of the rules and keeps what it answers, with the types, in dialect_answers.json.

Needs Java 17 and pyspark 3.5 beside lakemesh: run it by hand when a statement was added. Tests only read the file.
"""
# ruff: noqa: E501  (a statement and what it gives are one line)

import json
import os
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from dialect_plain import plain
from dialect_world import tables
from lakemesh.engine.duckdb.rules import CASES

ANSWERS = Path(__file__).with_name("dialect_answers.json")


def main() -> None:
    """Keeps known answers unless --all is given."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    from pyspark.sql import Row, SparkSession

    def value(found: object) -> object:
        if isinstance(found, Row):
            return [value(item) for item in found]
        if isinstance(found, dict):
            return sorted(([value(key), value(item)] for key, item in found.items()), key=repr)
        if isinstance(found, list):
            return [value(item) for item in found]
        return plain(found)

    known = {} if "--all" in sys.argv or not ANSWERS.exists() else json.loads(ANSWERS.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        spark = (
            SparkSession.builder.master("local[2]")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.legacy.timeParserPolicy", "CORRECTED")
            .config("spark.sql.warehouse.dir", folder)
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.parquet.inferTimestampNTZ.enabled", "true")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.extraJavaOptions", f"-Duser.timezone=UTC -Dderby.system.home={folder}")
            .getOrCreate()
        )
        spark.sparkContext.setLogLevel("OFF")
        for name, table in tables().items():
            pq.write_table(table, f"{folder}/{name}.parquet")
            spark.read.parquet(f"{folder}/{name}.parquet").createOrReplaceTempView(name)
        answers = {}
        for case in CASES:
            if case in known:
                answers[case] = known[case]
                continue
            try:
                frame = spark.sql(case)
                types = {field.name.lower(): field.dataType.simpleString() for field in frame.schema.fields}
                answers[case] = {"types": types, "rows": [value(row) for row in frame.collect()]}
            except Exception as error:
                answers[case] = {"error": str(error).strip().splitlines()[0][:300]}
        ANSWERS.write_text(
            "{\n"
            + ",\n".join(
                f"{json.dumps(case, ensure_ascii=False)}: {json.dumps(answer, ensure_ascii=False)}"
                for case, answer in answers.items()
            )
            + "\n}\n",
            "utf-8",
        )
        print(
            f"{len(answers)} statements; Spark refuses {[case for case, answer in answers.items() if 'error' in answer]}"
        )
        spark.stop()


if __name__ == "__main__":
    main()
