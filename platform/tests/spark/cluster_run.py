"""One run of a shop on a cluster, in a process of its own: the cluster's address and the folder are its arguments."""

import json
import os
import sys
from pathlib import Path

from lakemesh.cli.engines import pinned
from lakemesh.engine.engine import Engine
from lakemesh.engine.spark.session import Machine, begin
from lakemesh.engine.spark.spark import Spark
from lakemesh.lake.lake import Lake
from repository_files import ROOT
from steps_world import Shop

ORDERS = """
description: Orders.
from: in/*.csv
write: append
columns:
  id: int
  day: date
  amount: decimal(10,2)
max_bad: 5 %
"""
DAILY = """
description: Orders per day.
write: replace
key: [day]
columns:
  day: date
  amount: decimal(20,2)
  rows: bigint
"""
SUM = "select day, sum(amount) as amount, count(*) as rows from orders group by day\n"


def main() -> None:
    master, root = sys.argv[1], Path(sys.argv[2])
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    machine = Machine(pinned(ROOT), 1 << 30, root / "scratch", cores=2, master=master)
    session = begin(machine)

    def engine(lake: Lake) -> Engine:
        return Spark(lake, session, machine.reader, machine.scratch)

    shop = Shop(root)
    shop.engine = engine  # type: ignore[method-assign]
    shop.ingest("orders", ORDERS)
    shop.transform("daily", DAILY, SUM)
    print("begins", flush=True)
    ran = shop.run()
    said = {turn.table.table: [turn.state, turn.accounts.as_json(), turn.note] for turn in ran.tables}
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
