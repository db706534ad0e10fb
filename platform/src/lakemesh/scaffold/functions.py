"""docs/reference/functions.md: how each function of Spark stands."""

import textwrap
from collections.abc import Iterator, Sequence

from lakemesh.engine.proved import SAYS, Known, Standing

TITLES: dict[Standing, str] = {
    "proved": "Proved on both engines",
    "differs": "Different on a laptop",
    "Spark only": "On Spark only",
    "refused": "Refused everywhere",
}


def functions(known: Sequence[Known]) -> str:
    """The page."""
    return "\n".join(_lines(known)) + "\n"


def _lines(known: Sequence[Known]) -> Iterator[str]:
    yield "# Functions of SQL"
    yield ""
    told = f"Written by `make docs`: how the {len(known)} functions of Spark SQL 3.5 stand."
    yield textwrap.fill(f"{told} `make functions NAME=round` shows one, with statements that prove it.", 120)
    for standing, title in TITLES.items():
        those = [one for one in known if one.standing == standing]
        yield from ("", f"## {title}", "")
        yield textwrap.fill(f"These {len(those)} {SAYS[standing]}.", 120)
        yield ""
        if standing == "proved":
            yield textwrap.fill(", ".join(f"`{one.name}`" for one in those), 120, break_on_hyphens=False)
            continue
        yield "| function | why | instead |"
        yield "| --- | --- | --- |"
        for (why, remedy), names in _grouped(those).items():
            yield f"| {', '.join(f'`{name}`' for name in names)} | {_cell(why)} | {_cell(remedy)} |"


def _grouped(those: Sequence[Known]) -> dict[tuple[str, str], list[str]]:
    """The names that are told the same, together."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in those:
        found.setdefault((one.why, one.remedy), []).append(one.name)
    return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
