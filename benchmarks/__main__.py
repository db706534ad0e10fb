"""make bench [ROWS=10M] [ONLY=ingest_csv,merge] [PAIRS=5] [FOLDER=where there is room]."""

import argparse
import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from tempfile import mkdtemp

from benchmarks import report, works
from benchmarks.measure import Measured, measured
from benchmarks.side import work as named
from benchmarks.work import Side, Where, Work

_HERE = Path(__file__).parent
ORDER = (
    "ingest_csv", "ingest_key", "ingest_shuffled", "ingest_json", "ingest_parquet", "ingest_gzip", "small_files",
)  # fmt: skip
"""These first; the others by name."""


def main() -> None:
    known = sorted((module.name for module in iter_modules(works.__path__)), key=lambda n: (n not in ORDER, n))
    known.sort(key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    asked = argparse.ArgumentParser(prog="make bench", description="Measures ours against others, in turns.")
    asked.add_argument("--rows", type=_number, default=10_000_000, help="50M and 100M are for an evening")
    asked.add_argument("--only", default=",".join(known), help=f"some of: {', '.join(known)}")
    asked.add_argument("--pairs", type=int, default=5, help="how often each side is run")
    asked.add_argument("--folder", type=Path, default=None, help="where data and lakes are made, and removed again")
    said = asked.parse_args()
    folder = Path(mkdtemp(prefix="lakemesh-bench-", dir=said.folder))
    found: dict[str, tuple[Work, dict[str, list[Measured]], dict[str, str]]] = {}
    try:
        for name in said.only.split(","):
            found[name] = _measured(name, named(name), said.rows, said.pairs, folder)
            print(report.table({name: found[name]}) + report.where_it_goes({name: found[name]}), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = report.head(said.rows, said.pairs) + report.table(found) + report.where_it_goes(found)
    left = [name for name in known if name not in found]
    text += f"\nNot run: {', '.join(left)}.\n" if left else ""
    (_HERE / "results.md").write_text(text)


def _measured(
    name: str, work: Work, rows: int, pairs: int, folder: Path
) -> tuple[Work, dict[str, list[Measured]], dict[str, str]]:
    where = Where(max(round(rows * work.share), 1), folder / name, folder / name / "out")
    where.data.mkdir(parents=True)
    work.prepare(where)
    missing = {side.name: lacks for side in work.sides if (lacks := _lacking(side))}
    sides: dict[str, list[Measured]] = {side.name: [] for side in work.sides if side.name not in missing}
    for turn in range(pairs):
        # Every other time from behind, so that what a side leaves in a cache is not always the same one's.
        for number, side in list(enumerate(work.sides))[:: -1 if turn % 2 else 1]:
            if side.name not in missing:
                sides[side.name].append(_once(name, number, where))
    made = {side: {run.rows for run in runs} for side, runs in sides.items()}
    if len(set().union(*made.values())) != 1:
        raise SystemExit(f"{name}: the sides did not make the same rows: {made}")
    shutil.rmtree(where.data)
    return work, sides, missing


def _once(name: str, number: int, where: Where) -> Measured:
    if where.out.exists():
        shutil.rmtree(where.out)
    where.out.mkdir(parents=True)
    return measured(name, number, where)


def _lacking(side: Side) -> str:
    lacking: Sequence[str] = [package for package in side.needs if find_spec(package) is None]
    return f"{', '.join(lacking)} not installed (requirements/bench.txt)" if lacking else ""


def _number(said: str) -> int:
    units = {"K": 1_000, "M": 1_000_000, "G": 1_000_000_000}
    unit = units.get(said[-1:].upper(), 0)
    return int(float(said[:-1]) * unit) if unit else int(said)


if __name__ == "__main__":
    main()
