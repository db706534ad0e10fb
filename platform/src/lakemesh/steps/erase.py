"""A person's rows leave a table, its quarantine and every older version of both; and it is shown that they are gone."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Primitive
from lakemesh.engine.change import Change, Files, Outlet
from lakemesh.errors import Mistakes
from lakemesh.events import Tell
from lakemesh.lake import runs
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.maintenance import erasures, search
from lakemesh.lake.maintenance.tidy import tidy, waste
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Contract, Format
from lakemesh.quality.quarantine import quarantine
from lakemesh.quality.results import kept
from lakemesh.quality.verdict import without_rows
from lakemesh.sql import quote, select
from lakemesh.sql.select import Select
from lakemesh.steps.compact import unsaid
from lakemesh.steps.mend import mend
from lakemesh.steps.run import record_of
from lakemesh.steps.world import World
from lakemesh.steps.writes.casts import cast


@dataclass(frozen=True, slots=True)
class Erased:
    """What went. `unjudged`: rows of the quarantine of which the condition says neither yes nor no, and which stay.
    `searched`: files that were searched; `holding`: those in which a text of the condition still stands; `readers`:
    tables that were made from this one."""

    table: TableName
    rows: int
    set_aside: int
    unjudged: int
    versions: int
    files: int
    searched: int
    holding: tuple[str, ...]
    readers: tuple[str, ...]
    record: str


def erase(world: World, table: TableName, where: str, why: str, who: str, tell: Tell) -> Erased:
    """Dying on the way leaves a record that says so; asked again, it goes on. Raises Mistakes."""
    lake = world.lake
    contract = world.mesh.contracts[table]
    if lake.head(table) is None:
        raise Mistakes.of(f"{table} has not been made yet", "make status lists the tables")
    _readable(table, where)
    # A column that is not there is told before anything is written down.
    _hit(world, contract, f"({where}\n)", None)
    product = contract.product
    run = record_of(world, product, world.clock()).id
    with lake.store.hold(f"{product.domain}.{product.product}", f"an erasure ({world.workplace})", tell):
        mend(world, product)
        former = erasures.same(lake.store, table, where)
        begun = erasures.begun(run, table, where, why, who, world.clock())
        record = erasures.write(lake.store, begun)
        # Marked as a run is: if this dies, the next run takes its branches away.
        runs.mark(lake.store, product, run)
        aside = quarantine(contract)
        there = aside.table in lake.tables()
        rows = _out(world, contract, run, f"({where}\n)", None, tell)
        set_aside = _out(world, aside, run, _said(where), contract, tell) if there else 0
        unjudged = sum(_hit(world, aside, f"({where}\n) is null", contract).values()) if there else 0
        versions = files = 0
        for made in (contract, aside) if there else (contract,):
            gone = _forget(world, made, run)
            versions, files = versions + gone[0], files + gone[1]
        _forget_examples(world, contract)
        left = _hit(world, contract, f"({where}\n)", None) or (there and _hit(world, aside, _said(where), contract))
        if left:
            raise AssertionError(f"rows of {table} are still there: {left}")
        runs.forget(lake.store, product, run)
        done = replace(begun, where=None, ended=world.clock(), rows={"table": rows, "quarantine": set_aside})
        erasures.write(lake.store, done)
        for path in former:
            lake.store.remove(path)
    searched, holding = _search(world, where)
    readers = tuple(sorted(str(other.table) for other in world.mesh.contracts.values() if table in other.reads))
    return Erased(table, rows, set_aside, unjudged, versions, files, searched, holding, readers, record)


def _readable(table: TableName, where: str) -> None:
    found = select.read(f"select 1 from {quote.table(table)} where ({where}\n)", "WHERE", table.domain)
    if set(found.reads) != {table} or found.parameters:
        raise Mistakes.of("WHERE speaks of other tables, or of a time", f"say it of the columns of {table} alone")


def _out(world: World, made: Contract, run: str, hit: str, of: Contract | None, tell: Tell) -> int:
    """The rows that are hit leave the table; how many."""
    lake, table = world.lake, made.table
    found = _hit(world, made, hit, of)
    head = lake.head(table)
    if not found or head is None:
        return 0
    paths = frozenset(
        file.file_path for file in lake.plan(head).files if file.file_path.removeprefix("file://") in found
    )
    branch = lake.branch(made, run)
    columns = ", ".join(quote.name(name) for name in branch.columns)
    rows = _relation(table, list(branch.columns), of)
    stay = f"select {columns}, 'unchanged' as _fate from {rows} where not coalesce({hit}, false)"
    inputs: dict[TableName, Snapshot | Landed] = {table: replace(branch.base, columns=branch.columns, only=paths)}
    outlet = Outlet(branch, frozenset({"unchanged"}), Files(paths))
    audited = world.engine.write(Change(Select(stay, (table,), "WHERE"), (outlet,)), inputs, tell).heads[table]
    before, after, gone = lake.rows(branch.base), lake.rows(audited), sum(found.values())
    if before - after != gone:
        raise AssertionError(f"{table}: {gone:,} rows should go, and {before - after:,} would; nothing was published")
    lake.publish(branch, audited, unsaid(world, table))
    return gone


def _hit(world: World, made: Contract, hit: str, of: Contract | None) -> dict[str, int]:
    """How many rows are hit, by data file. `of`: the table whose quarantine this is."""
    head = world.lake.head(made.table)
    if head is None:
        return {}
    rows = _relation(made.table, [*head.columns, "_file"], of)
    text = f"select _file, count(*) as n from {rows} where {hit} group by _file"
    named = replace(head, columns={**head.columns, "_file": Primitive("string")})
    return {
        row["_file"]: row["n"]
        for batch in world.engine.query(Select(text, (made.table,), "WHERE"), {made.table: named})
        for row in batch.to_pylist()
    }


def _relation(table: TableName, columns: list[str], of: Contract | None) -> str:
    """The table; or the quarantine of a table, with that table's columns as its raw text gives them."""
    if of is None:
        return quote.table(table)
    own = ", ".join(map(quote.name, columns))
    arrived = [column for column in of.columns if not column.added]
    texts = [f"get_json_object(_raw, {quote.literal(_path(c.name))}) as {quote.name(c.name)}" for c in arrived]
    form = _as_text(of)
    typed = [f"{cast(column, form)} as {quote.name(column.name)}" for column in arrived]
    # What Lakemesh adds to a row that fits, a row that does not has never had.
    typed += [
        f"cast(null as {c.type}) as {quote.name(c.name)}" for c in of.columns if c.added and c.name not in columns
    ]
    raw = f"select {', '.join([own, *texts])} from {quote.table(table)}"
    return f"(select {', '.join([own, *typed])} from ({raw}) raw) judged"


