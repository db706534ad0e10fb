"""Events as sentences: the same on a terminal and in a log."""

from lakemesh.cli.show.amounts import rows, seconds
from lakemesh.events import Noted, RunBegan, RunEnded, TableEnded, Waiting

MARKS = {"published": "✓", "done": "✓", "nothing new": "·", "stopped": "■", "failed": "✗", "skipped": "-"}


def run_began(event: RunBegan) -> str:
    tables = len(event.tables)
    return f"{event.product}: {tables} table{'' if tables == 1 else 's'}, run {event.run}"


def table_ended(event: TableEnded) -> str:
    """`published, 12 rows read, 2 quarantined in 0.4 s`: how it ended, without the table's name. Why something was not
    published stands at the end of the run, with what to do."""
    told: list[str] = [event.state]
    if event.accounts.get("read"):
        told.append(f"{rows(event.accounts['read'])} read")
    told += [f"{n:,} {fate}" for fate, n in event.accounts.items() if n and fate != "read"]
    said = ", ".join(told)
    if event.state == "published":
        said += f" in {seconds(event.seconds)}"
    warned = event.note and event.state in ("published", "nothing new")
    return f"{said}: {event.note.splitlines()[0]}" if warned else said


def briefly(event: TableEnded) -> str:
    """`336,776 rows, 12 quarantined, 2.1 s`: the same in half a line."""
    if event.state != "published":
        return event.state
    told = [rows(event.accounts.get("read", 0))]
    if aside := event.accounts.get("quarantined"):
        told.append(f"{aside:,} quarantined")
    return ", ".join((*told, seconds(event.seconds)))


def run_ended(event: RunEnded) -> str:
    return f"{event.product}: {event.state} in {seconds(event.seconds)}"


def waiting(event: Waiting) -> str:
    # A lock has a file's name, and a product the name by which people know it.
    return f"waiting: {event.what.replace('.', '/', 1)} is held by {event.holder}"


def noted(event: Noted) -> str:
    return f"note: {event.what}\n  → {event.remedy}" if event.remedy else f"note: {event.what}"
