"""`lakemesh new`: a domain, a product, or a table of a product, from templates/."""

import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lakemesh.cli.ends import DONE
from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located
from lakemesh.cli.show.amounts import count
from lakemesh.cli.show.terminal import paint
from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes

if TYPE_CHECKING:
    from lakemesh.scaffold.making.answers import Ask
    from lakemesh.scaffold.making.new import New
    from lakemesh.scaffold.making.reads import Reads
    from lakemesh.scaffold.making.template import Question

ARRIVES = "How rows come: files, changes, stream, derived, seed."


@click.group("new")
def command() -> None:
    """Make a domain, a product or a table from a template.

    What is not said is asked for, in a terminal; otherwise it is by default. Nothing is ever written over.
    """


def answered(*names: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """One option for each answer that a template may ask for."""

    def decorate(function: Callable[..., object]) -> Callable[..., object]:
        for name in reversed(names):
            spelled = f"--{name.replace('_', '-')}"
            function = click.option(spelled, name, metavar="TEXT", help=ANSWERS[name])(function)
        return function

    return decorate


ANSWERS = {
    "domain": "The domain it belongs to.",
    "name": "What it is called.",
    "description": "What it promises, in a sentence.",
    "owner": "Who answers for its data.",
    "steward": "Who looks after its meaning and quality.",
    "team": "Who reviews its changes.",
    "table": "The table that it publishes.",
    "format": "files: csv or jsonl.",
    "write": "files: merge, append or replace.",
    "start": "When it runs, such as daily at 06:30.",
    "source": "changes, stream: what sources.yaml calls where it comes from.",
    "engine": "changes: the kind of database.",
    "source_table": "changes: the table there, with its schema.",
    "reads": "derived: the table that it reads.",
    "product": "The product, as domain/product.",
}
_OF_PRODUCTS = ("description", "format", "write", "start", "source", "engine", "source_table", "reads")


@command.command("domain", cls=Word)
@answered("name", "description", "owner", "steward", "team")
@located
def new_domain(root: str | None, lake: str | None, **said: str | None) -> int:
    """A domain: its description, its owner and its team."""
    from lakemesh.scaffold.making import new

    here = Here.at(root, lake)
    given = _given(said, name="domain")
    made = new.domain(here.tree, given, None if "domain" in given else _asking())
    name = made.answers["domain"]
    _told(made)
    _next(
        (f"$EDITOR {made.folder}/domain.yaml", "set its owner, steward and team"),
        (f"make new-product DOMAIN={name}", "its first product"),
        ("make docs", "CODEOWNERS learns the team"),
        ("make check", "every declaration holds together"),
        (f"git add {made.folder} CODEOWNERS", "and open a pull request"),
    )
    return DONE


@command.command("product", cls=Word)
@answered("domain", "name", "table", *_OF_PRODUCTS)
@click.option("--arrives", metavar="HOW", help=ARRIVES)
@click.option("--from", "place", metavar="FILE|FOLDER", help="Draft its tables from these CSV, JSON lines or Parquet.")
@located
def new_product(root: str | None, lake: str | None, arrives: str | None, place: str | None, **said: str | None) -> int:
    """A product that runs on its sample and passes its test.

    With --from, its tables are drafted from files that are there: names, types, keys, categories, ranges.
    """
    from lakemesh.scaffold.making import new

    here = Here.at(root, lake)
    given = _given(said, name="product")
    if place:
        return _drafted(here, place, arrives, given)
    ask = None if {"domain", "product"} <= given.keys() and arrives else _asking()
    made = new.product(here.tree, _arrives(arrives, ask), given, _study(here), ask)
    product, domain = f"{made.answers['domain']}/{made.answers['product']}", made.answers["domain"]
    kind = "transform" if "reads" in made.answers else "ingest"
    _told(made)
    _next(
        (f"make test PRODUCT={product}", "its test, rows in and rows out"),
        (f"make run PRODUCT={product} SAMPLE=1", "it runs on its sample"),
        (f"$EDITOR {made.folder}/{kind}/{made.answers['table']}.yaml", "say its real columns, then its test's"),
        ("make check", "every declaration holds together"),
        (f"git add domains/{domain}", "and open a pull request"),
    )
    return DONE


def _drafted(here: Here, place: str, arrives: str | None, given: Mapping[str, str]) -> int:
    from lakemesh.scaffold.drafts.found import found
    from lakemesh.scaffold.making import new

    if arrives not in (None, "files"):
        raise click.UsageError(f"--from is of files, and --arrives says {arrives}.")
    ask = None if {"domain", "product"} <= given.keys() else _asking()
    there = found(Path(place).expanduser().absolute())
    made, drafts = new.drafted(here.tree, there, given, ask)
    product, domain = f"{made.answers['domain']}/{made.answers['product']}", made.answers["domain"]
    _told(made)
    for draft in drafts:
        names = ", ".join(column.name for column in draft.key) or "none"
        told = f"{count(len(draft.columns), 'column')}, {count(draft.rows, 'row')} seen"
        click.echo(f"\n{domain}.{draft.found.table}: {told}, write: {draft.write}, key: {names}")
        for line in draft.unsure:
            click.echo(paint(f"  ? {line}", "yellow", sys.stdout))
    click.echo("\nLand the files:")
    for draft in drafts:
        target = here.landing / product / draft.found.table
        click.echo(
            f"  mkdir -p {_shell(here.shown(target))} && cp {_those(draft.found.files)} {_shell(here.shown(target))}/"
        )
    _next(
        (f"make test PRODUCT={product}", "its test, rows in and rows out"),
        (f"make run PRODUCT={product}", "what landed is published"),
        (f'make query SQL="select * from {domain}.{drafts[0].found.table} limit 10"', "look at it"),
        (f"$EDITOR {made.folder}/ingest/", "say what the columns mean"),
        (f"git add domains/{domain}", "and open a pull request"),
    )
    return DONE


def _those(files: Sequence[Path]) -> str:
    """Files as arguments of a shell: by their folder's pattern where there are many."""
    if len(files) > 3 and set(files[0].parent.glob(f"*{files[0].suffix}")) == set(files):
        return f"{_shell(str(files[0].parent))}/*{files[0].suffix}"
    return " ".join(_shell(str(file)) for file in files)


def _shell(path: str) -> str:
    return shlex.quote(path)


@command.command("table", cls=Word)
@answered("product", "name", *_OF_PRODUCTS)
@click.option("--arrives", metavar="HOW", help=ARRIVES)
@located
def new_table(root: str | None, lake: str | None, arrives: str | None, **said: str | None) -> int:
    """One table more in a product that is there, with its sample and its test."""
    from lakemesh.scaffold.making import new

    here = Here.at(root, lake)
    given = _given(said, name="table")
    ask = None if {"product", "table"} <= given.keys() and arrives else _asking()
    if "product" in given:
        name = here.product(given["product"])
        given = {**given, "domain": name.domain, "product": name.product}
    made = new.table(here.tree, _arrives(arrives, ask), given, _study(here), ask)
    product = f"{made.answers['domain']}/{made.answers['product']}"
    table = made.answers["table"]
    kind = "transform" if "reads" in made.answers else "ingest"
    _told(made)
    _next(
        (f"make test PRODUCT={product}", "its test, rows in and rows out"),
        (f"make run PRODUCT={product} SAMPLE=1", "it runs on its sample"),
        (f"$EDITOR {made.folder}/{kind}/{table}.yaml", "say its real columns, then its test's"),
        (f"$EDITOR {made.folder}/product.yaml", f"if readers shall have it: publishes: […, {table}]"),
        ("make check", "every declaration holds together"),
    )
    return DONE


def _given(said: Mapping[str, str | None], name: str) -> dict[str, str]:
    """The answers that were said; `--name` is what is made."""
    return {(name if word == "name" else word): value for word, value in said.items() if value is not None}


def _asking() -> "Ask | None":
    """How to ask; None where nobody is there to answer."""
    return _ask if sys.stdin.isatty() else None


def _ask(question: "Question", default: str, checked: Callable[[str], str]) -> str:
    def value(said: str) -> str:
        try:
            return checked(said)
        except Mistakes as mistakes:
            first = mistakes.mistakes[0]
            raise click.BadParameter(f"{first.what}. {first.remedy}.") from None

    sentence = f"{question.sentence} ({', '.join(question.choices)})" if question.choices else question.sentence
    answer: str = click.prompt(sentence, default=default or None, value_proc=value, err=True)
    return answer


def _arrives(said: str | None, ask: "Ask | None") -> str:
    if said:
        return said
    from lakemesh.scaffold.making import template

    if ask is None:
        raise click.UsageError(f"How do rows come? Say --arrives: {', '.join(template.ARRIVES)}.")
    sentence = "How do rows come to it?"
    return ask(template.Question("arrives", sentence, "files", template.ARRIVES), "files", lambda said: said)


def _study(here: Here) -> "Callable[[TableName], Reads]":
    def study(table: TableName) -> "Reads":
        from lakemesh.scaffold.making.reads import reads

        return reads(here.mesh([table]).contracts[table])

    return study


def _told(made: "New") -> None:
    click.echo(f"{made.folder}/ is made:")
    for path in made.files:
        click.echo(f"  {path.removeprefix(made.folder + '/')}")
    for path in made.added:
        click.echo(f"{path} has a line more.")


def _next(*steps: tuple[str, str]) -> None:
    click.echo("\nNext:")
    wide = max(len(what) for what, _ in steps)
    for number, (what, why) in enumerate(steps, 1):
        click.echo(f"  {number}. {what:<{wide}}  # {why}" if wide < 60 else f"  {number}. {what}\n     # {why}")
