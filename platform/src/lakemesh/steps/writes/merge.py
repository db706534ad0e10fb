"""merge: by key, the newest version wins, in the batch and against the table."""

from lakemesh.engine.change import Everything, Keys, Where
from lakemesh.mesh.contract import Merge
from lakemesh.sql import quote
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.judged import Judged
from lakemesh.steps.writes.keyed import Keyed, settle
from lakemesh.steps.writes.result import columns, select


def merge(judged: Judged, files: tuple[str, ...] | None, anew: bool) -> Draft:
    """`files`: what the rows came from, None of a SELECT; `anew`: the table is made again, and met by nothing."""
    contract = judged.contract
    assert isinstance(contract.write, Merge)
    write = contract.write
    buries = bool(write.deletes and write.newest)
    how = Keyed(
        newest=write.newest,
        delete=f"({write.deletes})" if write.deletes else None,
        known="unchanged",
        over=True,
        base=None if anew else quote.table(contract.table),
        buried=quote.table(contract.table.deletes) if buries and not anew else None,
    )
    chosen = columns(judged)
    if buries:
        chosen = (
            *chosen,
            f"{quote.name(write.newest or '')} as _sequence",
            f"{quote.literal(judged.now)} as _deleted_at",
        )
    keys = Keys(contract.key, frozenset({"updated", "deleted"}))
    aside = Everything() if files is None or anew else Where("_source_file", among=files)
    takes = frozenset({"inserted", "updated"})
    return Draft(select(judged, settle(judged, how, chosen)), takes, Everything() if anew else keys, aside, buries)  # type: ignore[arg-type]
