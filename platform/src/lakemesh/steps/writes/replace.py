"""replace: all of it, every time. Of arrivals, exactly the files that now match; of a SELECT, all it yields."""

from lakemesh.engine.change import Everything
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.judged import Judged
from lakemesh.steps.writes.keyed import Keyed, settle
from lakemesh.steps.writes.result import columns, plain, select


def replace(judged: Judged) -> Draft:
    text = settle(judged, Keyed(), columns(judged)) if judged.contract.key else plain(judged)
    return Draft(select(judged, text), frozenset({"inserted"}), Everything(), Everything())
