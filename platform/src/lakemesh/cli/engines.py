"""Which engines there are, and how each begins on this machine: the only file that knows."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from lakemesh.errors import Mistakes

if TYPE_CHECKING:
    from lakemesh.engine.engine import Engine
    from lakemesh.lake.lake import Lake

ENGINES = ("duckdb", "spark")
PINS = Path("platform/spark/jars.txt")
FETCHED = Path(".cache/spark")


def named(said: str | None) -> str:
    """The engine of that name; the first where none is said. Raises Mistakes."""
    name = (said or ENGINES[0]).lower()
    if name not in ENGINES:
        raise Mistakes.of(f'there is no engine "{name}"', f"it is one of: {', '.join(ENGINES)}")
    return name


def opened(name: str, lake: "Lake", root: Path, scratch: Path) -> "Engine":
    """That engine over a lake, as the repository in `root` sets it up. Raises Mistakes where it is not here."""
    if name == "spark":
        return _spark(lake, root, scratch)
    from lakemesh.engine.duckdb.duckdb import DuckDB

    return DuckDB(lake, lake.place.memory, scratch=scratch)


def _spark(lake: "Lake", root: Path, scratch: Path) -> "Engine":
    if not _java():
        raise Mistakes.of(
            "the engine spark needs Java, and there is none",
            "install Java 17, or name it in JAVA_HOME; or leave ENGINE out, for duckdb runs the same SQL without it",
        )
    jars = pinned(root)
    if find_spec("pyspark") is None or not all(jar.is_file() for jar in jars):
        raise Mistakes.of("the engine spark is not set up here", "make spark fetches what it needs, once")
    # Spark looks up this machine's name, which not every network knows.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from lakemesh.engine.spark.session import Machine, begin
    from lakemesh.engine.spark.spark import Spark

    machine = Machine(jars, lake.place.memory, scratch)
    return Spark(lake, begin(machine), machine.reader, scratch)


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return bool(shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java"))


def pinned(root: Path) -> tuple[Path, ...]:
    """The jars that are pinned, where `make spark` puts them."""
    try:
        lines = (root / PINS).read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise Mistakes.of(f"{PINS} is gone", "take it back from git") from None
    pins = [line.split()[0].split(":") for line in lines if line and not line.startswith("#")]
    return tuple(root / FETCHED / f"{artifact}-{version}.jar" for _, artifact, version in pins)
