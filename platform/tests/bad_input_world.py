"""Bad input as a table of cases: what a file holds, and what must become of it, whatever the kind of write.

All cases of one declaration share a table, and all tables one product, so a few runs answer hundreds of questions. What
is taken goes in together, each case as a file of its own, and is told apart by its file. What stops a table has a run
to itself: one such case of every table at a time."""

import gzip
import re
import textwrap
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from lakemesh.declare.names import TableName
from lakemesh.lake.ledger import Entry
from lakemesh.lake.runs import Run
from steps_world import Shop

Row: TypeAlias = tuple[object, ...]
Make: TypeAlias = Callable[[int], bytes]
"""What a file holds, whose rows have the ids after this number."""
BASE = 0
STEP = 10


@dataclass(frozen=True, slots=True)
class Table:
    """A declaration. `shown`: what is asked of its rows; `good`: a file without fault, with one row of the first id."""

    name: str
    columns: str
    good: Make
    ends: str = ".csv"
    write: Literal["append", "merge", "cdc", "replace"] = "append"
    more: str = ""
    shown: str = "id, name"

    def yaml(self) -> str:
        words = {"append": "", "merge": "key: [id]\n", "cdc": "key: [id]\nop: kind\n", "replace": ""}[self.write]
        more = f"{self.more}\n" if self.more else ""
        return (
            f"description: Things.\nfrom: in/{self.name}/**/*{self.ends}\nwrite: {self.write}\nmax_bad: 99 %\n"
            f"{words}{more}columns:\n{textwrap.indent(textwrap.dedent(self.columns).strip(), '  ')}\n"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One file. `rows`: what readers see of it, where an id is that after the file's own number; `aside`: line and rule
    of what lies in quarantine; `more`: what else became of its rows; `stops`: with which sentence it stops the table
    instead; `named`: what it is called, other than by its number; `ignored`: it is no file that arrives."""

    what: str
    table: Table
    holds: Make
    rows: tuple[Row, ...] = ()
    aside: tuple[tuple[int | None, str], ...] = ()
    more: Mapping[str, int] = field(default_factory=dict)
    stops: str = ""
    named: str = ""
    ignored: bool = False

    def __str__(self) -> str:
        return f"{self.table.name}: {self.what}"


def text(said: str, encoding: str = "utf-8") -> Make:
    """`#1` is the first id of the file."""
    return lambda base: _numbered(said, base).encode(encoding)


def raw(said: bytes) -> Make:
    """The same, of bytes that are no text."""
    return lambda base: re.sub(rb"#(\d)", lambda found: str(base + int(found[1])).encode(), said)


def packed(make: Make) -> Make:
    return lambda base: gzip.compress(make(base), mtime=0)


def _numbered(said: str, base: int) -> str:
    return re.sub(r"#(\d)", lambda found: str(base + int(found[1])), said)


@dataclass(slots=True)
class Found:
    """What became of a case. `told`: what was said when it stopped; `untouched`: what readers saw stayed as it was."""

    rows: list[Row] = field(default_factory=list)
    aside: list[tuple[object, ...]] = field(default_factory=list)
    entry: Entry | None = None
    told: str = ""
    untouched: bool = False
    mended: bool = False


class Landed(Shop):
    """All cases, landed and run: first what stops, case by case, then all the rest at once, then all of it mended."""

    def __init__(self, root: Path, cases: Sequence[Case]) -> None:
        super().__init__(root)
        self.cases = cases
        self.tables = list(dict.fromkeys(case.table for case in cases))
        self.numbers = {case: number for number, case in enumerate(cases, 1)}
        self.found = {case: Found() for case in cases}
        self.runs: list[Run] = []
        for table in self.tables:
            self.ingest(table.name, table.yaml())
            self._put(table, f"0{table.ends}", table.good(BASE))
        self.first = self._run()

    def path(self, case: Case) -> str:
        """Where it lies, as the table's ledger says it."""
        name = case.named or f"{self.numbers[case]:04}{case.table.ends}"
        return f"shop/orders/in/{case.table.name}/{name}"

    def base(self, case: Case) -> int:
        return self.numbers[case] * STEP

    def live(self) -> None:
        rounds: dict[Table, list[Case]] = defaultdict(list)
        taken: list[Case] = []
        for case in self.cases:
            (rounds[case.table] if case.stops else taken).append(case)
        for number in range(max(map(len, rounds.values()), default=0)):
            self._stopped([of[number] for of in rounds.values() if number < len(of)])
        self._taken(taken)
        self._mended()

    def _stopped(self, cases: Sequence[Case]) -> None:
        lake = self.lake()
        before = {case: lake.head(TableName("shop", case.table.name)) for case in cases}
        for case in cases:
            self._land(case, case.holds(self.base(case)))
        ran = self._run(*(case.table for case in cases))
        lake = self.lake()
        for turn in ran.tables:
            (case,) = [case for case in cases if case.table.name == turn.table.table]
            found = self.found[case]
            found.told = f"{turn.state}: {turn.note}"
            found.untouched = lake.head(turn.table) == before[case]
            self._land(case, case.table.good(self.base(case)))

    def _taken(self, cases: Sequence[Case]) -> None:
        for case in cases:
            self._land(case, case.holds(self.base(case)))
        self._run()
        self._look()

    def _look(self) -> None:
        lake = self.lake()
        for table in self.tables:
            mine = {self.path(case): case for case in self.cases if case.table == table}
            head = lake.head(TableName("shop", table.name))
            assert head is not None
            for path, entry in lake.ledger(head).files.items():
                if path in mine:
                    self.found[mine[path]].entry = entry
            for *row, file in self.rows(table.name, f"{table.shown}, _source_file", lake):
                if case := mine.get(str(file)):
                    self.found[case].rows.append(
                        (None if row[0] is None else int(str(row[0])) - self.base(case), *row[1:])
                    )
            for *row, file in self.rows(f"{table.name}__quarantine", "_source_line, _rule, _raw, _source_file", lake):
                if case := mine.get(str(file)):
                    self.found[case].aside.append(tuple(row))

    def _mended(self) -> None:
        """Every file holds one good row now. A log of changes takes no changed file."""
        for case in self.cases:
            if case.table.write != "cdc":
                self._land(case, case.table.good(self.base(case)))
        self.last = self._run(replace_file=True)
        lake = self.lake()
        for table in self.tables:
            there = {row[0] for row in self.rows(table.name, "id", lake)}
            left = {row[0] for row in self.rows(f"{table.name}__quarantine", "_source_file", lake)}
            for case in self.cases:
                if case.table == table:
                    self.found[case].mended = self.base(case) + 1 in there and self.path(case) not in left

    def _run(self, *tables: Table, **asked: object) -> Run:
        if tables:
            asked["tables"] = tuple(TableName("shop", table.name) for table in tables)
        ran = self.run(**asked)  # type: ignore[arg-type]
        self.runs.append(ran)
        return ran

    def _land(self, case: Case, data: bytes) -> None:
        self._put(case.table, self.path(case).removeprefix(f"shop/orders/in/{case.table.name}/"), data)

    def _put(self, table: Table, name: str, data: bytes) -> None:
        file = self.lake_root / "landing/shop/orders/in" / table.name / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
