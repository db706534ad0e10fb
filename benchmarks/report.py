"""What was measured, as a page for people."""

from collections.abc import Iterable, Iterator, Mapping
from statistics import median

from benchmarks.results import Found
from benchmarks.why import WHY
from benchmarks.work import Side, Work

_HEAD = """\
# Measured

{machines}

{notes}Sides take turns (A B, B A, …), each time in a process of its own, on data made before. A ratio is ours to the
other's: the median over the turns, with the least and the greatest; below 1, ours is less. Where both are ours, it is
that line's to the first line's. `work` begins where a process has imported its packages; `with start` is the whole
process, from nothing to its end; `CPU` is the seconds of all cores that the work took. Where a side does not make as
many rows, it is the time of a row that is compared. Memory is the peak of the process and all that it starts. Both
sides write Parquet with zstd; ours at level 1, a rival's level is in its name. Ours alone audits, sets rows aside,
keeps a ledger and syncs its files. A run has {limit:.0f} GB at most, unless its line says otherwise.

"""
_LOAD = """\
Load is how many processes ran or waited for a core when a turn began: where it is above the number of cores, others
worked too, and CPU tells more than seconds.
"""
_COLUMNS = (
    "| work | side | seconds | work, ours / its | target | | with start | CPU | rows/s | peak MB | written MB |\n"
    "| --- | --- | ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
)


def page(found: Mapping[str, Found], works: Mapping[str, Work]) -> str:
    """All of it: works in their order, those that were not measured too."""
    known = [(name, work, found[name]) for name, work in works.items() if name in found]
    machines = "\n".join(_machines([one for _, _, one in known]))
    text = _HEAD.format(machines=machines, notes=_notes(known), limit=2)
    text += _COLUMNS + "".join(line for _, work, one in known for line in lines(work, one))
    text += "\n## Missed, and why\n\n" + "".join(_missed(known))
    text += "\n## Where our time goes\n\nShares of the work, by what the main thread waits for.\n\n"
    text += "".join(line for _, work, one in known for line in _where(work, one))
    text += f"\n## How it was measured\n\n{_LOAD}\n| work | name | rows | turns | load | commit | on |\n"
    text += "| --- | --- | ---: | ---: | ---: | --- | --- |\n"
    for name, work, one in known:
        turns = len(one.runs.get(work.sides[0].name, {}))
        load = f"{median(one.loads):.0f}" if one.loads else ""
        text += (
            f"| {work.says} | `{name}` | {one.rows:,} {_noun(work)}| {turns} | {load} | {one.version} | {one.at} |\n"
        )
    left = [f"`{name}`" for name in works if name not in found]
    return text + (f"\nNot measured: {', '.join(left)}.\n" if left else "")


def lines(work: Work, found: Found) -> Iterator[str]:
    """A line for each side."""
    for side in work.sides:
        if side.name in found.missing:
            cells = [work.says, side.name, f"not measured: {found.missing[side.name]}", "", _target(side), *[""] * 6]
            yield f"| {' | '.join(cells)} |\n"
        elif found.runs.get(side.name):
            yield _line(work, side, found)


def ratios(work: Work, side: Side, found: Found, what: str = "seconds") -> list[float]:
    """The first side's to this one's, or, where this one is ours too, this one's to the first's: of the time, or, where
    they make different numbers of rows, of the time of a row."""
    told = []
    for first, this in found.pairs(work.sides[0].name, side.name):
        ours, theirs = (this, first) if side.ours else (first, this)
        one, other = getattr(ours, what), getattr(theirs, what)
        if not side.alike and ours.rows and theirs.rows:
            one, other = one / ours.rows, other / theirs.rows
        told.append(one / other if other else float("nan"))
    return told


