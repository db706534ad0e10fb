"""`lakemesh`, and how it ends: 0 done, 1 mend it, 2 wrong use, 3 data stopped by its contract."""

import gc
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from lakemesh import __version__
from lakemesh.cli.ends import DONE, INTERRUPTED, MEND, STOPPED
from lakemesh.cli.show.terminal import Colour, paint
from lakemesh.cli.words import Words
from lakemesh.errors import Mistakes, Stopped


@click.group(
    cls=Words,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Ends with 0 when done, 1 when a person can mend it, 2 when used wrongly, 3 when data was stopped by its "
    "contract. `lakemesh WORD --help` says more about one word.",
)
@click.version_option(__version__, prog_name="lakemesh", message="%(prog)s %(version)s")
def lakemesh() -> None:
    """Lakemesh: data products from declarations, on a laptop as in AWS."""


class Interrupts:
    """Remembers that Ctrl-C was pressed: a library that is busy outside Python tells it as an error of its own."""

    def __init__(self) -> None:
        self.pressed = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.pressed = True
        raise KeyboardInterrupt


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit code."""
    # A terminal that cannot show an arrow shows "?", rather than failing a run that went well.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    # Nearly all that a command makes lives to its end: looking for rubbish in it as often as usual takes a tenth of it.
    gc.set_threshold(50_000, 20, 20)
    interrupts = Interrupts()
    signal.signal(signal.SIGINT, interrupts)
    try:
        code = outcome(arguments)
    except Exception:
        if not interrupts.pressed:
            raise
        code = _interrupted()
    sys.exit(code)


def outcome(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What a person can mend is told without a traceback; a bug keeps its own."""
    try:
        ended = lakemesh.main(None if arguments is None else list(arguments), "lakemesh", standalone_mode=False)
        return ended if isinstance(ended, int) else DONE
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except Mistakes as mistakes:
        return _mend(mistakes)
    except Stopped as stopped:
        click.echo(paint(str(stopped), "red", sys.stderr), err=True)
        return STOPPED
    except (click.Abort, KeyboardInterrupt):
        return _interrupted()
    except OSError as error:
        from lakemesh.lake.trouble import of

        # Whatever was asked, a disk that refuses is for a person to mend.
        if refused := of(error, "this machine"):
            return _mend(refused)
        raise


def _interrupted() -> int:
    click.echo("Interrupted. What was published stays; run it again to go on.", err=True)
    return INTERRUPTED


def _mend(mistakes: Mistakes) -> int:
    for mistake in mistakes.mistakes:
        colour: Colour = "red" if mistake.severity == "error" else "yellow"
        click.echo(paint(str(mistake), colour, sys.stderr), err=True)
    if len(mistakes.mistakes) > 1:
        click.echo(f"{len(mistakes.mistakes)} mistakes to mend.", err=True)
    return MEND
