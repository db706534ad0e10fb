"""What tests let other processes do to a lake. Forked from one that has imported all of it, so that each is quick."""

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal, ParamSpec, TypeVar, get_args

from lake_world import NOW, PRODUCT, TABLE, a_contract, ids, note, open_lake, rows_of, took, write
from lakemesh.events import Event
from lakemesh.lake import runs
from lakemesh.lake.folder import Folder
from lakemesh.lake.lake import Lake
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.publication import Moved

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["lake_processes"])
Life = Literal["append", "replace", "evolve", "rollback"]
LIVES = get_args(Life)
P = ParamSpec("P")
T = TypeVar("T")


def quiet(_: Event) -> None:
    pass


def publish_many(root: str, worker: int, turns: int) -> None:
    """Appends one file after the other, and attaches each again until nobody is in the way."""
    lake = open_lake(Path(root))
    for turn in range(turns):
        number, run = worker * 100 + turn, f"w{worker}-{turn}"
        branch = lake.branch(a_contract(), run)
        audited = lake.commit(branch, [write(lake, branch, rows_of(number))], [])
        while True:
            try:
                lake.publish(branch, audited, note(run, took(lake.ledger(branch.base), run, [f"{number}.csv"])))
                break
            except Moved:
                branch, audited = lake.reattach(branch)


def hold_and_die(root: str, name: str) -> None:
    """Takes a lock and is gone."""
    with Folder(root).hold(name, "a run that dies", quiet):
        os._exit(9)


class Killed(BaseException):
    """The end of a run, which no handler of errors may stop."""


def killed() -> None:
    raise Killed


class Mortal:
    """Counts what is done to the outside, and is killed just before the one that is fatal, or after the last."""

    def __init__(self, fatal: int, end: Callable[[], None]) -> None:
        self.effects, self._fatal, self._end = 0, fatal, end

    def watch(self, act: Callable[P, T]) -> Callable[P, T]:
        def watched(*args: P.args, **words: P.kwargs) -> T:
            self.tick()
            return act(*args, **words)

        return watched

    def tick(self) -> None:
        self.effects += 1
        if self.effects == self._fatal:
            self._end()


def die(root: str, life: Life, fatal: int) -> None:
    """As `live`, but the process is gone at once, as in a power cut: nothing is tidied up."""
    try:
        live(root, life, fatal, end=lambda: os._exit(9))
    finally:
        os._exit(1)


def live(root: str, life: Life, fatal: int = 0, end: Callable[[], None] = killed) -> int:
    """Two runs, and where `life` says so a rollback between, as a run does it: lock, sweep, look, write, commit,
    publish. Done already, it does nothing. How many effects it had."""
    lake = open_lake(Path(root))
    mortal = Mortal(fatal, end)
    for holder, names in (
        (lake._catalog, ("commit_table", "create_namespace_if_not_exists", "_write_metadata")),
        (lake.store, ("write",)),
        (lake, ("_settle",)),
    ):
        for name in names:
            setattr(holder, name, mortal.watch(getattr(holder, name)))
    with lake.store.hold(str(PRODUCT), "a test", quiet):
        for number in (1, 2):
            _run(lake, life, number)
        if life == "rollback":
            _undo(lake)
            _run(lake, life, 3)
    mortal.tick()
    return mortal.effects


def _run(lake: Lake, life: Life, number: int) -> None:
    dead = runs.dead(lake.store, PRODUCT)
    lake.sweep(TABLE, dead)
    columns = {"id": "int", "name": "string"} | ({"age": "int"} if life == "evolve" and number > 1 else {})
    head = lake.head(TABLE)
    ledger = lake.ledger(head) if head else Ledger()
    todo = [f"{n}.csv" for n in range(1, number + 1) if f"{n}.csv" not in {**ledger.files, **ledger.held}]
    for run in runs.runs(lake.store, PRODUCT):
        if run.id in dead:
            runs.end(lake.store, replace(run, state="failed", ended=NOW))
    if not todo:
        return
    if life == "replace":
        todo = [f"{n}.csv" for n in range(1, number + 1)]
    attempt = len(runs.runs(lake.store, PRODUCT))
    run = runs.Run(f"r{number}-{attempt}", PRODUCT, "running", NOW, None, "duckdb", "here", os.getpid())
    runs.begin(lake.store, run)
    branch = lake.branch(a_contract(columns=columns), run.id)
    lands = [int(name.removesuffix(".csv")) for name in todo]
    rows = [{**row, "age": 7} if "age" in columns else row for row in rows_of(*lands)]
    gone = lake.plan(branch.base).files if life == "replace" else ()
    audited = lake.commit(branch, [write(lake, branch, rows)], gone)
    before = Ledger() if life == "replace" else ledger
    lake.publish(branch, audited, note(run.id, took(before, "any", todo)))
    runs.end(lake.store, replace(run, state="done", ended=NOW))


def _undo(lake: Lake) -> None:
    """Back to the first load, once."""
    log = lake.log(TABLE)
    if any(entry.held for entry in log):
        return
    first = lake.head(TABLE, log[-2].snapshot)
    assert first is not None
    lake.rollback(TABLE, first)


def survey(root: Path) -> tuple[object, ...]:
    """All that must be the same, however often a run died on the way."""
    lake = open_lake(root)
    head = lake.head(TABLE)
    assert head is not None
    ledger = lake.ledger(head)
    rows = ids(lake, head)
    assert lake.rows(head) == len(rows)
    held = [entry.held for entry in lake.log(TABLE)]
    return rows, dict(head.columns), dict(ledger.files), dict(ledger.held), lake.branches(TABLE), held
