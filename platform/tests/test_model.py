"""Random files, kinds of write and schedules, with faults at random side effects, against a model in plain Python."""

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

import lake_model
from lake_model import Content, Held, Row, State
from lake_processes import Killed
from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.lake import runs
from lakemesh.lake.runs import Run
from lakemesh.steps.replay import replay
from lakemesh.steps.rollback import rollback
from lakemesh.steps.world import World
from steps_world import PRODUCT, Shop, counts
from test_steps_crash import Mortal

ORDERS = TableName("shop", "orders")
EXAMPLES = int(os.environ.get("EXAMPLES", "16"))
"""`make torture EXAMPLES=…` tries more of them."""
DECLARED = {
    "append": "write: append\n",
    "append with a key": "write: append\nkey: [id]\n",
    "replace": "write: replace\n",
    "merge": 'write: merge\nkey: [id]\nnewest: at\ndeletes: {when: "amount = 0"}\n',
}
ASIDE = "_raw, _source_file"
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
COLUMNS = "max_bad: 100 %\ncolumns:\n  id: int not null\n  amount: {amount}\n  at: timestamp\n"


@dataclass(frozen=True)
class Act:
    """One line of a schedule. `rows` of a file: an id (None: not a number), an amount, how late; `fatal`: the side
    effect at which a fault comes, 0 for none; then the same is done again."""

    name: str
    file: int = 0
    rows: tuple[tuple[int | None, int, int], ...] = ()
    fatal: int = 0
    back: int = 1


ids = st.one_of(st.integers(0, 4), st.integers(0, 4), st.none())
rows = st.lists(st.tuples(ids, st.integers(0, 9), st.integers(0, 9)), max_size=6).map(tuple)
fatal = st.one_of(st.just(0), st.integers(1, 25))
land = st.one_of(*[st.builds(Act, st.just("land"), st.integers(0, 3), rows)] * 3, st.builds(Act, st.just("repeat")))
run = st.builds(Act, st.sampled_from(["run", "run", "run replace file", "run held"]), fatal=fatal)
replays = st.builds(Act, st.just("replay"), fatal=fatal)
back = st.builds(Act, st.just("rollback"), fatal=fatal, back=st.integers(1, 3))
turn = st.one_of(
    *[st.tuples(land, run)] * 4,
    st.tuples(land, land, run),
    st.tuples(run),
    st.tuples(back),
    st.tuples(back, land, run),
    st.tuples(replays),
    st.tuples(st.just(Act("loosen")), replays),
    st.tuples(st.just(Act("loosen")), land, run),
)
turns = st.lists(turn, min_size=2, max_size=5).map(lambda found: [act for some in found for act in some])
schedules = st.tuples(st.sampled_from(sorted(DECLARED)), st.builds(Act, st.just("land"), st.just(0), rows), turns)


