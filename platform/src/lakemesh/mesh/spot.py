"""Where a table is named in the text of a SELECT."""

import re

from lakemesh.declare.names import TableName

# What is no code: comments, and text between quotes. Backquotes are code: they hold names.
_NO_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)


def spot(text: str, table: TableName, domain: str) -> tuple[int, int]:
    """Line and column, from 1, of the first time that `table` is read; (1, 1) where that cannot be told."""
    code = _NO_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    whole = rf"`?{re.escape(table.domain)}`?\s*\.\s*`?{re.escape(table.table)}`?"
    name = rf"(?:{whole}|`?{re.escape(table.table)}`?)" if table.domain == domain else whole
    for before in (r"\b(?:from|join)\s+", r",\s*", r"(?<![\w.`])"):
        if found := re.search(rf"{before}({name})(?![\w`]|\s*\.)", code, re.IGNORECASE):
            at = found.start(1)
            return code.count("\n", 0, at) + 1, at - code.rfind("\n", 0, at)
    return 1, 1
