"""What is wrong with a text that is no SELECT, in a sentence, at its line and column."""

import re
from collections.abc import Iterable

from sqlglot import exp
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokenizer_core import Token, TokenType

from lakemesh.errors import Mistake, Mistakes, Severity
from lakemesh.sql import spark

OPENS = {TokenType.L_PAREN: ")", TokenType.L_BRACKET: "]"}
CLOSES = {TokenType.R_PAREN: "(", TokenType.R_BRACKET: "["}
STARTS = {TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN, TokenType.VALUES, TokenType.FROM}
WORDS = (
    "select group_by order_by partition_by left right full inner cross from where and or on by join having limit "
    "as in not between like then when else union all"
)
TAIL = re.compile(rf"(?i)({WORDS.replace(' ', '|').replace('_', ' ')}|[,=+*/.<>])")
TYPES = (
    "Spark SQL's types are boolean, int, bigint, float, double, decimal(p,s), date, timestamp, timestamp_ntz, string, "
    "binary, array<…>, map<…>, struct<…>"
)


def position(text: str, offset: int, edits: Iterable[tuple[int, int]] = ()) -> tuple[int, int]:
    """Line and column, from 1, of an offset of a text that was edited."""
    start = text.rfind("\n", 0, offset) + 1
    shift = sum(min(more, offset - at) for at, more in edits if start <= at < offset)
    return text.count("\n", 0, offset) + 1, max(offset - start + 1 - shift, 1)


def at(text: str, offset: int, path: str, what: str, remedy: str = "", severity: Severity = "error") -> Mistake:
    """A mistake at an offset of the file's own text."""
    return Mistake(path, *position(text, offset), what, remedy, severity)


def parsed(text: str, path: str) -> exp.Expr:
    """The tree of the one query in `text`. Raises Mistakes."""
    try:
        words = spark.tokens(text)
    except TokenError:
        offset, quote = _open(text)
        told = {"'": "a text that starts here is not closed", '"': "a text that starts here is not closed"}
        what = told.get(
            quote,
            "a name that starts here is not closed" if quote == "`" else "a comment that starts here is not closed",
        )
        raise Mistakes(
            at(text, offset, path, what, f"write {'*/' if quote == '/*' else quote} where it ends")
        ) from None
    if not words:
        raise Mistakes(Mistake(path, 1, 1, "there is no SELECT in this file", "write one SELECT in Spark SQL"))
    _before(words, text, path)
    try:
        trees = spark.looked_at(text)
    except ParseError as error:
        raise Mistakes(_explained(error, words, text, path)) from None
    (tree,) = trees
    if not isinstance(tree, exp.Query):
        raise Mistakes(
            at(
                text,
                words[0].start,
                path,
                "this is not a SELECT",
                "a table is one SELECT; what becomes of its rows is written in its YAML file",
            )
        )
    return tree


def _before(words: list[Token], text: str, path: str) -> None:
    """What sqlglot takes without a word, or explains badly."""
    open_: list[Token] = []
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else None
        if word.token_type in (TokenType.L_BRACE, TokenType.BLOCK_START, TokenType.BLOCK_END):
            told = "no templating: :since, :until and :now are the parameters, and tables are called domain.table"
            raise Mistakes(at(text, word.start, path, "templating is not part of Spark SQL", told))
        if word.token_type in OPENS:
            open_.append(word)
        elif word.token_type in CLOSES:
            if not open_ or OPENS[open_[-1].token_type] != word.text:
                raise Mistakes(
                    at(text, word.start, path, f'this "{word.text}" closes nothing', "take it out, or open it before")
                )
            open_.pop()
        elif word.token_type is TokenType.DCOLON and text.startswith("::", word.start):  # and not the L of 1L
            told = f"write cast(… as {after.text if after is not None else 'int'})"
            raise Mistakes(at(text, word.start, path, 'Spark 3.5 has no "::"', told))
        elif word.token_type is TokenType.SEMICOLON and after is not None and after.token_type != word.token_type:
            raise Mistakes(
                at(
                    text,
                    after.start,
                    path,
                    "a second statement starts here",
                    "one file is one SELECT; move it to a file of its own",
                )
            )
        elif word.token_type is TokenType.COMMA and (
            after is None
            or after.token_type
            in (TokenType.COMMA, TokenType.FROM, TokenType.R_PAREN, TokenType.WHERE, TokenType.SELECT)
        ):
            raise Mistakes(at(text, word.start, path, "nothing follows this comma", "take it out"))
    if open_:
        raise Mistakes(
            at(
                text,
                open_[-1].start,
                path,
                f'this "{open_[-1].text}" is not closed',
                f'write "{OPENS[open_[-1].token_type]}" where it ends',
            )
        )
    last = words[-1]
    whole = len(words) > 1 and words[-2].token_type is TokenType.GROUP_BY and last.text.lower() == "all"
    if TAIL.fullmatch(last.text) and not (last.text == "*") and not whole:
        raise Mistakes(at(text, last.start, path, f'something is missing after "{last.text}"', "finish the SELECT"))
    if words[0].token_type not in STARTS:
        told = "a table is one SELECT; what becomes of its rows is written in its YAML file"
        raise Mistakes(at(text, words[0].start, path, f'this starts with "{words[0].text}" and is not a SELECT', told))


def _explained(error: ParseError, words: list[Token], text: str, path: str) -> Mistake:
    first = error.errors[0] if error.errors else {}
    said = str(first.get("description", ""))
    offset = _offset(first, text)
    index = next((i for i, word in enumerate(words) if word.end >= offset), len(words) - 1)
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else None
    if "Expected table name" in said:
        return at(
            text, word.start, path, f'a table\'s name is missing after "{word.text}"', "name a table as domain.table"
        )
    if "Expected END" in said:
        case = next((w for w in reversed(words[: index + 1]) if w.text.lower() == "case"), word)
        return at(text, case.start, path, "this case has no end", 'write "end" after its last value')
    if "Expected TYPE" in said:
        return at(text, word.start, path, f'"{word.text}" is not a type', TYPES)
    if "Required keyword" in said:
        return at(text, word.start, path, f'something is missing at "{word.text}"', "finish this part of the SELECT")
    shown = word if "Unexpected token" in said else after or word
    return at(
        text,
        shown.start,
        path,
        f'"{shown.text}" is not expected here',
        "look for a missing comma, operator or keyword just before it",
    )


def _offset(first: dict[str, object], text: str) -> int:
    line, column = first.get("line"), first.get("col")
    if not isinstance(line, int) or not isinstance(column, int):
        return max(len(text) - 1, 0)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return min(starts[min(line, len(starts)) - 1] + column - 1, max(len(text) - 1, 0))


def _open(text: str) -> tuple[int, str]:
    """Where the quote or comment starts that is never closed."""
    at_, end = 0, len(text)
    while at_ < end:
        char = text[at_]
        if text.startswith("--", at_):
            at_ = text.find("\n", at_) + 1 or end
        elif text.startswith("/*", at_):
            close = text.find("*/", at_ + 2)
            if close < 0:
                return at_, "/*"
            at_ = close + 2
        elif char in "'\"`":
            close = at_ + 1
            while close < end and text[close] != char:
                close += 2 if text[close] == "\\" and char != "`" else 1
            if close >= end:
                return at_, char
            at_ = close + 1
        else:
            at_ += 1
    return 0, "'"
