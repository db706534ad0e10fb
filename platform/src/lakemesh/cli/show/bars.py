"""Events as bars on a terminal: one for each table at work, one line for each that is done."""

from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.text import Text

from lakemesh.cli.show import sentences
from lakemesh.cli.show.amounts import rows, size
from lakemesh.cli.show.cells import cut
from lakemesh.events import Event, Noted, Progress, RunBegan, RunEnded, TableBegan, TableEnded, Waiting

COLOURS = {"published": "green", "done": "green", "stopped": "yellow", "failed": "red"}
NAME = 28
"""Columns for a table's name, so that a bar still fits beside it."""


class OnTerminal:
    """Tells events as bars, from `with` to its end. Nothing is left of a bar but the line that says how it ended."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False)
        self._bars = Bars(
            TextColumn(" "),
            SpinnerColumn(finished_text=" "),
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[told]}"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            expand=True,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def __call__(self, event: Event) -> None:
        match event:
            case RunBegan():
                self._say(Text(event.product, style="bold"))
            case TableBegan():
                told = size(event.size) if event.size is not None else ""
                self._tasks[event.table] = self._bars.add_task(_name(event.table), total=None, told=told)
            case Progress() if event.table in self._tasks:
                self._progress(event)
            case TableEnded():
                if event.table in self._tasks:
                    self._bars.remove_task(self._tasks.pop(event.table))
                self._ended(event)
            case Waiting():
                self._say(Text(sentences.waiting(event), style="yellow"), indent=2)
            case Noted():
                self._say(Text(sentences.noted(event), style="yellow"), indent=2)
            case RunEnded() if event.state != "done":
                self._say(Text(sentences.run_ended(event), style=COLOURS.get(event.state, "")), indent=2)

    def _progress(self, event: Progress) -> None:
        total = None if event.fraction is None else 1.0
        told = f"{event.stage:7} {rows(event.rows):>14}"
        self._bars.update(self._tasks[event.table], told=told, total=total, completed=event.fraction)

    def _ended(self, event: TableEnded) -> None:
        mark = sentences.MARKS.get(event.state, " ")
        told = f" {_name(event.table)}  {sentences.briefly(event)}"
        self._say(Text.assemble("  ", (mark, COLOURS.get(event.state, "dim")), told))
        if event.note:
            self._say(Text(event.note.splitlines()[0]), indent=4)

    def _say(self, text: Text, indent: int = 0) -> None:
        self._console.print(Padding(text, (0, 0, 0, indent), expand=False))


def _name(table: str) -> str:
    return f"{cut(table, NAME):{NAME}}"
