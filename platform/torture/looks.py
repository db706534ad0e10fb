"""All that stays of a life, without what tells one run from another."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from scenes import Scene

from lakemesh.declare.names import ProductName, TableName
from lakemesh.lake import runs
from lakemesh.lake.snapshot import Snapshot
from lakemesh.sql.select import Select
from lakemesh.steps.world import World

Seen: TypeAlias = Mapping[str, object]
PRODUCT = ProductName("shop", "orders")
ORDERS = TableName("shop", "orders")


def look(world: World, scene: Scene) -> Seen:
    """Rows, quarantine, ledger, branches, records; and what must never be there."""
    lake = world.lake
    seen: dict[str, object] = {}
    for name in scene.tables:
        table = TableName("shop", name)
        arrived = "id, amount, at, _source_file" if name == "orders" else "day, amount, rows"
        seen[name] = rows(world, table, arrived)
        aside = "_rule, _column, _raw, _source_file, _source_line"
        seen[f"quarantine of {name}"] = rows(world, table.quarantine, aside)
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
    return seen


def _unreachable(world: World) -> Iterator[str]:
    """Data files that are named and not there, or not as many rows as they say."""
    for table in world.lake.tables():
        head = world.lake.head(table)
        if head and world.lake.rows(head) != len(rows(world, table, "1 as one")):
            yield str(table)


def rows(world: World, table: TableName, columns: str) -> list[tuple[object, ...]]:
    """What readers see, in one order."""
    head = world.lake.head(table)
    return ordered(world, head, f"select {columns} from {table}") if head else []


def ordered(world: World, head: Snapshot, text: str) -> list[tuple[object, ...]]:
    """The answer to one question, its rows in one order."""
    batches = world.engine.query(Select(text, (head.table,), "torture"), {head.table: head})
    found = [tuple(row.values()) for batch in batches for row in batch.to_pylist()]
    return sorted(found, key=repr)


MUST_BE_EMPTY = ("stray branches", "running", "does not add up", "unreachable")


def differences(expected: Seen, found: Seen) -> list[str]:
    """What is not as in the undisturbed life, in words."""
    told = []
    for name in expected:
        want, have = expected[name], found.get(name)
        if want == have:
            continue
        if isinstance(want, list) and isinstance(have, list):
            lost, extra = [row for row in want if row not in have], [row for row in have if row not in want]
            told.append(
                f"{name}: {len(want)} expected, {len(have)} found; missing {lost[:5]}, not expected {extra[:5]}"
            )
        else:
            told.append(f"{name}: expected {want}, found {have}")
    return told
