"""Rows of a key that came once take a shorter way: what becomes of all is as if every row had been put in order."""

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from lakemesh.declare.names import TableName
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Cdc, Contract
from lakemesh.sql import quote
from lakemesh.steps.ingest import by_write
from lakemesh.steps.world import World
from lakemesh.steps.writes.judged import Judged, landed, own
from steps_world import Shop, counts

ORDERS = TableName("shop", "orders")
HEADER = "id,part,amount,at,op,nr"
COLUMNS = """
max_bad: 100 %
extra: ignore
columns:
  id: int not null
  part: string not null
  amount: decimal(6,2)
  at: timestamp
"""
WRITES = {
    "append": "from: in/*.csv\nwrite: append\nkey: [id, part]\n",
    "append, drop": "from: in/*.csv\nwrite: append\nkey: [id, part]\nrepeats: drop\n",
    "merge": "from: in/*.csv\nwrite: merge\nkey: [id, part]\n",
    "merge, newest": "from: in/*.csv\nwrite: merge\nkey: [id, part]\nnewest: at\n",
    "merge, deletes": 'from: in/*.csv\nwrite: merge\nkey: [id, part]\nnewest: at\ndeletes: {when: "amount = 0"}\n',
    "cdc": "from: in/*.csv\nwrite: cdc\nkey: [id, part]\nop: op\n",
    "cdc, ordered": "from: in/*.csv\nwrite: cdc\nkey: [id, part]\nop: op\norder: nr\n",
    "cdc, marks": "from: in/*.csv\nwrite: cdc\nkey: [id, part]\nop: op\norder: nr\ndeletes: mark\n",
}


def some(seed: random.Random, rows: int, ids: int) -> str:
    """Rows of few keys; some are no rows, some have a bad cell, some come twice."""
    lines = [HEADER]
    for number in range(rows):
        if number > 1 and seed.random() < 0.15:
            lines.append(seed.choice(lines[1:]))
            continue
        key = seed.choice(["", "x", *map(str, range(ids))]) if seed.random() < 0.2 else str(seed.randrange(ids))
        at = f"2026-01-0{seed.randint(1, 3)} 10:00:00" if seed.random() < 0.9 else ""
        cells = [key, seed.choice("ab"), seed.choice(["0", "1.5", "1.50", "2", "many"]), at]
        cells += [seed.choice(["I", "U", "U", "D", "?"]), str(seed.randint(1, 40))]
        lines.append(",".join(cells if seed.random() < 0.97 else cells[:2]))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_rows_fare_as_if_all_were_put_in_order(tmp_path: Path, write: str) -> None:
    seed = random.Random(write)
    shop = Shop(tmp_path)
    shop.ingest("orders", "description: Orders.\n" + write + COLUMNS)
    shop.land("shop/orders/in/1.csv", some(seed, 40, 30))
    ran = shop.run()
    assert counts(ran, "orders").get("quarantined"), [turn.note for turn in ran.tables]
    world = shop.world()
    contract = world.mesh.contracts[ORDERS]
    numbered = isinstance(contract.write, Cdc)
    heads = {name: world.lake.head(name) for name in (ORDERS, ORDERS.deletes)}
    inputs: dict[TableName, Snapshot | Landed] = {name: head for name, head in heads.items() if head is not None}
    judged = landed(contract, shop.now, "run", quote.table(ORDERS.landed), numbered)
    assert judged.again

    def fares(rows: Judged) -> list[Mapping[str, object]]:
        draft = by_write(rows, ("in/2.csv", "in/3.csv"), (), anew=False)
        found = [row for batch in world.engine.query(draft.rows, inputs) for row in batch.to_pylist()]
        return sorted(found, key=lambda row: sorted((name, str(value)) for name, value in row.items()))

    for _ in range(4):
        for file in ("2.csv", "3.csv"):
            shop.land(f"shop/orders/in/{file}", some(seed, 60, 40))
        inputs[ORDERS.landed] = arrived(world, contract, numbered)
        fast, whole = fares(judged), fares(replace(judged, keys="", again=""))
        assert fast == whole
        assert len({row["_fate"] for row in fast}) > 2


def arrived(world: World, contract: Contract, numbered: bool) -> Landed:
    files = [file for file in world.landing.list("shop/orders/in/*") if not file.path.endswith("1.csv")]
    names = {column.name: column.name for column in own(contract)} | ({"_op": "op", "_order": "nr"} if numbered else {})
    assert contract.arrival
    told = {file.path: tuple(HEADER.split(",")) for file in files}
    return Landed(tuple(files), contract.arrival.format, names, told, numbered)
