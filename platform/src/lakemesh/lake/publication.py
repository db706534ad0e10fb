"""What is said of a table in the commit that publishes it, and what was said before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lakemesh.declare.names import TableName
from lakemesh.lake import properties
from lakemesh.lake.ledger import Ledger


class Moved(Exception):
    """main is no longer what the branch was built on: look again, or do it again."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Goes into the publish commit. `ledger`: the new one; None leaves it as it is. `properties`: further ones."""

    run: str
    ledger: Ledger | None
    inputs: Mapping[TableName, int]
    sql_hash: str
    contract_hash: str
    verdict: str
    at: datetime
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Published:
    """One state that readers saw, or see. `held`: it was rolled back.
    `created`: the empty table before its first publish."""

    snapshot: int
    at: datetime
    run: str
    rows: int
    current: bool
    held: bool
    created: bool = False


def said(note: Publication, ledger: str) -> dict[str, str]:
    """The note as table properties."""
    return {
        **note.properties,
        properties.LEDGER: ledger,
        properties.RUN: note.run,
        properties.INPUTS: json.dumps({str(table): snapshot for table, snapshot in sorted(note.inputs.items())}),
        properties.SQL: note.sql_hash,
        properties.CONTRACT: note.contract_hash,
        properties.VERDICT: note.verdict,
        properties.PUBLISHED_AT: note.at.isoformat(),
    }
