"""Where a table is named in the text of a SELECT."""

import re

from lakemesh.declare.names import TableName

# What is no code: comments, and text between quotes. Backquotes are code: they hold names.
_NO_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)


def code(text: str) -> str:
    """The text with comments and quoted text blanked out, everything else at its place."""
    return _NO_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def line_column(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def spot(text: str, table: TableName, domain: str) -> tuple[int, int]:
    """Line and column, from 1, of the first time that `table` is read; (1, 1) where that cannot be told."""
    whole = rf"`?{re.escape(table.domain)}`?\s*\.\s*`?{re.escape(table.table)}`?"
    name = rf"(?:{whole}|`?{re.escape(table.table)}`?)" if table.domain == domain else whole
    for before in (r"\b(?:from|join)\s+", r",\s*", r"(?<![\w.`])"):
        if found := re.search(rf"{before}({name})(?![\w`]|\s*\.)", code(text), re.IGNORECASE):
            return line_column(text, found.start(1))
    return 1, 1
