"""Spark on this machine, started once for a process; and what every session of it must be told."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path

from pyspark.sql import SparkSession

from lakemesh.lake.place import Place

_MEGABYTE = 1 << 20
# The JVM of Spark refuses to begin with less than 450 MB.
_LEAST = 512 * _MEGABYTE
_LOG = Path(__file__).with_name("log4j2.properties")


@dataclass(frozen=True, slots=True)
class Machine:
    """What one machine gives to Spark. `master`: local, or a cluster that reads the same disk."""

    jars: tuple[Path, ...]
    memory: int
    scratch: Path
    cores: int = 0
    master: str = ""

    @property
    def at_once(self) -> int:
        return self.cores or min(cpu_count() or 1, 8)

    @property
    def java(self) -> int:
        """For the JVM; what is left is for the Python beside it, which reads files that landed."""
        return max(self.memory * 60 // 100, _LEAST)

    @property
    def reader(self) -> int:
        """For one file that is read, of which there are as many at once as there are cores."""
        return max(self.memory * 30 // 100 // self.at_once, 64 * _MEGABYTE)


def begin(machine: Machine) -> SparkSession:
    """The JVM and its session; what runs already in this process is taken as it is."""
    jars = ":".join(str(jar) for jar in machine.jars)
    told = {
        "spark.master": machine.master or f"local[{machine.at_once}]",
        "spark.app.name": "lakemesh",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": f"{machine.java // _MEGABYTE}m",
        "spark.driver.extraClassPath": jars,
        "spark.executor.extraClassPath": jars,
        "spark.driver.extraJavaOptions": _options(machine),
        "spark.executor.extraJavaOptions": "-Duser.timezone=UTC",
        "spark.local.dir": str(machine.scratch),
        "spark.sql.warehouse.dir": str(machine.scratch / "warehouse"),
        "spark.sql.shuffle.partitions": str(2 * machine.at_once),
        "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
    }
    machine.scratch.mkdir(parents=True, exist_ok=True)
    builder = SparkSession.builder
    for name, value in told.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    # Its workers are this Python, with what is installed beside it.
    session.sparkContext.pythonExec = sys.executable
    _without_checksums(session)
    return session


def _options(machine: Machine) -> str:
    # Derby is never used, but makes a folder where it is not told where.
    words = (
        "-Duser.timezone=UTC",
        f"-Dlog4j2.configurationFile={_LOG.as_uri()}",
        f"-Dderby.system.home={machine.scratch}",
    )
    return " ".join(f'"{word}"' for word in words)


def _without_checksums(session: SparkSession) -> None:
    """Hadoop would put a hidden file with a checksum beside each file of a lake on this disk."""
    context = session.sparkContext
    jvm = context._jvm
    disk = jvm.org.apache.hadoop.fs.FileSystem.get(jvm.java.net.URI("file:///"), context._jsc.hadoopConfiguration())
    disk.setWriteChecksum(False)


SETTINGS: Mapping[str, str] = {
    "spark.sql.session.timeZone": "UTC",
    # As in Glue: what cannot be cast is null.
    "spark.sql.ansi.enabled": "false",
    "spark.sql.caseSensitive": "false",
    "spark.sql.timestampType": "TIMESTAMP_LTZ",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    # A name of a SELECT's own WITH hides one around it, as anybody would expect.
    "spark.sql.legacy.ctePrecedencePolicy": "CORRECTED",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    # A day before 1582 is the day that the file says, whoever wrote it.
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.int96RebaseModeInRead": "CORRECTED",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "10000",
}


def of(session: SparkSession, place: Place) -> SparkSession:
    """A session of its own for one lake, with that lake as its catalogue."""
    own = session.newSession()
    for name, value in {**SETTINGS, **_catalog(place)}.items():
        own.conf.set(name, value)
    return own


def _catalog(place: Place) -> Mapping[str, str]:
    """Iceberg's catalogue over the SQLite file that pyiceberg keeps, under the same name."""
    path = f"{place.root}/catalog.db"
    told = {
        "": "org.apache.iceberg.spark.SparkCatalog",
        ".catalog-impl": "org.apache.iceberg.jdbc.JdbcCatalog",
        # In a path, these would end it.
        ".uri": "jdbc:sqlite:" + path.replace("%", "%25").replace("?", "%3F").replace("#", "%23"),
        ".jdbc.busy_timeout": "60000",
        ".jdbc.synchronous": "FULL",
        ".jdbc.schema-version": "V1",
        # Its look at the tables of the database stays open, and all that it reads then is as old as that look.
        ".jdbc.init-catalog-tables": "false",
        ".warehouse": place.root,
        # Others commit to the same tables, this very process among them.
        ".cache-enabled": "false",
    }
    return {f"spark.sql.catalog.{place.catalog}{name}": value for name, value in told.items()}
