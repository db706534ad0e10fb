"""append: each file once. With a key, a row that the table has already is dropped and counted."""

from lakemesh.engine.change import Everything, Where
from lakemesh.mesh.contract import Contract
from lakemesh.sql import quote
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.judged import Judged
from lakemesh.steps.writes.keyed import Keyed, settle
from lakemesh.steps.writes.result import columns, plain, select
from lakemesh.steps.writes.spanned import spanned


def append(judged: Judged, files: tuple[str, ...], replaces: tuple[str, ...], anew: bool) -> Draft:
    """`replaces`: files whose earlier rows are taken out first; `anew`: the table is made again, and met by nothing."""
    contract = judged.contract
    remove = Everything() if anew else Where("_source_file", among=replaces) if replaces else None
    base = None if anew else _base(contract, replaces)
    if contract.within:
        text = spanned(judged, base)
    elif contract.key:
        text = settle(judged, Keyed(base=base), columns(judged))
    else:
        text = plain(judged)
    aside = Everything() if anew else Where("_source_file", among=files)
    return Draft(select(judged, text), frozenset({"inserted"}), remove, aside)


def _base(contract: Contract, replaces: tuple[str, ...]) -> str:
    table = quote.table(contract.table)
    if not replaces:
        return table
    gone = ", ".join(quote.literal(path) for path in replaces)
    return f"(select * from {table} where _source_file not in ({gone}))"