def verdicts(work: Work, side: Side, found: Found) -> list[tuple[bool, str]]:
    """Each target of a side: whether it was met, and in words."""
    runs = found.of_side(side.name)
    told = []
    if side.at_most and (found_ratios := ratios(work, side, found)):
        ratio = median(found_ratios)
        whose = f"{side.name}: {ratio:.2f} of {work.sides[0].name}" if side.ours else f"{ratio:.2f} of {side.name}"
        told.append((ratio <= side.at_most, f"{whose}, and {side.at_most:g} was the target"))
    if side.seconds:
        took = median(run.whole for run in runs)
        told.append((took <= side.seconds, f"{took:.1f} s, and {side.seconds:g} s was the target"))
    if side.limit:
        peak = max(run.peak for run in runs)
        told.append((peak <= side.limit, f"{peak / 1e6:,.0f} MB at its peak, of {side.limit / 1e6:,.0f} ({side.name})"))
    return told


def _line(work: Work, side: Side, found: Found) -> str:
    runs, pairs = found.of_side(side.name), found.pairs(work.sides[0].name, side.name)
    seconds = median(run.seconds for run in runs)
    alone = side is work.sides[0] or not pairs
    shown = {what: "" if alone else _spread(ratios(work, side, found, what)) for what in ("seconds", "whole", "cpu")}
    rows = median(run.rows for run in runs) if work.noun == "rows" or not side.alike else found.rows
    judged = verdicts(work, side, found)
    cells = [
        work.says,
        side.name,
        f"{seconds:.2f}",
        f"**{shown['seconds']}**" if shown["seconds"] else "",
        _target(side),
        ("met" if all(met for met, _ in judged) else "**missed**") if judged else "",
        "" if work.whole else shown["whole"].partition(" ")[0] or f"{median(run.whole for run in runs):.2f} s",
        shown["cpu"].partition(" ")[0] or f"{median(run.cpu for run in runs):.1f} s",
        f"{rows / seconds:,.0f}" if rows > 1 and not side.stages else "",
        f"{max(run.peak for run in runs) / 1e6:,.0f}",
        f"{median(run.written for run in runs) / 1e6:,.1f}",
    ]
    return f"| {' | '.join(cells)} |\n"


def _spread(told: list[float]) -> str:
    return f"{median(told):.2f} ({min(told):.2f}-{max(told):.2f})"


def _target(side: Side) -> str:
    told = [f"≤ {side.at_most:.3g}" + (f" (stretch {side.stretch:g})" if side.stretch else "")] if side.at_most else []
    told += [f"≤ {side.seconds:g} s"] if side.seconds else []
    told += [f"≤ {side.limit / 1e6:,.0f} MB"] if side.limit else []
    return ", ".join(told)


def _noun(work: Work) -> str:
    return "" if work.noun == "rows" else f"{work.noun} "


def _missed(known: Iterable[tuple[str, Work, Found]]) -> Iterator[str]:
    none = True
    for name, work, found in known:
        bad = [
            said
            for side in work.sides
            if found.runs.get(side.name)
            for met, said in verdicts(work, side, found)
            if not met
        ]
        if bad:
            none = False
            yield f"- **{work.says}**: {'; '.join(bad)}. {WHY.get(name, '')}".rstrip() + "\n"
    if none:
        yield "Nothing.\n"


def _where(work: Work, found: Found) -> Iterator[str]:
    for side in work.sides:
        runs = [run for run in found.of_side(side.name) if run.stages]
        if not runs or side.stages:
            continue
        names = {name for run in runs for name in run.stages}
        shares = {name: median(run.stages.get(name, 0) / run.seconds for run in runs) for name in names}
        told = [f"{name} {share:.0%}" for name, share in sorted(shares.items(), key=lambda s: -s[1]) if share >= 0.005]
        whose = "" if side is work.sides[0] else f", {side.name}"
        yield f"- **{work.says}{whose}**: {', '.join(told)}, else {max(1 - sum(shares.values()), 0):.0%}.\n"


def _notes(known: Iterable[tuple[str, Work, Found]]) -> str:
    said = dict.fromkeys(one.note for _, _, one in known if one.note)
    return "".join(f"{note}\n\n" for note in said)


def _machines(found: list[Found]) -> list[str]:
    """One line where all was measured on the same; else one for each."""
    told: dict[str, int] = {}
    for one in found:
        said = f"{one.machine}; {one.packages}."
        told[said] = told.get(said, 0) + 1
    return [said if len(told) == 1 else f"{said} ({many} works)" for said, many in told.items()]
