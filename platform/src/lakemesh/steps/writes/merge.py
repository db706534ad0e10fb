"""merge: by key, the newest version wins, in the batch and against the table."""

from lakemesh.engine.change import Everything, Keys, Where
from lakemesh.mesh.contract import Contract, Merge
from lakemesh.sql import quote
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.judged import Judged
from lakemesh.steps.writes.keyed import Keyed, settle
from lakemesh.steps.writes.result import columns, select

TURN = "_turn"
"""Where nothing in a row says which version is newer: the run that took its file in, by which what is replayed is told
from what came since."""


def merge(judged: Judged, files: tuple[str, ...] | None, anew: bool, turns: str = "") -> Draft:
    """`files`: what the rows came from, None of a SELECT; `anew`: the table is made again, and met by nothing.
    `turns`: of a replay, a relation of files (`_path`) and `_turn`, which its rows have as well."""
    contract = judged.contract
    assert isinstance(contract.write, Merge)
    write = contract.write
    buries = bool(write.deletes and write.newest)
    how = Keyed(
        newest=write.newest or (TURN if turns else None),
        delete=f"({write.deletes})" if write.deletes else None,
        known="unchanged",
        over=True,
        base=None if anew else _base(contract, turns),
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


def _base(contract: Contract, turns: str) -> str:
    table = quote.table(contract.table)
    return f"(select t.*, v.{TURN} from {table} t left join {turns} v on v._path = t._source_file)" if turns else table
