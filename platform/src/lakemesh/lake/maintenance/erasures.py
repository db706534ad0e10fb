"""The record of an erasure: who, why, when. The condition names a person: it is kept until it is carried out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from lakemesh.declare.names import TableName
from lakemesh.lake.store import Store


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure. `where` is None once it is done."""

    id: str
    table: TableName
    why: str
    who: str
    began: datetime
    where: str | None
    digest: str
    ended: datetime | None = None
    rows: Mapping[str, int] | None = None


def begun(id: str, table: TableName, where: str, why: str, who: str, at: datetime) -> Erasure:
    """Not carried out yet."""
    return Erasure(id, table, why, who, at, where, sha256(where.encode()).hexdigest())


def write(store: Store, erasure: Erasure) -> str:
    """Its path."""
    path = f"_erasures/{erasure.table.domain}/{erasure.table.table}/{erasure.id}.json"
    value = {
        "id": erasure.id,
        "table": str(erasure.table),
        "why": erasure.why,
        "who": erasure.who,
        "began": erasure.began.isoformat(),
        "where": erasure.where,
        "where_sha256": erasure.digest,
        "ended": erasure.ended.isoformat() if erasure.ended else None,
        "rows": dict(erasure.rows) if erasure.rows is not None else None,
    }
    store.write(path, json.dumps(value, indent=1).encode(), over=True)
    return path


def unfinished(store: Store) -> list[tuple[str, str]]:
    """Table and record of every erasure that died on the way."""
    found = []
    for file in store.list("_erasures/*/*/*.json"):
        value = json.loads(store.read(file.path))
        if value["ended"] is None:
            found.append((value["table"], file.path))
    return found


def erased(store: Store, table: TableName) -> bool:
    """Whether anything was ever erased from that table."""
    return any(True for _ in store.list(f"_erasures/{table.domain}/{table.table}/*.json"))


def same(store: Store, table: TableName, where: str) -> list[str]:
    """Records of the same erasure that died on the way."""
    return [
        file.path
        for file in store.list(f"_erasures/{table.domain}/{table.table}/*.json")
        if (value := json.loads(store.read(file.path)))["ended"] is None and value["where"] == where
    ]
