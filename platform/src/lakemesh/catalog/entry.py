"""One entry a table: what the catalogue says of it, all of it derived from its contract and its own metadata."""

import json

from lakemesh.declare.names import TableName
from lakemesh.lake.lake import Lake
from lakemesh.mesh.contract import Contract


def path(table: TableName) -> str:
    """Where the entry lies below the lake's root."""
    return f"_catalog/{table.domain}/{table.table}.json"


def register(lake: Lake, contract: Contract) -> None:
    """Writes the entry again. Any later run writes the same, so one that was lost is no loss."""
    lake.store.write(
        path(contract.table), json.dumps(entry(lake, contract), indent=1, ensure_ascii=False).encode(), over=True
    )


def entry(lake: Lake, contract: Contract) -> dict[str, object]:
    """What its contract tells of it, what its last publish told (inputs, run, verdict), and what readers see now."""
    said = lake.properties(contract.table)
    head = lake.head(contract.table)
    return {
        "table": str(contract.table),
        "product": str(contract.product),
        "zone": contract.zone,
        "description": contract.description,
        "owner": contract.owner,
        "steward": contract.steward,
        "status": contract.status,
        "published": contract.published,
        "key": list(contract.key),
        "columns": [
            {
                "name": column.name,
                "type": str(column.type),
                "description": column.description,
                "classification": column.classification,
                **({"term": column.term} if column.term else {}),
                **({"unit": column.unit} if column.unit else {}),
            }
            for column in contract.columns
        ],
        "reads": [str(name) for name in contract.reads],
        "inputs": json.loads(said.get("lakemesh.inputs") or "{}"),
        "run": said.get("lakemesh.run", ""),
        "verdict": said.get("lakemesh.verdict", ""),
        "published_at": said.get("lakemesh.published_at", ""),
        "snapshot": head.id if head else None,
        "rows": lake.rows(head) if head else 0,
    }