class Life:
    """A shop and its model, side by side."""

    def __init__(self, root: Path, write: lake_model.Write) -> None:
        self.shop = Shop(root)
        self.state = State(write)
        self.files: dict[str, Content] = {}
        self.line: list[tuple[int, State]] = []
        self.clock = 0
        self._declare()

    def do(self, act: Act) -> None:
        """One act, on both sides; afterwards they agree."""
        match act.name:
            case "land":
                self._land(f"shop/orders/in/{act.file}.csv", tuple(self._row(*row) for row in act.rows))
            case "repeat":
                known = [row for path in sorted(self.files) for row in self.files[path]]
                self._land(f"shop/orders/in/{act.file}.csv", tuple(known[-3:]))
            case "loosen":
                self.state = self.state.loosened()
                self._declare()
            case "rollback":
                self._roll_back(act)
            case "replay":
                self._go(act, lake_model.replay, lambda world: replay(world, ORDERS, self.shop.told.append))
            case name:
                held, again = name == "run held", name == "run replace file"
                self._go(
                    act,
                    lambda state: lake_model.run(state.released() if held else state, self.files, again),
                    lambda world: self.shop.run(world, held=held, replace_file=again),
                )
        self.agree()

    def agree(self) -> None:
        """What readers see is what the model says, and nothing is left that should not be."""
        lake = self.shop.lake()
        head = lake.head(ORDERS)
        assert self._seen() == sorted(map(_seen, self.state.table))
        aside = [Held(_row(str(raw)), str(file)) for raw, file in self.shop.rows("orders__quarantine", ASIDE)]
        assert sorted(map(repr, aside)) == sorted(map(repr, self.state.aside))
        assert set(lake.ledger(head).files if head else ()) == set(self.state.taken)
        assert [table for table in lake.tables() if lake.branches(table)] == []
        records = runs.runs(lake.store, PRODUCT)
        assert [record.id for record in records if record.state == "running"] == []
        assert all(turn.accounts.balanced for record in records for turn in record.tables)

    def _go(
        self,
        act: Act,
        model: Callable[[State], tuple[State, lake_model.Counts | None]],
        do: Callable[[World], Run],
    ) -> None:
        before = self.state
        after, counted = model(before)
        if act.fatal:
            died = self._dies(act.fatal, do)
            event(f"{'a fault in' if died else 'no fault so late in'}: {act.name}")
            if not died or self._seen() != sorted(map(_seen, before.table)) or self._taken() != set(before.taken):
                # It was published before the fault; what is asked again finds nothing, or only tidies up.
                assert self._seen() == sorted(map(_seen, after.table))
                assert self._taken() == set(after.taken)
            with suppress(Mistakes):
                # A replay has nothing to take any more, and says so.
                do(self.shop.world())
            self._settle(after, counted is not None)
            return
        try:
            ran = do(self.shop.world())
        except Mistakes:
            # Nothing that a replay could take: the model found nothing either.
            assert (act.name, counted) == ("replay", None)
            return
        told = counts(ran, "orders")
        again = act.name == "replay" and after.table == before.table and told["read"] == 0
        self._settle(after, counted is not None and not again)
        if counted is None:
            assert told["read"] == 0
        elif again:
            # Judged by this contract already: what stays in quarantine is not counted once more.
            assert counted == {"read": counted["read"], "quarantined": counted["read"]}
        else:
            assert told == counted
            event(f"{act.name}: {', '.join(sorted(counted))}")

    def _settle(self, after: State, published: bool) -> None:
        self.state = after
        if published:
            head = self.shop.lake().head(ORDERS)
            assert head is not None
            self.line.append((head.id, after))

    def _roll_back(self, act: Act) -> None:
        if len(self.line) <= act.back:
            return
        to, then = self.line[-1 - act.back]
        after = lake_model.rolled_back(self.state, then)
        if act.fatal:
            self._dies(act.fatal, lambda world: rollback(world.lake, ORDERS, to))
        rollback(self.shop.lake(), ORDERS, to)
        del self.line[len(self.line) - act.back :]
        self.state = after

    def _dies(self, fatal: int, do: Callable[[World], object]) -> bool:
        mortal = Mortal(fatal)
        try:
            do(self.shop.world(mortal.lake(self.shop.lake())))
        except Killed:
            return True
        except Mistakes:
            return False
        return False

    def _land(self, path: str, content: Content) -> None:
        self.files[path] = content
        lines = (f"{'x' if id is None else id},{amount},{_time(at)}\n" for id, amount, at in content)
        self.shop.land(path, "id,amount,at\n" + "".join(lines))

    def _row(self, id: int | None, amount: int, late: int) -> Row:
        # No two rows have one time, so that which of two versions is newer is never open.
        self.clock += 1
        return Row(id, amount, late * 1000 + self.clock)

    def _declare(self) -> None:
        amount = "int" if self.state.loose else f"{{type: int, range: 0..{lake_model.STRICT}}}"
        write = DECLARED[self.state.write]
        self.shop.ingest("orders", "description: Orders.\nfrom: in/*.csv\n" + write + COLUMNS.format(amount=amount))

    def _seen(self) -> list[tuple[object, ...]]:
        found = self.shop.rows("orders", "id, amount, at, _source_file")
        return sorted((id, amount, round((at - BEGIN).total_seconds()), file) for id, amount, at, file in found)  # type: ignore[operator]

    def _taken(self) -> set[str]:
        lake = self.shop.lake()
        head = lake.head(ORDERS)
        return set(lake.ledger(head).files) if head else set()


def _time(at: int) -> str:
    return f"{BEGIN + timedelta(seconds=at):%Y-%m-%d %H:%M:%S}"


def _seen(one: Held) -> tuple[object, ...]:
    return (*one.row, one.file)


def _row(raw: str) -> Row:
    """A row as it was set aside."""
    said = json.loads(raw)
    at = datetime.strptime(said["at"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    return Row(None if said["id"] == "x" else int(said["id"]), int(said["amount"]), round((at - BEGIN).total_seconds()))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    # A schedule is short enough to be read as it is; making it shorter would take minutes.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(schedules)
def test_whatever_is_done_in_whatever_order_the_table_holds_what_the_model_says(
    schedule: tuple[lake_model.Write, Act, Sequence[Act]],
) -> None:
    write, first, acts = schedule
    with tempfile.TemporaryDirectory(prefix="lakemesh-model-") as folder:
        life = Life(Path(folder), write)
        for act in (first, *acts, Act("run held")):
            life.do(act)
