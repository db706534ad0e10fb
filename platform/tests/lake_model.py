"""What a table must hold, in plain Python: files, kinds of write, rollback, release and replay on lists and dicts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias

Write: TypeAlias = Literal["append", "append with a key", "replace", "merge"]
Content: TypeAlias = tuple["Row", ...]
Counts: TypeAlias = Mapping[str, int]
STRICT = 6
"""The largest amount that fits until the contract is loosened."""


class Row(NamedTuple):
    """One line of a file; an `id` of None is one that is no number. `at` counts seconds."""

    id: int | None
    amount: int
    at: int


class Held(NamedTuple):
    """A row, and the file it is from."""

    row: Row
    file: str


@dataclass(frozen=True)
class State:
    """All that a publish, a rollback or a release leaves. `graves`: the newest delete of each key; `agreed`: whether
    the last publish was under today's contract; `loose`: whether the contract takes every amount."""

    write: Write
    table: tuple[Held, ...] = ()
    aside: tuple[Held, ...] = ()
    taken: Mapping[str, Content] = field(default_factory=dict)
    held: Mapping[str, Content] = field(default_factory=dict)
    graves: Mapping[int, int] = field(default_factory=dict)
    agreed: bool = True
    loose: bool = False
    dropped: frozenset[str] = frozenset()
    """Files of which a row was dropped as a repeat."""

    def loosened(self) -> "State":
        return replace(self, loose=True, agreed=self.agreed and self.loose)

    def released(self) -> "State":
        return replace(self, held={})

    def fits(self, row: Row) -> bool:
        return row.id is not None and (self.loose or row.amount <= STRICT)


def run(state: State, files: Mapping[str, Content], again: bool) -> tuple[State, Counts | None]:
    """The state after a run, and what became of the rows; None where nothing was done. `again`: changed files too."""
    free = {path: rows for path, rows in files.items() if state.held.get(path) != rows}
    if state.write == "replace":
        if not free or (free == dict(state.taken) and state.agreed):
            return state, None
        return _published(replace(state, table=(), aside=(), taken={}), free, _loaded)
    new = {path: rows for path, rows in free.items() if path not in state.taken}
    changed = {path: rows for path, rows in free.items() if state.taken.get(path, rows) != rows}
    if changed and state.write != "merge" and not again:
        return state, None
    batch = new | changed
    if not batch:
        return state, None
    left = replace(state, aside=tuple(one for one in state.aside if one.file not in batch))
    if state.write == "merge":
        return _published(left, batch, _merged)
    if state.write == "append with a key" and changed:
        # What was dropped because a changed file had it may be lost now, so it is read again.
        if any(files.get(path) != state.taken[path] for path in state.dropped - changed.keys()):
            return state, None
        changed |= {path: files[path] for path in state.dropped}
        batch |= changed
        left = replace(state, aside=tuple(one for one in state.aside if one.file not in batch))
    gone = state.dropped - changed.keys()
    left = replace(left, table=tuple(one for one in left.table if one.file not in changed), dropped=gone)
    return _published(left, batch, _keyed if state.write == "append with a key" else _loaded)


def replay(state: State) -> tuple[State, Counts | None]:
    """What was set aside of files that are in the table, judged again."""
    batch = [one for one in state.aside if one.file in state.taken]
    if not batch:
        return state, None
    take = {"merge": _merged, "append with a key": _keyed}.get(state.write, _loaded)
    left = replace(state, aside=tuple(one for one in state.aside if one.file not in state.taken), agreed=True)
    return _judged(left, batch, take)


def rolled_back(now: State, then: State) -> State:
    """Table, quarantine and ledger as they were; what was taken in since is held."""
    since = {path: rows for path, rows in now.taken.items() if then.taken.get(path) != rows}
    held = {**then.held, **now.held, **since}
    stays = {path: rows for path, rows in held.items() if then.taken.get(path) != rows}
    return replace(now, table=then.table, aside=then.aside, taken=then.taken, held=stays, dropped=then.dropped)


Take: TypeAlias = Callable[[State, Sequence[Held]], tuple[State, list[tuple[str, Held]]]]


def _published(state: State, batch: Mapping[str, Content], take: Take) -> tuple[State, Counts]:
    rows = [Held(row, path) for path, content in sorted(batch.items()) for row in content]
    taken = {**state.taken, **batch}
    return _judged(replace(state, taken=taken, agreed=True), rows, take)


def _judged(state: State, rows: Sequence[Held], take: Take) -> tuple[State, Counts]:
    bad = [one for one in rows if not state.fits(one.row)]
    good = sorted((one for one in rows if state.fits(one.row)), key=lambda one: (one.file, one.row))
    after, fates = take(state, good)
    conflicts = [one for fate, one in fates if fate == "quarantined"]
    counts = {"read": len(rows), **_counted(fate for fate, _ in fates)}
    after = replace(after, dropped=after.dropped | {one.file for fate, one in fates if fate == "repeated"})
    if bad:
        counts["quarantined"] = counts.get("quarantined", 0) + len(bad)
    return replace(after, aside=(*after.aside, *bad, *conflicts)), counts


def _counted(fates: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for fate in fates:
        counts[fate] = counts.get(fate, 0) + 1
    return counts


def _loaded(state: State, rows: Sequence[Held]) -> tuple[State, list[tuple[str, Held]]]:
    return replace(state, table=(*state.table, *rows)), [("inserted", one) for one in rows]


def _keyed(state: State, rows: Sequence[Held]) -> tuple[State, list[tuple[str, Held]]]:
    """The first of a key stays; the same again is a repeat, and other values are set aside."""
    there = {one.row.id: one.row for one in state.table}
    first: dict[int | None, Held] = {}
    seen: set[Row] = set()
    fates: list[tuple[str, Held]] = []
    for one in rows:
        if one.row in seen or there.get(one.row.id) == one.row:
            fates.append(("repeated", one))
        elif one.row.id in first or one.row.id in there:
            fates.append(("quarantined", one))
        else:
            fates.append(("inserted", one))
        first.setdefault(one.row.id, one)
        seen.add(one.row)
    inserted = tuple(one for fate, one in fates if fate == "inserted")
    return replace(state, table=(*state.table, *inserted)), fates


def _merged(state: State, rows: Sequence[Held]) -> tuple[State, list[tuple[str, Held]]]:
    """The newest of a key wins; an amount of 0 deletes it."""
    table = {one.row.id: one for one in state.table}
    graves = dict(state.graves)
    ranked = sorted(rows, key=lambda one: (-one.row.at, one.file, one.row))
    seen: set[Row] = set()
    won: set[int | None] = set()
    fates: list[tuple[str, Held]] = []
    for one in ranked:
        id, amount, at = one.row
        had = table.get(id)
        assert id is not None
        if one.row in seen:
            fate = "repeated"
        elif id in won or (had is None and graves.get(id, -1) > at) or (had is not None and had.row.at > at):
            fate = "superseded"
        elif had is not None and had.row == one.row:
            fate = "unchanged"
        elif amount == 0:
            fate = "deleted"
            table.pop(id, None)
            graves[id] = max(at, graves.get(id, -1))
        else:
            fate = "updated" if had else "inserted"
            table[id] = one
        fates.append((fate, one))
        won.add(id)
        seen.add(one.row)
    return replace(state, table=tuple(table.values()), graves=graves), fates
