"""The door: tables and their commits at one place, over a catalogue and a store. The only hand that moves main."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from pyiceberg.catalog import Catalog
from pyiceberg.manifest import DataFile
from pyiceberg.table import Table
from pyiceberg.table.snapshots import Snapshot as IcebergSnapshot
from pyiceberg.table.sorting import UNSORTED_SORT_ORDER

from lakemesh.declare.names import TableName
from lakemesh.lake import commit, guest, history, properties
from lakemesh.lake.branches import audit_branch, outdated, shape_for, unneeded
from lakemesh.lake.conditions import (
    added_on,
    base_sequence,
    fits,
    main_of,
    parent,
    publishable,
    refuse_strangers,
    shape_since,
)
from lakemesh.lake.creation import create
from lakemesh.lake.ledger import Ledger, read_chain, rolled_back, write_link
from lakemesh.lake.manifests import MERGE_FROM, Draft, Settle, draft, number, trusting
from lakemesh.lake.patience import Turns
from lakemesh.lake.place import Place
from lakemesh.lake.publication import Moved, Publication, said
from lakemesh.lake.reading import Reading, ledger_path, ours
from lakemesh.lake.schema import columns, numbered
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.lake.store import Store
from lakemesh.lake.writer.write import Writer
from lakemesh.mesh.contract import Contract


class Lake(Reading):
    """Tables of one place. Readers see what `publish` and `rollback` made main, nothing else."""

    def __init__(self, catalog: Catalog, store: Store, place: Place, settle: Settle = trusting) -> None:
        super().__init__(catalog, store, place)
        self._settle = settle

    def branch(self, contract: Contract, run: str) -> Branch:
        """Creates the table, or adds the schema that the contract wants, not current yet. Base is main's head; what
        this run wrote before is gone. Raises Mistakes: a column dropped or narrowed, a table of another product."""
        name = contract.table
        turns = Turns(str(name))
        while True:
            turns.take()
            try:
                table = self._find(name)
                if table is None:
                    create(self._catalog, self.place, contract, run, self._settle)
                    continue
                refuse_strangers(table.metadata, contract)
                wanted = shape_for(table.metadata, contract)
                if wanted.new != (None, None, None):
                    commit.add_shape(self._catalog, table, *wanted.new)
                    continue
                if former := unneeded(table.metadata, lambda other: other != run):
                    commit.drop(self._catalog, table, former)
            except commit.Conflict:
                continue
            return Branch(
                table=name,
                name=audit_branch(run),
                run=run,
                base=ours(name, table.metadata, main_of(table.metadata)),
                columns=columns(wanted.schema),
                schema_id=wanted.schema.schema_id,
                spec_id=wanted.spec.spec_id,
                sort_id=wanted.order.order_id,
                properties=properties.of(contract),
            )

    def writer(self, branch: Branch, memory: int, scratch: Path | None = None) -> Writer:
        """Takes record batches, gives data files for `commit`. Bounded by `memory` bytes over all partitions; what is
        more than that waits in the folder `scratch`."""
        table = self._load(branch.table)
        metadata = table.metadata
        return Writer(
            numbered(metadata, branch.schema_id),
            metadata.specs()[branch.spec_id],
            metadata.sort_order_by_id(branch.sort_id) or UNSORTED_SORT_ORDER,
            metadata.location,
            table.io,
            memory,
            # A run that begins a table again must not meet its own files.
            f"{branch.run}-{uuid4().hex[:8]}",
            scratch,
        )

    def commit(self, branch: Branch, add: Iterable[DataFile], gone: Iterable[DataFile]) -> Snapshot:
        """One snapshot on the branch: from its base, or from its head where this run made it. Raises Moved where either
        is no longer there."""
        added, removed = tuple(add), tuple(gone)
        drafted: Draft | None = None
        turns = Turns(str(branch.table))
        while True:
            turns.take()
            table = self._load(branch.table)
            if drafted and (landed := table.metadata.snapshot_by_id(drafted.id)):
                return ours(branch.table, table.metadata, landed)
            stand, expected = parent(table.metadata, branch)
            if drafted is None or drafted.parent != stand.snapshot_id:
                drafted = self._draft(table, branch, stand, added, removed)
            if self._audit(table, branch, drafted, expected, added):
                return Snapshot(branch.table, drafted.id, branch.columns)

    def open(self, branch: Branch) -> None:
        """Puts the branch on its base, for an engine that commits by itself, and the table into the branch's shape:
        such an engine writes in no other. Raises Mistakes where readers would miss a column by that."""
        turns = Turns(str(branch.table))
        while True:
            turns.take()
            table = self._load(branch.table)
            try:
                if (words := guest.early(table.metadata, branch)) is not None:
                    commit.shape(self._catalog, table, branch, words)
                elif branch.name in table.metadata.refs:
                    return
                else:
                    commit.audit(self._catalog, table, branch.name, None, branch.base.id)
            except commit.Conflict:
                continue

    def adopt(self, branch: Branch) -> Snapshot:
        """What an engine that commits by itself left on the branch, durable from now on; its base where that is
        nothing."""
        table = self._load(branch.table)
        ref = table.metadata.refs.get(branch.name)
        if ref is None or ref.snapshot_id == branch.base.id:
            return branch.base
        self._settle(guest.left(table, branch, ref.snapshot_id))
        return Snapshot(branch.table, ref.snapshot_id, branch.columns)

    def reattach(self, branch: Branch) -> tuple[Branch, Snapshot]:
        """The files that the branch added, on today's head; only for a branch that took nothing away. Whether they are
        still to be added is for the caller to see in the ledger. Raises Moved where they no longer fit."""
        turns = Turns(str(branch.table))
        while True:
            turns.take()
            table = self._load(branch.table)
            metadata = table.metadata
            main = main_of(metadata)
            ref = metadata.refs.get(branch.name)
            head = metadata.snapshot_by_id(ref.snapshot_id) if ref else None
            if ref is None or head is None:
                raise Moved(f"{branch.name} of {branch.table} is gone")
            moved = replace(branch, base=ours(branch.table, metadata, main))
            if history.word(head, properties.BASE) == str(main.snapshot_id):
                return moved, ours(branch.table, metadata, head)
            if not fits(metadata, main, branch):
                raise Moved(f"{branch.table} has other columns now")
            added = added_on(head, base_sequence(metadata, branch, head), table.io)
            drafted = self._draft(table, moved, main, added, ())
            if self._audit(table, moved, drafted, ref.snapshot_id, ()):
                return moved, Snapshot(branch.table, drafted.id, branch.columns)

    # What readers see.

    def publish(self, branch: Branch, audited: Snapshot, note: Publication) -> Snapshot:
        """One commit: main is the audited snapshot, its branch is gone, and what is said of it is said. Raises Moved
        where main is no longer the branch's base. Says yes as well where an earlier answer was lost."""
        path = ledger_path(branch.table, str(audited.id))
        turns = Turns(str(branch.table))
        while True:
            turns.take()
            table = self._load(branch.table)
            metadata = table.metadata
            if history.was_published(metadata, audited.id):
                return audited
            head = publishable(metadata, branch, audited.id)
            before = read_chain(self.store, metadata.properties.get(properties.LEDGER))
            ledger = note.ledger if note.ledger is not None else before.ledger if before else Ledger()
            words = said(note, path)
            write_link(self.store, path, before, ledger, note.run, words)
            words |= shape_since(metadata, branch, head)
            ended = outdated(metadata, self.store, note.run)
            try:
                commit.publish(self._catalog, table, branch, head, words, ended)
                return audited
            except commit.Conflict:
                continue
            except Exception:
                # The answer may be lost, and the commit not.
                if history.was_published(self._load(branch.table).metadata, audited.id):
                    return audited
                raise

    def rollback(self, table: TableName, to: Snapshot) -> Snapshot:
        """main and ledger go back, and files taken in since are held. What the table was made from (inputs, SQL,
        contract) stays as it was last said, so that a transform is not made again from the same; `Lake.said` tells what
        was true then."""
        turns = Turns(str(table))
        while True:
            turns.take()
            found = self._load(table)
            metadata = found.metadata
            then = history.at(metadata, to.id, str(table))
            if then is None or metadata.current_snapshot_id == then.snapshot_id:
                return to
            now, link = self._link(metadata, table, None), self._link(metadata, table, to.id)
            ledger = rolled_back(now.ledger if now else Ledger(), link.ledger if link else Ledger())
            path = ledger_path(table, f"rollback-{uuid4().hex}")
            # The created table has no publication: nothing was said of it.
            said = link.said if link and not history.word(then, properties.CREATED) else {}
            write_link(self.store, path, now, ledger, said.get(properties.RUN, ""), said)
            restored = {name: said.get(name, "") for name in properties.RESTORED}
            since = {properties.SHAPE_SINCE: str(metadata.next_sequence_number())}
            try:
                commit.rollback(self._catalog, found, then, {**restored, **since, properties.LEDGER: path})
            except commit.Conflict:
                continue
            return ours(table, metadata, then)

    def release(self, table: TableName, paths: Collection[str] | None = None) -> None:
        """Held files, all or these, may be taken again."""
        turns = Turns(str(table))
        while True:
            turns.take()
            found = self._load(table)
            now = self._link(found.metadata, table, None)
            held = {p: v for p, v in now.ledger.held.items() if paths is not None and p not in paths} if now else {}
            if now is None or held == dict(now.ledger.held):
                return None
            path = ledger_path(table, f"release-{uuid4().hex}")
            write_link(self.store, path, now, Ledger(now.ledger.files, held, now.ledger.replays), now.run, now.said)
            try:
                return commit.say(self._catalog, found, {properties.LEDGER: path})
            except commit.Conflict:
                continue

    def sweep(self, table: TableName, dead: Collection[str], before: datetime | None = None) -> None:
        """Drops the audit branches of these runs, and those whose head was written before that time."""
        turns = Turns(str(table))
        while True:
            turns.take()
            found = self._find(table)
            if found is None:
                return None
            old = history.older(found.metadata, before)
            gone = unneeded(found.metadata, lambda run: run not in dead)
            gone |= {name: head for name, head in unneeded(found.metadata, lambda run: False).items() if head in old}
            if not gone:
                return None
            try:
                return commit.drop(self._catalog, found, gone)
            except commit.Conflict:
                continue

    def _draft(
        self, table: Table, branch: Branch, stand: IcebergSnapshot, add: Sequence[DataFile], gone: Sequence[DataFile]
    ) -> Draft:
        words = {
            properties.RUN: branch.run,
            properties.BASE: str(branch.base.id),
            properties.BASE_SEQUENCE: str(base_sequence(table.metadata, branch, stand)),
        }
        if branch.same:
            words[properties.SAME] = ",".join(map(str, branch.same))
        written = numbered(table.metadata, branch.schema_id)
        return draft(
            table.metadata,
            table.io,
            parent=stand,
            schema=written,
            spec_id=branch.spec_id,
            add=add,
            gone=gone,
            properties=words,
            merge_from=2 if branch.same else MERGE_FROM,
        )

    def _audit(
        self, table: Table, branch: Branch, drafted: Draft, expected: int | None, data: Sequence[DataFile]
    ) -> bool:
        """Whether the draft is the branch's head now; if not, look again."""
        paths = [data_file.file_path for data_file in data]
        snapshot = number(table.metadata, table.io, drafted, self._settle, paths)
        try:
            commit.audit(self._catalog, table, branch.name, expected, snapshot)
        except commit.Conflict:
            return False
        except Exception:
            # The answer may be lost, and the commit not.
            if self._load(branch.table).metadata.snapshot_by_id(drafted.id) is None:
                raise
        return True
