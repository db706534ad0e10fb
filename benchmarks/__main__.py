"""make bench [ROWS=10M] [ONLY=ingest_csv,merge] [PAIRS=5] [FOLDER=where there is room]."""

import argparse
import os
import shutil
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from pkgutil import iter_modules
from tempfile import mkdtemp

from benchmarks import machine, report, results, works
from benchmarks.measure import RIVALS, Failed, measured, prepare
from benchmarks.results import Found
from benchmarks.side import work as named
from benchmarks.work import Side, Where, Work

_PAGE = Path(__file__).parent / "results.md"
ORDER = (
    "ingest_csv", "ingest_key", "ingest_shuffled", "ingest_json", "ingest_parquet", "ingest_gzip", "small_files",
    "rivals_csv", "transform_join", "transform_enrich", "merge", "cdc", "history", "daily_copy", "span",
    "memory", "wide", "partitions", "nothing_new", "commit_after_1000", "check_thousand",
)  # fmt: skip
"""Of the page, and of what is measured; others come after, by name."""


def main() -> None:
    names = [module.name for module in iter_modules(works.__path__)]
    known = {
        name: named(name) for name in sorted(names, key=lambda n: (ORDER.index(n) if n in ORDER else len(ORDER), n))
    }
    asked = argparse.ArgumentParser(prog="make bench", description="Measures ours against others, in turns.")
    asked.add_argument("--rows", type=_number, default=10_000_000, help="50M and 100M are for an evening")
    asked.add_argument("--only", default=",".join(known), help=f"some of: {', '.join(known)}; none: the page alone")
    asked.add_argument("--pairs", type=int, default=5, help="how often each side is run")
    asked.add_argument("--folder", type=Path, default=None, help="where data and lakes are made, and removed again")
    asked.add_argument("--note", default="", help="what the page is to say of the machine as it was meanwhile")
    said = asked.parse_args()
    wanted = [] if said.only == "none" else said.only.split(",")
    if strange := set(wanted) - known.keys():
        asked.error(f"there is no work {', '.join(sorted(strange))}; there are {', '.join(known)}")
    folder = Path(mkdtemp(prefix="lakemesh-bench-", dir=said.folder))
    try:
        for name in wanted:
            _work(name, known, said, folder / name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _PAGE.write_text(report.page(results.read(), known), "utf-8")


def _work(name: str, known: Mapping[str, Work], said: argparse.Namespace, folder: Path) -> None:
    work = known[name]
    where = Where(work.size(said.rows), folder, folder / "out")
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    found = Found(where.rows, today, machine.commit(), machine.machine(), machine.packages(), note=said.note)
    found.missing = {side.name: lacks for side in work.sides if (lacks := _lacking(side))}
    where.out.mkdir(parents=True)
    try:
        prepare(name, where)
        for turn in range(max(said.pairs, work.least)):
            take_turn(name, work, where, found, turn)
            # After each turn: whoever interrupts keeps the turns before.
            results.write(name, found)
            _PAGE.write_text(report.page(results.read(), known), "utf-8")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("".join(report.lines(work, found)), flush=True)


def take_turn(name: str, work: Work, where: Where, found: Found, turn: int) -> None:
    # Every other time from behind, so that what a side leaves in a cache is not always the same one's.
    found.loads.append(round(os.getloadavg()[0], 1))
    for number, side in list(enumerate(work.sides))[:: -1 if turn % 2 else 1]:
        if side.name in found.missing or turn >= side.turns:
            continue
        shutil.rmtree(where.out, ignore_errors=True)
        where.out.mkdir(parents=True)
        try:
            one = measured(name, number, side, where)
        except Failed as failed:
            found.missing[side.name] = str(failed)
            found.runs.pop(side.name, None)
            print(f"{name}, {side.name}: {failed}", file=sys.stderr, flush=True)
            continue
        found.runs.setdefault(side.name, {})[turn] = one
        print(f"{name} {turn}: {side.name} {one.seconds:.2f} s, {one.peak / 1e6:,.0f} MB", file=sys.stderr, flush=True)
    made = {
        side.name: {run.rows for run in found.of_side(side.name)}
        for side in work.sides
        if side.alike and found.of_side(side.name)
    }
    if len(set().union(*made.values())) > 1:
        raise SystemExit(f"{name}: the sides did not make the same rows: {made}")


def _lacking(side: Side) -> str:
    if side.venv == "rivals" and not RIVALS.exists():
        return "the rivals are not installed (make bench installs them)"
    return side.lacks()


def _number(said: str) -> int:
    units = {"K": 1_000, "M": 1_000_000, "G": 1_000_000_000}
    unit = units.get(said[-1:].upper(), 0)
    return int(float(said[:-1]) * unit) if unit else int(said)


if __name__ == "__main__":
    main()
