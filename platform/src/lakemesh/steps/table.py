"""One table's turn in a run: branch, write, audit, publish, and once more where main moved or more waits."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from lakemesh.declare.names import TableName
from lakemesh.engine.change import Change, Outlet, Where, Written
from lakemesh.errors import Mistakes, Stopped
from lakemesh.events import TableBegan, Tell
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.landing.shapes import misshapen
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.publication import Moved
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.mesh.contract import Append, Contract, History
from lakemesh.mesh.suite import reads as rule_reads
from lakemesh.quality.audit import Audited, audit
from lakemesh.quality.quarantine import quarantine
from lakemesh.quality.results.kept import keep
from lakemesh.quality.verdict import Verdict
from lakemesh.steps.publish import publish, publish_beside
from lakemesh.steps.tombstones import keep_until, tombstones
from lakemesh.steps.unpublished import published, unpublished
from lakemesh.steps.work import Work
from lakemesh.steps.world import World

_TRIES = 8
Find = Callable[[bool], Work | None]
"""What is to be done now; the argument says whether nothing was done in this run yet."""


@dataclass(frozen=True, slots=True)
class Made:
    """How a table's turn ended: the last verdict (None: nothing new), the fates of all rows, and what readers see."""

    verdict: Verdict | None
    accounts: Accounts
    snapshot: int | None


def make(world: World, contract: Contract, run: str, find: Find, tell: Tell) -> Made:
    """All that `find` finds, batch by batch; a verdict that stops ends it. Raises Mistakes where main keeps moving."""
    total, done = Accounts(), 0
    verdict: Verdict | None = None
    while work := _once(world, contract, run, find, done, tell):
        verdict, accounts, more = work
        total += accounts
        done += 1
        if not verdict.passed or not more:
            break
    head = world.lake.head(contract.table)
    return Made(verdict, total, head.id if head else None)


def _once(
    world: World, contract: Contract, run: str, find: Find, done: int, tell: Tell
) -> tuple[Verdict, Accounts, bool] | None:
    for _ in range(_TRIES):
        work = find(done == 0)
        if work is None:
            return None
        if done == 0:
            tell(TableBegan(str(contract.table), work.size))
        with suppress(Moved):
            verdict, accounts = _attempt(world, contract, run, work, tell)
            return verdict, accounts, work.more
    raise Mistakes.of(
        f"{contract.table} was published by others {_TRIES} times while this run worked",
        "run it again when they are done",
    )


def _attempt(world: World, contract: Contract, run: str, work: Work, tell: Tell) -> tuple[Verdict, Accounts]:
    lake = world.lake
    aside = lake.branch(quarantine(contract), run)
    graves = lake.branch(tombstones(contract), run) if work.draft.buries else None
    branch = lake.branch(contract, run)
    change = _change(contract, work, aside, graves, branch)
    try:
        written = world.engine.write(change, _inputs(contract, work, graves, branch), tell)
    except Mistakes:
        if told := _misshapen(contract, work):
            raise told from None
        raise
    set_aside = written.heads[aside.table]
    if not work.aside_last:
        publish_beside(world, aside, set_aside, world.clock())
    audited = written.heads[contract.table]
    if audited.id == branch.base.id:
        # Nothing fits, or nothing changed: an empty commit, so that the ledger changes in a publish like any other.
        audited = lake.commit(branch, (), ())
    # A run of several publishes has set rows aside before; these are the batch's own.
    apart = replace(set_aside, since=aside.base.id)
    # What a replay leaves in quarantine was there before, and stops nothing.
    judged = replace(contract, max_bad=1.0) if work.aside_last else contract
    verdict = audit(judged, world.engine, _audited(world, contract, work, written, branch, audited, apart))
    # Before main moves: what is published has a verdict that can be read.
    keep(lake.store, contract, verdict, run, audited.id, world.clock())
    if verdict.passed:
        if graves:
            # Before the table: a delete that is not remembered would let what is late bring its key back.
            publish_beside(world, graves, written.heads[graves.table], world.clock())
        try:
            publish(world, contract, branch, audited, work, work.taken(written, run), verdict)
        except Moved:
            if not _stands_anywhere(contract, work):
                raise
            again, audited = lake.reattach(branch)
            publish(world, contract, again, audited, work, _onto(world, contract, work, written, run), verdict)
        if work.aside_last:
            publish_beside(world, aside, set_aside, world.clock())
    return verdict, written.accounts


