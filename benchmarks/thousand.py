"""A repository of many products, to measure how long reading it takes:
python -m benchmarks.thousand FOLDER [--products 1000]"""

import argparse
from pathlib import Path

PER_DOMAIN = 20

_MESH = """\
lakemesh: 1
name: acme
timezone: UTC
memory: 2 GB
zones: {landing: landing, clean: clean, curated: curated}
environments:
  dev: {account: "111111111111", region: eu-west-1, schedules: off}
"""
_DOMAIN = """\
description: Orders of region {number}.
owner: region-{number}@example.org
steward: steward-{number}@example.org
"""
_PRODUCT = """\
description: What customers of branch {number} ordered.
publishes: [order_{number}, day_{number}]
status: published
start: daily at 05:30
fresh: 26 hours
"""
_READERS = """\
{reader}:
  why: Compares its own branches with these.
  tables:
    day_{number}: {{hide: [lowest]}}
    order_{number}: {{hide: [email]}}
"""
_INGEST = """\
description: One row per order of branch {number}.
from: orders/*.csv
write: append
key: [id]
partition:
- month(ordered)
columns:
  id: {{type: bigint, description: Number of the order.}}
  ordered: {{type: timestamp not null, description: When it was ordered.}}
  customer: {{type: string not null, description: Number of the customer., length: ..40}}
  email: {{type: string, description: Where the customer is written to., classification: personal}}
  channel: {{type: string, description: How it was ordered., one_of: [web, shop, phone]}}
  quantity: {{type: int not null, description: How many., range: 1..1000}}
  price: {{type: "decimal(12,2)", description: Of one., range: 0..100000, unit: EUR}}
  discount: {{type: double, description: Part that is taken off., range: 0..1}}
  country: {{type: string, description: Where it goes., matches: "[A-Z]{{2}}"}}
  note: {{type: string, description: What the customer wrote.}}
"""
_TRANSFORM = """\
description: One row per day and channel of branch {number}, beside those of another branch.
write: replace
key: [day, channel]
columns:
  day: {{description: The day of the orders.}}
  channel: {{type: string not null, description: How they were ordered.}}
  orders: {{type: bigint not null, description: How many orders there were., range: 0..}}
  customers: {{description: How many customers ordered.}}
  revenue: {{description: What they paid., unit: EUR}}
  highest: {{description: The highest price of one order.}}
  lowest: {{description: The lowest price of one order.}}
  others: {{description: What the other branch took on that day.}}
"""
_FIRST = """\
select to_date(o.ordered) as day, coalesce(o.channel, 'unknown') as channel,
  count(*) as orders, count(distinct o.customer) as customers,
  sum(o.quantity * o.price * (1 - coalesce(o.discount, 0))) as revenue,
  max(o.price) as highest, min(o.price) as lowest, cast(null as double) as others
from order_{number} o
where o.quantity > 0
group by to_date(o.ordered), coalesce(o.channel, 'unknown')
"""
_SELECT = """\
with own as (
  select to_date(o.ordered) as day, coalesce(o.channel, 'unknown') as channel,
    count(*) as orders, count(distinct o.customer) as customers,
    sum(o.quantity * o.price * (1 - coalesce(o.discount, 0))) as revenue,
    max(o.price) as highest, min(o.price) as lowest
  from order_{number} o
  where o.quantity > 0
  group by to_date(o.ordered), coalesce(o.channel, 'unknown')
)
select own.day, own.channel, own.orders, own.customers, own.revenue, own.highest, own.lowest,
  case when own.revenue > 0 then coalesce(d.revenue, 0) / own.revenue end as others
from own
left join {other} d on d.day = own.day and d.channel = own.channel
"""


def write(root: Path, products: int) -> None:
    """That many products below a root: each an ingest, and a SELECT over it and what the product before it publishes:
    chains of forty, over two domains."""
    _file(root / "platform/mesh.yaml", _MESH)
    for number in range(products):
        domain = number // PER_DOMAIN
        if number % PER_DOMAIN == 0:
            _file(root / f"domains/region_{domain}/domain.yaml", _DOMAIN.format(number=domain))
        home = root / f"domains/region_{domain}/branch_{number}"
        before = f"region_{(number - 1) // PER_DOMAIN}.day_{number - 1}"
        select = _SELECT if number % (2 * PER_DOMAIN) else _FIRST
        _file(home / "product.yaml", _PRODUCT.format(number=number))
        _file(home / f"ingest/order_{number}.yaml", _INGEST.format(number=number))
        _file(home / f"transform/day_{number}.yaml", _TRANSFORM.format(number=number))
        _file(home / f"transform/day_{number}.sql", select.format(number=number, other=before))
        last = number + 1 < products and (number + 1) // PER_DOMAIN > domain
        if last:
            _file(home / "readers.yaml", _READERS.format(number=number, reader=f"region_{domain + 1}"))


def _file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m benchmarks.thousand", description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--products", type=int, default=1000)
    said = asked.parse_args()
    write(said.folder, said.products)
