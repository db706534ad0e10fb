"""What is tortured: one scene a kind of write, with what is there before, what is killed, and what lands meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import contents

Ran: TypeAlias = Literal["run", "run held", "run replace file", "first copy", "copy", "rebuild", "backfill"]
Act: TypeAlias = Ran | Literal["replay", "rollback", "maintain", "erase"]
MESH = """\
lakemesh: 1
name: acme
timezone: Europe/Amsterdam
memory: 1 GB
zones: {landing: landing, clean: clean, curated: curated}
environments:
  dev: {account: "111111111111", region: eu-west-1, schedules: off}
maintenance: {small_files: 1}
"""
PRODUCT = "domains/shop/orders"
FILES = "description: Orders.\nfrom: in/*.csv\n"
KEY = "key: [id]\n"
COLUMNS = "partition: [day(at)]\nmax_bad: 90 %\ncolumns:\n  id: int\n  amount: {amount}\n  at: timestamp\n"
ANY = COLUMNS.format(amount="int")
FEW = COLUMNS.format(amount="{type: int, range: 0..40}")
DELETES = 'newest: at\ndeletes: {when: "amount = 0"}\n'
DAILY = """\
description: Orders per day.
write: {write}
key: [day]
{more}columns:
  day: date
  amount: bigint
  rows: bigint
"""
SUM = "select to_date(at) as day, sum(amount) as amount, count(*) as rows from orders {where}group by to_date(at)\n"
SPAN = "where at >= :since and at < :until "
WINDOW = ("window", "time: day\npartition: [day(day)]\n", SPAN)
ERASED = "id < 20"
"""Of the first file alone: what is taken later has none of these."""
_ARRIVED = "id, amount, at, _source_file"
_BOTH = {"orders": _ARRIVED, "daily": "day, amount, rows"}
Files: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """`acts` are killed, and done again; `first` is what was done before. `declared`: the repository; `later`: what of
    it changes before the acts. `landed`, `there`, `more`: files of the undisturbed run before, of the acts, of the
    restart. `settles`: which file a row is counted to depends on what was taken together; `stopped`: the audit lets
    nothing of the acts be published; `tidied`: the acts leave nothing that nobody reaches, and one version. `tables`:
    what is compared, and which columns of it."""

    name: str
    declared: Files
    landed: Files
    there: Files
    more: Files
    acts: tuple[Act, ...] = ("run",)
    first: Act = "run"
    later: Files = field(default_factory=dict)
    settles: bool = False
    stopped: bool = False
    tidied: bool = False
    tables: Files = field(default_factory=lambda: {"orders": _ARRIVED})


def scenes(seed: int) -> tuple[Scene, ...]:
    """All kinds of write, on files that this seed makes."""
    first, second, third = ({f"shop/orders/in/{number}.csv": contents.orders(seed, number)} for number in range(3))
    loose = _declared("write: append\n" + ANY)
    merge = _declared("write: merge\n" + DELETES + KEY + ANY)

    def scene(name: str, declared: Files, **words: object) -> Scene:
        return Scene(name, declared, first, second, third, **words)  # type: ignore[arg-type]

    dated = {"orders": "id, amount, valid_from, valid_to, is_current, _source_file"}
    copied = {"orders": "id, amount, at, copied_on, _source_file"}
    changed = {"shop/orders/in/0.csv": contents.orders(seed, 1)}
    return (
        scene("append", loose),
        scene("append with a key", _declared("write: append\n" + KEY + ANY), settles=True),
        _repeats(seed),
        scene("replace", _declared("write: replace\n" + ANY)),
        scene("merge with deletes", merge, settles=True),
        scene("history", _declared("write: history\n" + DELETES + KEY + _plain(ANY)), settles=True, tables=dated),
        scene(
            "daily copy",
            _declared("write: daily_copy\n" + _plain(ANY)),
            first="first copy",
            acts=("copy",),
            tables=copied,
        ),
        _cdc(seed, "cdc after a full load", {"LOAD00000001.csv": 0}, {"20240102-000000000.csv": 2}),
        _cdc(seed, "cdc reloaded", {"LOAD00000001.csv": 0, "20240102-000000000.csv": 2}, {"LOAD00000001.csv": 1}),
        Scene("a changed file", loose, first, changed, third, ("run replace file",)),
        scene("window", {**loose, **_daily(*WINDOW)}, tables=_BOTH),
        scene("window, a span again", {**loose, **_daily(*WINDOW)}, acts=("run", "backfill"), tables=_BOTH),
        scene("transform replace", {**loose, **_daily("replace", "", "")}, tables=_BOTH),
        scene("transform merge", {**loose, **_daily("merge", "", "")}, tables=_BOTH),
        scene("replay", _declared("write: append\n" + FEW), later=loose, acts=("replay", "run"), settles=True),
        scene("rollback and release", loose, acts=("rollback", "run held")),
        scene("rebuild", {**merge, **_daily("replace", "", "")}, acts=("rebuild", "run"), settles=True, tables=_BOTH),
        scene("maintain", loose, acts=("run", "maintain"), tidied=True),
        scene("maintain a merge", merge, acts=("run", "maintain"), settles=True, tidied=True),
        scene("erase", _declared("write: append\n" + FEW), acts=("run", "erase"), settles=True, tidied=True),
        scene("stopped by its audit", _declared("write: append\n" + ANY.replace("90 %", "0 %")), stopped=True),
    )


def _plain(columns: str) -> str:
    """Without partitions of its own."""
    return columns.replace("partition: [day(at)]\n", "")


def _declared(orders: str, come: str = FILES) -> dict[str, str]:
    return {
        "platform/mesh.yaml": MESH,
        "domains/shop/domain.yaml": "description: A shop.\nowner: shop@example.org\n",
        "domains/shop/sources.yaml": "crm: {by: dms, engine: postgres, secret: crm/reader}\nweb: {by: stream}\n",
        f"{PRODUCT}/product.yaml": "description: What was ordered.\nstatus: draft\n",
        f"{PRODUCT}/ingest/orders.yaml": come + orders,
    }


def _daily(write: str, more: str, where: str) -> dict[str, str]:
    return {
        f"{PRODUCT}/transform/daily.yaml": DAILY.format(write=write, more=more),
        f"{PRODUCT}/transform/daily.sql": SUM.format(where=where),
    }


def _repeats(seed: int) -> Scene:
    come = "description: Orders.\nfrom: {source: web, table: orders}\n"
    declared = _declared("write: append\nrepeats: {drop: 3 days, by: at}\n" + KEY + ANY, come)
    first, second, third = ({f"shop/web/orders/2024/01/0{n + 1}/00/{n}": contents.events(seed, n)} for n in range(3))
    return Scene("repeats over a span", declared, first, second, third, settles=True)


def _cdc(seed: int, name: str, before: Mapping[str, int], killed: Mapping[str, int]) -> Scene:
    def lies(files: Mapping[str, int]) -> dict[str, str]:
        make = {True: contents.full, False: contents.changes}
        return {f"shop/crm/sales/orders/{path}": make["LOAD" in path](seed, n) for path, n in files.items()}

    declared = _declared(KEY + ANY, "description: Orders.\nfrom: {source: crm, table: sales.orders}\n")
    return Scene(name, declared, lies(before), lies(killed), lies({"20240103-000000000.csv": 3}), settles=True)
