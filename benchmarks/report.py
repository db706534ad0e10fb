"""What was measured, as a table for people."""

import os
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from statistics import median

from benchmarks.measure import Measured
from benchmarks.work import Side, Work

_HEAD = (
    "| work | side | seconds | our time / its | target | rows/s | CPU s | peak MB | written MB |\n"
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def head(rows: int, pairs: int) -> str:
    """What was measured on, and how to read it."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyarrow", "pyiceberg"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return (
        "# Measured\n\n"
        f"`make bench ROWS={rows} PAIRS={pairs}` on {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, "
        f"Python {platform.python_version()}, {packages}.\n"
        "Sides take turns (A B, B A, …), each time in a process of its own on data made before. A ratio is the\n"
        "median of the pairs', with the least and the greatest; below 1, ours is faster. Seconds are medians, and\n"
        "begin where a process has imported its packages, unless the work says that it is the whole process. CPU\n"
        "and memory are of the whole process and what it starts. Both sides write Parquet with zstd; ours at\n"
        "level 1, the rival's level is in its name.\n"
        "\n"
    )


def table(measured: Mapping[str, tuple[Work, Mapping[str, Sequence[Measured]], Mapping[str, str]]]) -> str:
    lines = [_HEAD]
    for work, sides, missing in measured.values():
        for side in work.sides:
            if side.name in missing:
                lines.append(
                    f"| {work.says} | {side.name} | not run: {missing[side.name]} | | {_target(side)} | | | | |"
                )
            elif side.name in sides:
                lines.append(_line(work, side, sides))
    return "\n".join(lines) + "\n"


def where_it_goes(measured: Mapping[str, tuple[Work, Mapping[str, Sequence[Measured]], Mapping[str, str]]]) -> str:
    """Of our own side: what its main thread waits for, in shares of the time."""
    lines = ["\n## Where our time goes\n"]
    for work, sides, _ in measured.values():
        runs = sides.get(work.sides[0].name, ())
        names = {name for run in runs for name in run.stages}
        shares = {name: median(run.stages.get(name, 0) / run.seconds for run in runs) for name in names}
        told = [f"{name} {share:.0%}" for name, share in sorted(shares.items(), key=lambda s: -s[1]) if share >= 0.005]
        if told:
            lines.append(f"- **{work.says}**: {', '.join(told)}, else {max(1 - sum(shares.values()), 0):.0%}.")
    return "\n".join(lines) + "\n"


def ratios(work: Work, ours: Sequence[Measured], theirs: Sequence[Measured]) -> list[float]:
    return [_time(work, a) / _time(work, b) for a, b in zip(ours, theirs, strict=True)]


def _line(work: Work, side: Side, sides: Mapping[str, Sequence[Measured]]) -> str:
    runs, ours = sides[side.name], sides[work.sides[0].name]
    seconds = median(_time(work, run) for run in runs)
    found = ratios(work, ours, runs)
    told = "" if side is work.sides[0] else f"**{median(found):.2f}** ({min(found):.2f}-{max(found):.2f})"
    rows = median(run.rows for run in runs)
    cells = [
        work.says,
        side.name,
        f"{seconds:.2f}",
        told,
        _target(side),
        f"{rows / seconds:,.0f}" if rows else "",
        f"{median(run.cpu for run in runs):.1f}",
        f"{max(run.peak for run in runs) / 1e6:,.0f}",
        f"{median(run.written for run in runs) / 1e6:,.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def _target(side: Side) -> str:
    return f"≤ {side.at_most:g}" if side.at_most else ""


def _time(work: Work, run: Measured) -> float:
    return run.whole if work.whole else run.seconds
