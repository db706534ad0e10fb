"""What stands in a table's properties: what Lakemesh keeps there, and what follows from the contract."""

from collections.abc import Mapping

from lakemesh.mesh.contract import Contract

PRODUCT = "lakemesh.product"
LEDGER = "lakemesh.ledger"
RUN = "lakemesh.run"
INPUTS = "lakemesh.inputs"
SQL = "lakemesh.sql"
CONTRACT = "lakemesh.contract"
VERDICT = "lakemesh.verdict"
PUBLISHED_AT = "lakemesh.published_at"
DECLARED = "lakemesh.declared"
SHAPE_SINCE = "lakemesh.shape_since"
"""The sequence number since which all files have today's names and types."""

# In a snapshot's summary.
BASE = "lakemesh.base"
BASE_SEQUENCE = "lakemesh.base_sequence"
CREATED = "lakemesh.created"
SAME = "lakemesh.same"
"""Earlier snapshots that hold the same rows: this one only has them in other files."""

AT_CREATION: Mapping[str, str] = {
    "format-version": "2",
    "write.format.default": "parquet",
    "write.parquet.compression-codec": "zstd",
    # Our own commits are copy-on-write; so must Spark's be, because a laptop cannot write delete files.
    "write.delete.mode": "copy-on-write",
    "write.update.mode": "copy-on-write",
    "write.merge.mode": "copy-on-write",
    # Each commit writes the log of the ones before; what is older than these is for maintenance to remove.
    "write.metadata.previous-versions-max": "20",
}


def of(contract: Contract) -> dict[str, str]:
    """The properties that a table has because its contract says so."""
    words = {
        "comment": contract.description,
        "lakemesh.zone": contract.zone,
        "lakemesh.owner": contract.owner,
        "lakemesh.steward": contract.steward,
        "lakemesh.team": contract.team,
        "lakemesh.status": contract.status,
        "lakemesh.classification": contract.classification,
        "lakemesh.keep": contract.keep or "",
        "lakemesh.key": ",".join(contract.key),
        "lakemesh.retires": contract.retires or "",
        "lakemesh.replaced_by": contract.replaced_by or "",
    }
    declared = {name: value for name, value in words.items() if value}
    declared.update({f"lakemesh.meta.{name}": value for name, value in contract.meta.items()})
    declared.update(contract.properties)
    return {PRODUCT: str(contract.product), **declared, DECLARED: ",".join(sorted(declared))}


def outdated(now: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    """Names that an earlier contract declared and today's does not."""
    return [name for name in now.get(DECLARED, "").split(",") if name and name in now and name not in wanted]


RESTORED = (RUN, VERDICT, PUBLISHED_AT)
"""What a rollback puts back; see `Lake.rollback` for why not the rest."""
