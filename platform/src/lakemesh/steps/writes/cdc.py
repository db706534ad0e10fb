"""cdc: a log of changes is applied in its own order; what is late is ignored, and what was deleted stays so."""

from lakemesh.engine.change import Everything, Keys, Where
from lakemesh.lake.accounts import Fate
from lakemesh.mesh.contract import Cdc
from lakemesh.sql import quote
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.judged import Judged
from lakemesh.steps.writes.keyed import Keyed, settle
from lakemesh.steps.writes.result import columns, select


def cdc(judged: Judged, files: tuple[str, ...], anew: bool) -> Draft:
    """`anew`: a full load, or a rebuild: the table is made again from these files alone."""
    contract = judged.contract
    assert isinstance(contract.write, Cdc)
    marks = contract.write.deletes == "mark"
    how = Keyed(
        newest="_sequence",
        delete="_op = 'D'",
        known="unchanged",
        over=True,
        settled=True,
        base=None if anew else quote.table(contract.table),
        buried=None if anew or marks else quote.table(contract.table.deletes),
    )
    chosen = (*columns(judged), f"{quote.literal(judged.now)} as _deleted_at")
    takes: frozenset[Fate] = frozenset({"inserted", "updated", "deleted"} if marks else {"inserted", "updated"})
    remove = Everything() if anew else Keys(contract.key, frozenset({"updated", "deleted"}))
    aside = Everything() if anew else Where("_source_file", among=files)
    return Draft(select(judged, settle(judged, how, chosen)), takes, remove, aside, buries=not marks)
