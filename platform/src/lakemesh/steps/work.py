"""What is to be done for one table: a change, what it reads, and what it will have taken in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lakemesh.declare.names import TableName
from lakemesh.engine.change import Written
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.ledger import Entry, Ledger
from lakemesh.lake.snapshot import Snapshot
from lakemesh.sql.select import Times
from lakemesh.steps.writes.draft import Draft


@dataclass(frozen=True, slots=True)
class Work:
    """`inputs`: arrivals or pinned snapshots; `pins`: their ids, as the publication tells; `reads`: the arrivals among
    them, whose rows are counted; `ledger`: as it was, to which `taken` adds; `anew`: the table is made from the
    beginning; `more`: more waits after this batch; `key_settled`: the write itself proves the key; `size`: bytes."""

    draft: Draft
    inputs: Mapping[TableName, Snapshot | Landed]
    times: Times
    pins: Mapping[TableName, int] = field(default_factory=dict)
    reads: TableName | None = None
    ledger: Ledger | None = None
    anew: bool = False
    more: bool = False
    key_settled: bool = False
    partial: bool = False
    """Whether more has changed than is made again: then what was said of the whole table stays as it was."""
    size: int | None = None
    aside_last: bool = False
    """Whether quarantine is published after the table: a replay takes rows out of it. All others put rows into it, and
    publish it before the table, so that no row is ever in neither."""

    def taken(self, written: Written, run: str) -> Ledger | None:
        """The ledger after this change: each file with what became of its rows."""
        if self.ledger is None:
            return None
        if self.reads is None:
            return replace(self.ledger, files=_again(self.ledger.files, written.files))
        landed = self.inputs[self.reads]
        assert isinstance(landed, Landed)
        new = {file.path: Entry(file.version, run, written.files.get(file.path, Accounts())) for file in landed.files}
        return Ledger({**self.ledger.files, **new}, self.ledger.held, self.ledger.replays)


def _again(known: Mapping[str, Entry], found: Mapping[str, Accounts]) -> Mapping[str, Entry]:
    """What a replay made of rows that were set aside, by the file that each came from. What a replay that died had put
    into the table already is dropped here, and was counted there: only what nothing else explains was a repeat."""
    told = dict(known)
    for path, now in found.items():
        was = known[path].accounts
        then = replace(was + now, read=was.read, repeated=was.repeated, quarantined=now.quarantined)
        dropped = min(now.repeated, max(was.read - then.accounted, 0))
        told[path] = replace(known[path], accounts=replace(then, repeated=was.repeated + dropped))
    return told
