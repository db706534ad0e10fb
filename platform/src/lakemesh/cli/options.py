"""Options that several words share, and how their text becomes a value."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from lakemesh.cli.open import names

F = TypeVar("F", bound=Callable[..., object])


HELP = ("-h", "--help")


class Word(click.Command):
    """A command to which an empty value is no value: an unset make variable arrives as `--product ""`."""

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        # click keeps the first answer: a command that was once asked alone would have forgotten its group's `-h`.
        return list(HELP)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        takes_value = {
            name
            for option in self.params
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        }
        kept: list[str] = []
        for position, text in enumerate(args):
            if text == "":
                if position and args[position - 1] in takes_value:
                    kept.pop()
            elif not (text.endswith("=") and text[:-1] in takes_value):
                kept.append(text)
        return super().parse_args(ctx, kept)


class Instant(click.ParamType[datetime]):
    """A time: `2013-01-31`, `2013-01-31T06:30` or with a zone; without one it is UTC."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            time = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is no time: say 2013-01-31 or 2013-01-31T06:30, which is UTC, or add a zone: +01:00.')
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


class TimeOrSnapshot(click.ParamType[datetime | int]):
    """A time, or the number of a snapshot."""

    name = "TIME|SNAPSHOT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime | int:
        # 2013 is neither a snapshot (those have many digits) nor a time that fromisoformat knows.
        if isinstance(value, str) and value.isdigit() and len(value) > 8:
            return int(value)
        if isinstance(value, int):
            return value
        if value.isdigit() and len(value) != 8:
            self.fail(
                f'"{value}" is neither a snapshot nor a time: say the whole number that `make history TABLE=…` shows, '
                "or 2013-01-31T06:30, which is UTC."
            )
        return Instant().convert(value, param, ctx)


def located(function: F) -> F:
    """`--root` and `--lake`: which repository, and which lake."""
    lake = click.option("--lake", metavar="FOLDER", help="The lake; else $LAKEMESH_LAKE, else .lake in the repository.")
    root = click.option("--root", metavar="FOLDER", help="The repository; else $LAKEMESH_ROOT, else upward from here.")
    return root(lake(function))


def shown(function: F) -> F:
    """`--plain` and `--json`: how progress is told."""
    plain = click.option("--plain", is_flag=True, help="Lines instead of bars, as when this is not a terminal.")
    json = click.option("--json", "json", is_flag=True, help="Progress as JSON, one object a line.")
    return plain(json(function))


def engine(function: F) -> F:
    """`--engine`: what runs the SQL."""
    return click.option("--engine", metavar="NAME", help="What runs the SQL: duckdb, or spark.")(function)


def product(function: F) -> F:
    """One product, by position or as `--product`."""
    return click.option("--product", metavar="DOMAIN/PRODUCT", shell_complete=_products, help="Which product.")(
        function
    )


def products(function: F) -> F:
    """Products, by position or as `--product`, as many as wanted."""
    many = click.option(
        "--product",
        "named",
        metavar="DOMAIN/PRODUCT",
        multiple=True,
        shell_complete=_products,
        help="Which product; may be repeated.",
    )
    placed = click.argument("products", nargs=-1, metavar="[PRODUCT]...", shell_complete=_products)
    return placed(many(function))


def table(function: F) -> F:
    """One table, by position or as `--table`."""
    named = click.option("--table", "named", metavar="DOMAIN.TABLE", shell_complete=_tables, help="Which table.")
    placed = click.argument("table", required=False, metavar="[TABLE]", shell_complete=_tables)
    return placed(named(function))


def one(placed: str | None, named: str | None, what: str) -> str:
    """The one that was said, by position or by name. Wrong use where none or two were."""
    if placed and named and placed != named:
        raise click.UsageError(f"{what} is said twice: {placed} and {named}.")
    said = placed or named
    if not said:
        raise click.UsageError(
            f"Which {what}? Say --{what} {'domain/product' if what == 'product' else 'domain.table'}."
        )
    return said


def _products(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names("product") if name.startswith(incomplete)]


def _tables(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names("table") if name.startswith(incomplete)]
