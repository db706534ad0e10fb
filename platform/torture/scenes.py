"""What is tortured: one scene a kind of write, with what is there before, what is killed, and what lands meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Literal, TypeAlias

Act: TypeAlias = Literal["run", "run held", "run replace file", "replay", "rollback"]
MESH = """\
lakemesh: 1
name: acme
timezone: Europe/Amsterdam
memory: 1 GB
zones: {landing: landing, clean: clean, curated: curated}
environments:
  dev: {account: "111111111111", region: eu-west-1, schedules: off}
"""
PRODUCT = "domains/shop/orders"
ROWS = 60
DAYS = 6
FILES = "description: Orders.\nfrom: in/*.csv\n"
KEY = "key: [id]\n"
COLUMNS = "partition: [day(at)]\nmax_bad: 90 %\ncolumns:\n  id: int\n  amount: {amount}\n  at: timestamp\n"
ANY = COLUMNS.format(amount="int")
FEW = COLUMNS.format(amount="{type: int, range: 0..40}")
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


@dataclass(frozen=True, slots=True)
class Scene:
    """`acts` are killed, and done again. `declared`: the repository; `later`: what of it changes before the acts.
    `landed`, `there`, `more`: files of the undisturbed run before, of the acts, of the restart. `settles`: which file a
    row is counted to depends on what was taken together; `stopped`: the audit lets nothing of the acts be published."""

    name: str
    declared: Mapping[str, str]
    landed: Mapping[str, str]
    there: Mapping[str, str]
    more: Mapping[str, str]
    acts: tuple[Act, ...] = ("run",)
    later: Mapping[str, str] = field(default_factory=dict)
    settles: bool = False
    stopped: bool = False
    tables: tuple[str, ...] = ("orders",)


def scenes(seed: int) -> tuple[Scene, ...]:
    """All kinds of write, on files that this seed makes."""
    first, second, third = (_csv(seed, number) for number in range(3))
    landed = {"shop/orders/in/0.csv": first}
    there = {"shop/orders/in/1.csv": second}
    more = {"shop/orders/in/2.csv": third}
    loose = _declared(FILES + "write: append\n" + ANY)

    def scene(name: str, declared: Mapping[str, str], **words: object) -> Scene:
        return Scene(name, declared, landed, there, more, **words)  # type: ignore[arg-type]

    merge = _declared(FILES + 'write: merge\nnewest: at\ndeletes: {when: "amount = 0"}\n' + KEY + ANY)
    return (
        scene("append", loose),
        scene("append with a key", _declared(FILES + "write: append\n" + KEY + ANY), settles=True),
        scene("replace", _declared(FILES + "write: replace\n" + ANY)),
        scene("merge with deletes", merge, settles=True),
        _cdc(seed, "cdc after a full load", {"LOAD00000001.csv": 0}, {"20240102-000000000.csv": 2}),
        _cdc(seed, "cdc reloaded", {"LOAD00000001.csv": 0, "20240102-000000000.csv": 2}, {"LOAD00000001.csv": 1}),
        Scene("a changed file", loose, landed, {"shop/orders/in/0.csv": second}, more, ("run replace file",)),
        scene("window", {**loose, **_daily("window", "time: day\npartition: [day(day)]\n", SPAN)}, tables=_BOTH),
        scene("transform replace", {**loose, **_daily("replace", "", "")}, tables=_BOTH),
        scene("transform merge", {**loose, **_daily("merge", "", "")}, tables=_BOTH),
        scene("replay", _declared(FILES + "write: append\n" + FEW), later=loose, acts=("replay", "run"), settles=True),
        scene("rollback and release", loose, acts=("rollback", "run held")),
        scene("stopped by its audit", _declared(FILES + "write: append\n" + ANY.replace("90 %", "0 %")), stopped=True),
    )


_BOTH = ("orders", "daily")


def _declared(orders: str) -> dict[str, str]:
    return {
        "platform/mesh.yaml": MESH,
        "domains/shop/domain.yaml": "description: A shop.\nowner: shop@example.org\n",
        "domains/shop/sources.yaml": "crm: {by: dms, engine: postgres, secret: crm/reader}\n",
        f"{PRODUCT}/product.yaml": "description: What was ordered.\nstatus: draft\n",
        f"{PRODUCT}/ingest/orders.yaml": orders,
    }


def _daily(write: str, more: str, where: str) -> dict[str, str]:
    return {
        f"{PRODUCT}/transform/daily.yaml": DAILY.format(write=write, more=more),
        f"{PRODUCT}/transform/daily.sql": SUM.format(where=where),
    }


def _csv(seed: int, number: int) -> str:
    """Rows of one file. Times are unique over all files, so that which of two versions is newer is never open; files
    overlap in their keys; a few rows do not fit."""
    random = Random(f"{seed} {number}")
    return "id,amount,at\n" + "".join(_row(random, number, n) for n in range(ROWS))


def _row(random: Random, number: int, n: int) -> str:
    if number and n % 15 == 7:
        return f"x{n},1,2024-01-01 00:00:00\n"
    at = f"2024-01-{1 + random.randrange(DAYS):02} 12:{n:02}:{number:02}"
    return f"{random.randrange(ROWS) + 20 * number},{random.choice([0, 3, 9, 41, 50])},{at}\n"


def _changes(seed: int, number: int) -> str:
    random = Random(f"{seed} {number}")
    return "Op,id,amount,at\n" + "".join(f"{random.choice('IUUD')},{_row(random, number, n)}" for n in range(ROWS))


def _full(seed: int, number: int) -> str:
    random = Random(f"{seed} {number}")
    rows = (_row(random, 0, n).partition(",")[2] for n in range(ROWS))
    return "id,amount,at\n" + "".join(f"{n},{row}" for n, row in enumerate(rows))


def _cdc(seed: int, name: str, before: Mapping[str, int], killed: Mapping[str, int]) -> Scene:
    def lies(files: Mapping[str, int]) -> dict[str, str]:
        make = {True: _full, False: _changes}
        return {f"shop/crm/sales/orders/{path}": make["LOAD" in path](seed, n) for path, n in files.items()}

    declared = _declared("description: Orders.\nfrom: {source: crm, table: sales.orders}\n" + KEY + ANY)
    more = lies({"20240103-000000000.csv": 3})
    return Scene(name, declared, lies(before), lies(killed), more, settles=True)