def _misshapen(contract: Contract, work: Work) -> Stopped | None:
    """What an engine says of a file in the words of its own SELECT, in those of the file."""
    landed = work.inputs.get(work.reads) if work.reads else None
    return misshapen(contract, landed) if isinstance(landed, Landed) else None


def _stands_anywhere(contract: Contract, work: Work) -> bool:
    """Whether the same files stand as well on another head: rows without a key meet nothing in the table. A replay has
    to look again, for no ledger tells which rows another one took."""
    meets = bool(contract.key) or not isinstance(contract.write, Append)
    return work.reads is not None and not meets and not work.anew and work.draft.remove is None


def _onto(world: World, contract: Contract, work: Work, written: Written, run: str) -> Ledger:
    """The ledger of today's head with this run's files. Raises Moved where another run took one of them in."""
    head = world.lake.head(contract.table)
    assert head is not None
    today = world.lake.ledger(head)
    taken = work.taken(written, run)
    assert taken is not None
    assert work.ledger is not None
    new = {path: entry for path, entry in taken.files.items() if path not in work.ledger.files}
    if any(path in today.files for path in new):
        raise Moved(str(contract.table))
    return replace(today, files={**today.files, **new})


def _change(contract: Contract, work: Work, aside: Branch, graves: Branch | None, branch: Branch) -> Change:
    draft = work.draft
    arrived = work.reads is not None
    outlets = [Outlet(aside, frozenset({"quarantined"}), draft.set_aside, lines=arrived)]
    if graves:
        outlets.append(
            Outlet(graves, frozenset({"deleted"}), Where("_deleted_at", until=keep_until(contract, work.times.now)))
        )
    outlets.append(Outlet(branch, draft.takes, draft.remove))
    return Change(draft.rows, tuple(outlets), work.reads, per_file=arrived or work.aside_last)


def _inputs(
    contract: Contract, work: Work, graves: Branch | None, branch: Branch
) -> Mapping[TableName, Snapshot | Landed]:
    """The work's own, and what its SELECT meets: the table as it was, under the names it will have."""
    inputs = dict(work.inputs)
    for table, of in ((contract.table, branch), (contract.table.deletes, graves)):
        if of is not None and table in work.draft.rows.reads and table not in inputs:
            meets = work.draft.meets if table == contract.table else None
            inputs[table] = replace(of.base, columns=of.columns, within=meets)
    return inputs


def _audited(
    world: World,
    contract: Contract,
    work: Work,
    written: Written,
    branch: Branch,
    audited: Snapshot,
    set_aside: Snapshot,
) -> Audited:
    accounts = written.accounts
    new = sum(getattr(accounts, fate) for fate in work.draft.takes if fate not in ("updated", None))
    expected: int | None = None
    if work.anew:
        expected = new + (accounts.updated if "updated" in work.draft.takes else 0)
    elif work.draft.remove is None or isinstance(contract.write, History):
        # A version whose end has moved goes and comes.
        expected = world.lake.rows(branch.base) + new
    refers = {
        TableName.parse(str(check.value[0]))
        for column in contract.columns
        for check in column.checks
        if check.word == "refers"
    }
    refers |= {table for rule in contract.rules for table in rule_reads(rule, contract.table)}
    # Beside a table that was only created, and is empty, every row would be said to be bad.
    others: dict[TableName, Snapshot] = {}
    for name in refers - {contract.table}:
        head = world.lake.head(name)
        if head is None or not published(world, name):
            what, remedy = unpublished(world, name)
            raise Mistakes.of(f"{contract.table} refers to {name}: {what}", remedy)
        others[name] = head
    return Audited(
        snapshot=audited,
        # Where all of it is new it is one snapshot, so that one scan answers for both.
        added=audited if work.anew or not world.lake.rows(branch.base) else replace(audited, since=branch.base.id),
        accounts=accounts,
        rows=world.lake.rows(audited),
        expected=expected,
        set_aside=set_aside,
        run=branch.run,
        key_settled=work.key_settled,
        others=others,
    )
