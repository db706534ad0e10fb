"""daily_copy: all of it, once a day, beside the copies of other days. A second run of a day makes that day's again."""

from datetime import UTC, date, datetime, timedelta

from lakemesh.engine.change import Everything, Where
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.judged import Judged
from lakemesh.steps.writes.keyed import Keyed, settle
from lakemesh.steps.writes.result import columns, plain, select


def day(now: datetime) -> date:
    """The day of a copy that is made now, in UTC."""
    return now.astimezone(UTC).date()


def daily_copy(judged: Judged) -> Draft:
    """What is set aside is of the newest copy alone: the same rows would be there once a day."""
    text = settle(judged, Keyed(), columns(judged)) if judged.contract.key else plain(judged)
    today = day(judged.now)
    mine = Where("copied_on", since=today, until=today + timedelta(days=1))
    return Draft(select(judged, text), frozenset({"inserted"}), mine, Everything())
