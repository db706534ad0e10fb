"""All that stays of a life, without what tells one run from another."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from scenes import Scene

from lakemesh.declare.names import ProductName, TableName
from lakemesh.lake import runs
from lakemesh.lake.maintenance.erasures import unfinished
from lakemesh.lake.maintenance.tidy import needed, waste
from lakemesh.lake.snapshot import Snapshot
from lakemesh.sql.select import Select
from lakemesh.steps.world import World

Seen: TypeAlias = Mapping[str, object]
PRODUCT = ProductName("shop", "orders")
ORDERS = TableName("shop", "orders")
ASIDE = "_rule, _column, _raw, _source_file, _source_line"


def look(world: World, scene: Scene, later: datetime) -> Seen:
    """Rows, quarantine, deletes, ledger, branches, records; and what must never be there."""
    lake = world.lake
    seen: dict[str, object] = {}
    for name, columns in scene.tables.items():
        table = TableName("shop", name)
        seen[name] = rows(world, table, columns)
        seen[f"quarantine of {name}"] = rows(world, table.quarantine, ASIDE)
        seen[f"deletes of {name}"] = _dead(world, table)
    head = lake.head(ORDERS)
    ledger = lake.ledger(head) if head else None
    files = ledger.files if ledger else {}
    seen["ledger"] = {path: (e.version, None if scene.settles else e.accounts) for path, e in files.items()}
    seen["held"] = dict(ledger.held) if ledger else {}
    records = runs.runs(lake.store, PRODUCT)
    # A branch is named after its run: it stays where that run's audit failed, and nowhere else.
    stopped = {f"audit_{run.id}": run for run in records if run.state == "stopped"}
    left = [(str(table), branch) for table in lake.tables() for branch in lake.branches(table)]
    seen["stray branches"] = [one for one in left if one[0] != str(ORDERS) or one[1] not in stopped]
    seen["branch of a failed audit"] = bool(left)
    seen["running"] = [run.id for run in records if run.state == "running"]
    seen["does not add up"] = [
        (run.id, str(turn.table)) for run in records for turn in run.tables if not turn.accounts.balanced
    ]
    seen["unreachable"] = list(_unreachable(world))
    seen["unfinished erasures"] = unfinished(lake.store)
    if scene.tidied:
        seen["versions"] = {str(table): len(lake.log(table)) for table in lake.tables()}
        seen["left lying"] = list(_lying(world, later))
    return seen


def _dead(world: World, table: TableName) -> list[tuple[object, ...]]:
    """Keys that were deleted and are not there, and when. Which others are remembered, and how lines of a log are
    counted, depends on what was taken together."""
    if world.lake.head(table.deletes) is None:
        return []
    there = {key for (key,) in rows(world, table, "id")}
    # Of a run that died before it published, and was done again, there are two: the later one counts.
    last: dict[object, object] = {}
    for key, at in rows(world, table.deletes, "id, _sequence"):
        if key not in there:
            last[key] = max(last.get(key, at), at, key=str)
    return [(key, at.partition(":")[0] if isinstance(at, str) else at) for key, at in last.items()]


def _unreachable(world: World) -> Iterator[str]:
    """Data files that are named and not there, or not as many rows as they say."""
    for table in world.lake.tables():
        head = world.lake.head(table)
        if head and world.lake.rows(head) != len(rows(world, table, "1 as one")):
            yield str(table)


def _lying(world: World, later: datetime) -> Iterator[tuple[str, str]]:
    """Files that nobody reaches, though what nobody reaches was taken away."""
    pinned = needed(world.lake)
    for table in world.lake.tables():
        found = waste(world.lake, table, later, pinned.get(table, ()))
        yield from ((str(table), path) for path in (*found.files, *found.ledgers))


def rows(world: World, table: TableName, columns: str) -> list[tuple[object, ...]]:
    """What readers see, in one order."""
    head = world.lake.head(table)
    return ordered(world, head, f"select {columns} from {table}") if head else []


def ordered(world: World, head: Snapshot, text: str) -> list[tuple[object, ...]]:
    """The answer to one question, its rows in one order."""
    batches = world.engine.query(Select(text, (head.table,), "torture"), {head.table: head})
    found = [tuple(row.values()) for batch in batches for row in batch.to_pylist()]
    return sorted(found, key=repr)


MUST_BE_EMPTY = ("stray branches", "running", "does not add up", "unreachable", "unfinished erasures", "left lying")


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as in the undisturbed life, in words, and how many rows are missing and too many."""

    what: str
    lost: int = 0
    doubled: int = 0


def differences(expected: Seen, found: Seen) -> list[Difference]:
    """Everything that is not as in the undisturbed life."""
    if "error" in found:
        return [Difference(str(found["error"]))]
    told = []
    for name, want in expected.items():
        have = found.get(name)
        if want == have:
            continue
        if isinstance(want, list) and isinstance(have, list):
            wanted, had = Counter(map(repr, want)), Counter(map(repr, have))
            lost, extra = list((wanted - had).elements()), list((had - wanted).elements())
            what = f"{name}: {len(want)} expected, {len(have)} found; missing {lost[:5]}, not expected {extra[:5]}"
            told.append(Difference(what, len(lost), len(extra)))
        else:
            told.append(Difference(f"{name}: expected {want}, found {have}"))
    return told


def rows_in(seen: Seen) -> int:
    """How many rows a comparison compares."""
    return sum(len(value) for value in seen.values() if isinstance(value, list))
