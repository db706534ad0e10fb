"""`lakemesh query --sql …`: published tables, in Spark SQL."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import TimeOrSnapshot, Word, engine, located

if TYPE_CHECKING:
    import pyarrow as pa

    from lakemesh.cli.question import Answer

FIRST = 50
"""Rows that a table shows where no limit is said."""

ENDINGS = {".csv": "csv", ".json": "json", ".jsonl": "json", ".parquet": "parquet"}


@click.command("query", cls=Word)
@click.argument("question", required=False, metavar="[SQL]")
@click.option("--sql", metavar="SQL", help="One SELECT over domain.table names.")
@click.option("--as-of", type=TimeOrSnapshot(), help="As the tables were then: a time, or the snapshot of one table.")
@click.option("--format", "kind", type=click.Choice(["table", "csv", "json", "parquet"]), help="How to show it: table.")
@click.option("--limit", type=click.IntRange(min=1), help=f"At most so many rows; a table shows {FIRST}.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Into this file; its end names the format."
)
@engine
@located
def command(
    question: str | None,
    sql: str | None,
    as_of: datetime | int | None,
    kind: str | None,
    limit: int | None,
    output: Path | None,
    engine: str | None,
    root: str | None,
    lake: str | None,
) -> None:
    """Ask published tables a question, in Spark SQL.

    Reads what is published and nothing else. Rows that did not fit a table stand in domain.table__quarantine.
    """
    if bool(question) == bool(sql):
        raise click.UsageError('Which question? Say --sql "select … from domain.table", once.')
    kind = kind or (ENDINGS.get(output.suffix.lower()) if output else None) or "table"
    if kind == "parquet" and not output and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for a terminal: name a file, --output result.parquet.")
    from lakemesh.cli.question import ask

    answer = ask(Here.at(root, lake, engine), question or sql or "", as_of)
    if kind == "table" and not output:
        _table(answer, limit or FIRST)
        return
    batches = answer.batches if limit is None else _first(answer.batches, limit)
    if output is None:
        _write(answer, batches, kind, sys.stdout.buffer)
        return
    # Whole or not at all: a query that fails half way leaves no file that looks like an answer.
    part = output.with_name(f".{output.name}.part")
    try:
        with part.open("wb") as stream:
            rows = _write(answer, batches, kind, stream)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    from lakemesh.cli.show.amounts import rows as said

    click.echo(f"{said(rows)} in {output}", err=True)


def _write(answer: "Answer", batches: "Iterator[pa.RecordBatch]", kind: str, stream: IO[bytes]) -> int:
    from lakemesh.cli.show.export import export

    if kind != "table":
        return export(batches, answer.schema, kind, stream)
    from lakemesh.cli.show.rows import table
    from lakemesh.cli.show.texts import rows

    found = [row for batch in batches for row in rows(batch)]
    stream.write("".join(f"{line}\n" for line in table(answer.schema.names, found)).encode())
    return len(found)


def _table(answer: "Answer", limit: int) -> None:
    from lakemesh.cli.show.amounts import rows as said
    from lakemesh.cli.show.rows import table
    from lakemesh.cli.show.terminal import width
    from lakemesh.cli.show.texts import rows

    shown: list[tuple[object, ...]] = []
    more = 0
    for batch in answer.batches:
        taken = batch.slice(0, limit - len(shown))
        shown += rows(taken)
        more += batch.num_rows - taken.num_rows
        if more:
            break
    ended = next(answer.batches, None) is None
    for line in table(answer.schema.names, shown, width(sys.stdout)):
        click.echo(line)
    if not more:
        click.echo(f"({said(len(shown))})")
    else:
        of = f" of {said(len(shown) + more)}" if ended else ", and there are more"
        click.echo(f"({said(len(shown))}{of}: LIMIT=1000 shows more of them, FORMAT=csv all)")


def _first(batches: "Iterator[pa.RecordBatch]", limit: int) -> "Iterator[pa.RecordBatch]":
    for batch in batches:
        yield batch.slice(0, limit)
        limit -= batch.num_rows
        if limit <= 0:
            return
