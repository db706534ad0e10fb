"""Spark on this machine, with Iceberg, on as many cores as there are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import events
from benchmarks.changed import BASE, Kind
from benchmarks.work import Side, Timed, Where

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_JARS = Path(__file__).parents[2] / ".cache/spark"
_MEMORY = "2g"
_TABLE = "lake.shop.event"
_PROPERTIES = "'write.parquet.compression-codec'='zstd', 'write.parquet.compression-level'='1'"
_CLEAN = """
    event_id IS NOT NULL AND event_time IS NOT NULL AND customer_id IS NOT NULL AND price IS NOT NULL
    AND quantity BETWEEN 1 AND 100 AND kind IN ('view', 'cart', 'buy', 'back') AND length(country) = 2"""


def lacks() -> str:
    """Why it cannot be run here."""
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin/java").exists() if home else shutil.which("java")):
        return "Java is not installed"
    return "" if list(_JARS.glob("*.jar")) else "its jars are not there (make spark fetches them)"


def created(where: Where) -> Timed:
    """From its own reader of CSV into a table by day."""
    spark = _session(where)

    def go() -> int:
        spark.sql(f"""
            CREATE TABLE {_TABLE} USING iceberg PARTITIONED BY (days(event_time)) TBLPROPERTIES ({_PROPERTIES})
            AS {_typed(spark, f"{where.data / events.LANDING}/*.csv", events.COLUMNS)}""")
        return _count(spark)

    return go


def merged(kind: Kind) -> Callable[[Where], Timed]:
    """MERGE INTO, with the last change of each key, on a table of the same rows."""

    def ready(where: Where) -> Timed:
        spark = _session(where)
        base = f"parquet.`{where.data / BASE}`"
        spark.sql(f"CREATE TABLE {_TABLE} USING iceberg TBLPROPERTIES ({_PROPERTIES}) AS SELECT * FROM {base}")

        def go() -> int:
            files = f"{where.data}/landing/shop/{kind.folder}/{kind.later}"
            changes = _typed(spark, files, kind.names)
            spark.sql(f"""
                SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY event_id ORDER BY version DESC) AS nth
                  FROM ({changes})) WHERE nth = 1""").drop("nth").createOrReplaceTempView("last")
            gone = "WHEN MATCHED AND s.Op = 'D' THEN DELETE" if "Op" in kind.names else ""
            new = "AND s.Op <> 'D'" if gone else ""
            plain = [name for name in kind.names if name != "Op"]
            names, values = ", ".join(plain), ", ".join(f"s.{name}" for name in plain)
            sets = ", ".join(f"t.{name} = s.{name}" for name in plain)
            spark.sql(f"""
                MERGE INTO {_TABLE} t USING last s ON t.event_id = s.event_id {gone}
                WHEN MATCHED THEN UPDATE SET {sets}
                WHEN NOT MATCHED {new} THEN INSERT ({names}) VALUES ({values})""")
            return _count(spark)

        return go

    return ready


def _session(where: Where) -> SparkSession:
    from pyspark.sql import SparkSession

    jars = ":".join(str(jar) for jar in sorted(_JARS.glob("*.jar")))
    told = {
        "spark.master": "local[*]",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": _MEMORY,
        "spark.driver.extraClassPath": jars,
        "spark.local.dir": str(where.out / "scratch"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
        "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
        "spark.sql.catalog.lake": "org.apache.iceberg.spark.SparkCatalog",
        "spark.sql.catalog.lake.type": "hadoop",
        "spark.sql.catalog.lake.warehouse": str(where.out / "lake"),
    }
    builder = SparkSession.builder
    for name, value in told.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _typed(spark: SparkSession, files: str, names: tuple[str, ...]) -> str:
    schema = ", ".join(f"{name} string" for name in names)
    spark.read.csv(files, schema=schema, header=True, quote='"', escape='"').createOrReplaceTempView("landed")
    types = {
        "event_time": "timestamp",
        "customer_id": "int",
        "quantity": "int",
        "price": "decimal(12,2)",
        "version": "int",
    }
    cells = ", ".join(f"cast({name} as {types[name]}) as {name}" if name in types else name for name in names)
    return f"SELECT * FROM (SELECT {cells} FROM landed) WHERE {_CLEAN}"


def _count(spark: SparkSession) -> int:
    return int(spark.sql(f"SELECT count(*) FROM {_TABLE}").collect()[0][0])


def merging(kind: Kind) -> Side:
    """The side that merges, twice at most: one turn takes minutes."""
    return Side("Spark local, MERGE INTO, level 1", merged(kind), venv="rivals", lacks=lacks, turns=2, patience=900)