def _as_text(contract: Contract) -> Format:
    """Values out of JSON are text, whatever they were."""
    if contract.arrival is None:
        return Format("json")
    form = contract.arrival.format
    return replace(form, kind="json", dates=None, timestamps=None) if form.kind == "parquet" else form


def _path(name: str) -> str:
    return f"$.{name}" if name.isidentifier() else f"$['{name}']"


def _said(where: str) -> str:
    """The condition over a row of quarantine. Where it can say neither yes nor no, because the row could not be read,
    the row is that person's if its text has a text of the condition as a word: rather one row too many."""
    texts = search.texts(where)
    if not texts:
        return f"({where}\n)"
    words = "|".join(re.escape(text) for text in texts)
    return f"coalesce(({where}\n), _raw rlike {quote.literal(f'(^|[^A-Za-z0-9])({words})([^A-Za-z0-9]|$)')})"


def _forget(world: World, made: Contract, run: str) -> tuple[int, int]:
    """Only today's version of the table stays, with no file that it does not need; versions and files that went."""
    lake, table = world.lake, made.table
    # The commit that took rows out names the files it took, with their least and greatest values. One more names none.
    branch = lake.branch(made, run)
    lake.publish(branch, lake.commit(branch, (), ()), unsaid(world, table))
    first = waste(lake, table, world.clock(), (), all_but_head=True)
    tidy(lake, first, all_but_head=True)
    # What was today's metadata until a moment ago.
    tidy(lake, waste(lake, table, world.clock(), (), all_but_head=True), all_but_head=True)
    return len(first.snapshots), len(first.files)


def _forget_examples(world: World, contract: Contract) -> None:
    """What was checked keeps its counts. Which example was whose cannot be told, as they are masked: all go."""
    store = world.lake.store
    for made in (contract.table, contract.table.quarantine):
        kept.forget_rows(store, made)
    for run in runs.runs(store, contract.product):
        bare = tuple(
            replace(turn, verdict=without_rows(turn.verdict)) if turn.verdict and turn.table == contract.table else turn
            for turn in run.tables
        )
        if bare != run.tables:
            runs.rewrite(store, replace(run, tables=bare))


def _search(world: World, where: str) -> tuple[int, tuple[str, ...]]:
    """Every file of the lake, those that landed too."""
    root = Path(world.lake.place.root)
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    looked_for = search.pattern(search.texts(where))
    found = search.holding(files, looked_for) if looked_for else []
    return len(files), tuple(path.relative_to(root).as_posix() for path in found)
