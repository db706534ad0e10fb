"""The words of `lakemesh` by chapter, each imported when it is said."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module

import click

from lakemesh.cli.ends import PIPE_CLOSED

CHAPTERS: Mapping[str, Mapping[str, str]] = {
    "Make data, and mend it": {
        "run": "Run products: from landing files to published tables.",
        "backfill": "Make a span of a product's window tables again.",
        "rebuild": "Make a table again from all that ever landed.",
        "replay": "Take quarantined rows again, after a fix.",
        "rollback": "Put a table back to what it was; later files are held.",
        "demo": "Run the example mesh on real data, and answer three questions.",
    },
    "Keep the lake in order": {
        "tag": "Keep a version of a table for good, under a name.",
        "maintain": "Join small files, and take away old versions and what nobody reaches.",
        "erase": "Remove a person's rows from a table, its quarantine and every older version.",
        "doctor": "Check the whole lake, and mend what can be mended without guessing.",
    },
    "Look at data": {
        "status": "Show every table: rows, freshness, verdict, quarantine.",
        "query": "Ask published tables a question, in Spark SQL.",
        "history": "Show what was published, when, and by which run.",
        "contract": "Show all that a table promises, and where each line is from.",
        "rules": "Show all that must be true of a table, in sentences.",
        "quality-docs": "Make Great Expectations' pages of the verdicts that are kept.",
        "why": "Explain what the last run found in a table, above all what stopped it.",
    },
    "Work on the repository": {
        "new": "Make a domain, a product or a table from a template.",
        "templates-status": "Show what is behind its template, and what an update would do.",
        "update": "Bring what was made from a template up to it.",
        "check": "Find every mistake in the declarations.",
        "test": "Run the tests of products: rows in, rows out.",
        "functions": "Show which functions of Spark SQL are proved on both engines.",
        "codeowners": "Show who reviews what, from the teams of the domains.",
        "docs": "Write the reference pages and the schemas for editors.",
        "completion": "Print the script that completes words in a shell.",
    },
}
"""Every command by chapter, with its help: so that `--help` imports none of them."""

WORDS: Mapping[str, str] = {word: says for chapter in CHAPTERS.values() for word, says in chapter.items()}


class Words(click.Group):
    """A group whose commands are imported when they are invoked: `lakemesh.cli.<word>.command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(WORDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in WORDS:
            return None
        command: click.Command = import_module(f"lakemesh.cli.{cmd_name.replace('-', '_')}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        if word not in WORDS and not word.startswith("-") and not ctx.resilient_parsing:
            raise click.exceptions.NoSuchCommand(word, possibilities=WORDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            ended = super().invoke(ctx)
            sys.stdout.flush()
            return ended
        except BrokenPipeError:
            # Whoever read our output has left, as `head` does. Python would complain once more when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(PIPE_CLOSED) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for chapter, words in CHAPTERS.items():
            with formatter.section(chapter):
                formatter.write_dl([(word, says) for word, says in words.items()])
