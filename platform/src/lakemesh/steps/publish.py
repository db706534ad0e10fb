"""The ledger, then the commit that moves main: what readers see changes here and nowhere else."""

from collections.abc import Mapping
from datetime import datetime

from lakemesh.lake.ledger import Ledger
from lakemesh.lake.publication import Publication
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.mesh.contract import Contract, DailyCopy, Window, contract_hash
from lakemesh.quality.verdict import Verdict
from lakemesh.steps.transform import sql_hash
from lakemesh.steps.work import Work
from lakemesh.steps.world import World
from lakemesh.steps.writes.daily_copy import day


def publish(
    world: World,
    contract: Contract,
    branch: Branch,
    audited: Snapshot,
    work: Work,
    ledger: Ledger | None,
    verdict: Verdict,
) -> Snapshot:
    """main := the audited snapshot. Raises Moved."""
    before = world.lake.properties(contract.table)
    note = Publication(
        run=branch.run,
        ledger=ledger,
        inputs=work.pins,
        sql_hash=before.get("lakemesh.sql", "") if work.partial else sql_hash(contract),
        contract_hash=before.get("lakemesh.contract", "") if work.partial else contract_hash(contract),
        verdict=verdict.word,
        at=world.clock(),
        properties=_properties(before, contract, work),
    )
    return world.lake.publish(branch, audited, note)


def publish_beside(world: World, branch: Branch, head: Snapshot, now: datetime) -> None:
    """A quarantine's, or a table of deletes': no ledger, no verdict of its own."""
    if head.id != branch.base.id:
        world.lake.publish(branch, head, Publication(branch.run, None, {}, "", "", "", now, {}))


def _properties(before: Mapping[str, str], contract: Contract, work: Work) -> Mapping[str, str]:
    if isinstance(contract.write, DailyCopy):
        return {"lakemesh.copied_on": str(day(work.times.now))}
    if not isinstance(contract.write, Window) or work.times.until is None or work.partial:
        return {}
    known = before.get("lakemesh.until")
    until = max(work.times.until, datetime.fromisoformat(known)) if known else work.times.until
    return {"lakemesh.until": until.isoformat()}
