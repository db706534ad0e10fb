"""A small mesh of three domains, of which a test says only what is different."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from lakemesh.declare.names import TableName
from lakemesh.declare.tree import Tree
from lakemesh.engine.duckdb.describe import describe
from lakemesh.errors import Mistake
from lakemesh.mesh.check import check
from lakemesh.mesh.contract import Contract
from lakemesh.mesh.mesh import Mesh, read

TODAY = date(2026, 6, 1)

FILES = {
    "platform/mesh.yaml": """
        lakemesh: 1
        name: acme
        tags: {cost_center: data}
        defaults: {keep: 3 years, max_bad: 5 %}
        maintenance: {snapshots: 7 days, keep_deletes: 10 days, small_files: 20}
    """,
    "domains/film/domain.yaml": """
        description: Films.
        owner: film@example.org
        steward: librarian@example.org
        team: "@acme/film"
    """,
    "domains/film/catalog/product.yaml": """
        description: Films, one row each.
        publishes: [film]
        status: published
        fresh: 26 hours
    """,
    "domains/film/catalog/readers.yaml": """
        streaming: {why: Joins titles to views., tables: all}
    """,
    "domains/film/catalog/ingest/film.yaml": """
        description: One row per film.
        from: sakila/film/*.csv
        write: replace
        key: [film_id]
        columns:
          film_id: {type: int, description: Number of the film.}
          title: {type: string not null, description: Its title., term: Title}
          length: {type: int, description: How long it is., unit: minutes, range: 1..}
    """,
    "domains/film/catalog/ingest/actor.yaml": """
        from: sakila/actor/*.csv
        write: append
        columns:
          actor_id: int
          name: {type: string, classification: personal}
          born: date
    """,
    "domains/crm/domain.yaml": """
        description: Customers.
        owner: crm@example.org
    """,
    "domains/crm/sources.yaml": """
        shop: {by: dms, engine: postgres, secret: crm/reader}
        clicks: {by: stream, flush: 60 seconds}
    """,
    "domains/crm/people/product.yaml": """
        description: Customers, one row each.
        publishes: [customer]
        status: published
    """,
    "domains/crm/people/readers.yaml": """
        streaming:
          why: Counts views.
          until: 2026-12-31
          tables:
            customer: {show: [name], hide: [notes]}
    """,
    "domains/crm/people/ingest/customer.yaml": """
        description: One row per customer.
        from: {source: shop, table: public.customer}
        key: [customer_id]
        order: changed_at
        deletes: mark
        extra: store
        columns:
          customer_id: {type: bigint, description: Number of the customer., classification: internal}
          name: {type: string, description: Full name., classification: personal}
          phone: {type: string, description: Number to call., classification: personal}
          notes: {type: string, description: What was said., classification: internal}
          changed_at: {type: timestamp, description: When it changed., classification: internal}
    """,
    "domains/streaming/domain.yaml": """
        description: Views.
        owner: streaming@example.org
    """,
    "domains/streaming/views/product.yaml": """
        description: Who looks at what.
        publishes: [view_titles]
        status: published
    """,
    "domains/streaming/views/ingest/watch.yaml": """
        from: watch/*.jsonl
        write: append
        columns:
          film_id: int
          customer_id: bigint
          seen_at: timestamp
          price: decimal(6,2)
    """,
    "domains/streaming/views/transform/view_titles.yaml": """
        description: One row per view, with the title.
        write: replace
        columns:
          seen_at: {description: When it was seen.}
          euro: {type: "decimal(8,2)", description: What was paid.}
    """,
    "domains/streaming/views/transform/view_titles.sql": """
        select f.film_id, f.title, v.seen_at, v.price * 2 as euro
        from watch v
        join film.film f on f.film_id = v.film_id
    """,
}


def plain(text: str) -> str:
    """The text without the indentation that all its lines share."""
    lines = text.strip("\n").rstrip().splitlines()
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] for line in lines) + "\n"


def tree(root: Path, changes: Mapping[str, str | None] | None = None) -> Tree:
    """The mesh with some files changed, or taken out."""
    for path, text in {**FILES, **(changes or {})}.items():
        if text is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(plain(text), encoding="utf-8")
    return Tree(root)


def mesh(root: Path, changes: Mapping[str, str | None] | None = None, *tables: str) -> Mesh:
    asked = [TableName.parse(table) for table in tables] or None
    return read(tree(root, changes), describe, asked, TODAY)


def contract(root: Path, table: str, changes: Mapping[str, str | None] | None = None) -> Contract:
    return mesh(root, changes, table).contracts[TableName.parse(table)]


def mistakes(root: Path, changes: Mapping[str, str | None] | None = None, today: date = TODAY) -> tuple[Mistake, ...]:
    return check(tree(root, changes), describe, None, today)
