"""A small repository for the tests of the command line: one domain, a product of orders, another that reads them."""

from pathlib import Path

FILES = {
    "platform/mesh.yaml": """\
lakemesh: 1
name: acme
timezone: Europe/Amsterdam
memory: 1 GB
zones: {landing: landing, clean: clean, curated: curated}
environments:
  dev: {account: "111111111111", region: eu-west-1}
defaults:
  keep: 3 years
  max_bad: 50 %
""",
    "domains/shop/domain.yaml": """\
description: What the shop sells.
owner: shop@example.org
steward: steward@example.org
team: "@acme/shop"
""",
    "domains/shop/orders/product.yaml": """\
description: Orders, one row per order.
publishes: [order_line]
status: published
start: daily at 06:30
fresh: 26 hours
""",
    "domains/shop/orders/ingest/order_line.yaml": """\
description: One row per line of an order.
from: daily/*.csv
write: append
key: [id]
columns:
  id:
    type: int
    description: Number of the line.
  item:
    type: string not null
    description: What was ordered.
  amount:
    type: decimal(10,2)
    range: 0..
    description: What it cost.
""",
    "domains/shop/orders/sample/order_line.csv": "id,item,amount\n1,tea,2.50\n2,cake,4.00\n",
    "domains/shop/orders/tests/a_line_is_kept/given/shop.order_line.csv": "id,item,amount\n1,tea,2.50\n",
    "domains/shop/orders/tests/a_line_is_kept/expect/shop.order_line.csv": "id,item,amount\n1,tea,2.50\n",
    "domains/shop/sales/product.yaml": """\
description: Sales per item.
publishes: [item_sales]
status: published
start: inputs
fresh: 26 hours
""",
    "domains/shop/sales/transform/item_sales.yaml": """\
description: One row per item.
write: replace
key: [item]
columns:
  item:
    description: What was ordered.
  sold:
    type: bigint
    description: How many lines.
  amount:
    type: decimal(20,2)
    description: What they cost together.
""",
    "domains/shop/sales/transform/item_sales.sql": """\
select item, count(*) as sold, sum(amount) as amount
from order_line
group by item
""",
}


def shop(root: Path) -> Path:
    """Writes the repository; its root."""
    for path, text in FILES.items():
        write(root, path, text)
    return root


def land(root: Path, name: str, text: str) -> None:
    """A file of order lines arrives."""
    write(root, f".lake/landing/shop/orders/daily/{name}", text)


def write(root: Path, path: str, text: str) -> None:
    """One file below the root."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
