"""A domain's own functions: each is one expression, and stands bracketed in the place of its calls."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from sqlglot import exp
from sqlglot.errors import TokenError
from sqlglot.tokenizer_core import Token, TokenType

from lakemesh.errors import Mistake, Mistakes
from lakemesh.sql import faults, refused, spark
from lakemesh.sql.builtins import NAMES

FORM = "write create function name(argument, …) as expression"
Texts = Mapping[str, tuple[str, str]]
"""The text and the path of each function's file, by its name."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function: what its file says between its arguments and its end."""

    name: str
    arguments: tuple[str, ...]
    body: str
    path: str
    offset: int
    """Where `body` begins in its file."""
    text: str
    uses: Mapping[str, tuple[tuple[int, int], ...]]
    """Where each argument stands in `body`: [start, end)."""
    hidden: frozenset[str]
    """The parameters of lambdas in `body`: a column of that name would be taken for one."""


@lru_cache(maxsize=1024)
def read(name: str, text: str, path: str) -> Function:
    """The function of one file. Raises Mistakes at their line and column."""
    try:
        words = spark.tokens(text)
    except TokenError:
        raise Mistakes(Mistake(path, 1, 1, "a text or a comment here is not closed", FORM)) from None
    while words and words[-1].token_type is TokenType.SEMICOLON:
        words.pop()
    arguments, start = _head(name, words, text, path)
    end = words[-1].end + 1
    tree = faults.parsed(_select(text, words[0].start, start, end), path)
    wrong = [*refused.found(tree, text, path), *_judged(tree, arguments, text, path)]
    if wrong:
        raise Mistakes(*dict.fromkeys(wrong))
    uses: dict[str, list[tuple[int, int]]] = {argument: [] for argument in arguments}
    for column in tree.find_all(exp.Column):
        one = column.parts[0]
        uses[one.name.lower()].append((int(one.meta["start"]) - start, int(one.meta["end"]) + 1 - start))
    hidden = frozenset(each.name.lower() for found in tree.find_all(exp.Lambda) for each in found.expressions)
    placed = {argument: tuple(sorted(spots)) for argument, spots in uses.items()}
    return Function(name, arguments, text[start:end], path, start, text, placed, hidden)


def as_select(function: Function) -> str:
    """A SELECT of its expression alone, in which everything stands where it does in the file."""
    first = spark.tokens(function.text)[0].start
    return _select(function.text, first, function.offset, function.offset + len(function.body))


def _select(text: str, first: int, start: int, end: int) -> str:
    """As long as the file, so that what is wrong with it is told where it stands: only its head is another."""
    head = "".join(letter if letter == "\n" else " " for letter in text[first + len("select") : start])
    return f"{text[:first]}select{head}{text[start:end]}"


def _head(name: str, words: list[Token], text: str, path: str) -> tuple[tuple[str, ...], int]:
    """The arguments, and where the expression begins."""

    def wrong(place: int, what: str, remedy: str = FORM) -> Mistakes:
        offset = words[min(place, len(words) - 1)].start if words else 0
        return Mistakes(faults.at(text, offset, path, what, remedy))

    said = [word.text.lower() for word in words]
    if said[:2] != ["create", "function"]:
        raise wrong(0, "this file does not create a function")
    if len(words) < 4 or said[3] != "(":
        raise wrong(3, "the arguments of the function are missing")
    if said[2] != name:
        raise wrong(2, f'the file of {name}() creates "{words[2].text}"', f"call it {name}, or rename the file")
    if words[2].token_type is not TokenType.VAR:
        raise wrong(2, f'"{words[2].text}" is a word of SQL', "give the function another name")
    if name in NAMES:
        raise wrong(2, f"{name}() is a function of Spark already", "give yours another name, which no one mistakes")
    arguments, place = _arguments(words, wrong)
    if said[place : place + 1] != ["as"]:
        raise wrong(place, 'there is no "as" after the arguments')
    if place + 1 >= len(words):
        raise wrong(place, "the expression is missing")
    return arguments, words[place + 1].start


def _arguments(words: list[Token], wrong: Callable[..., Mistakes]) -> tuple[tuple[str, ...], int]:
    """The names between the brackets, and the place of the word after them."""
    arguments: list[str] = []
    place = 4
    while place < len(words) and words[place].text != ")":
        name = words[place].text
        if not name.isidentifier():
            raise wrong(place, f'"{name}" cannot name an argument')
        if name.lower() in arguments:
            raise wrong(place, f'two arguments are called "{name}"', "give one of them another name")
        arguments.append(name.lower())
        place += 1
        if place < len(words) and words[place].text not in (",", ")"):
            raise wrong(place, "arguments have names alone", "leave its type out: it has that of what is handed in")
        place += place < len(words) and words[place].text == ","
    return tuple(arguments), place + 1


def _judged(tree: exp.Expr, arguments: tuple[str, ...], text: str, path: str) -> Iterator[Mistake]:
    """What is more than one expression, or names what is not handed in."""
    items = tree.expressions if isinstance(tree, exp.Select) else []
    beside = [key for key, value in tree.args.items() if value and key not in ("expressions", "kind")]
    if len(items) != 1 or beside or isinstance(items[0], (exp.Alias, exp.Aliases, exp.Star)):
        spot = (items[1] if len(items) > 1 else tree.args[beside[0]] if beside else items[0]) if items else tree
        node = spot[0] if isinstance(spot, list) else spot
        yield _at(node, text, path, "a function is one expression", "leave out what is around it")
        return
    for node in items[0].walk():
        if isinstance(node, exp.Query):
            yield _at(node, text, path, "a function looks at what is handed in alone", "join the rows in the SELECT")
            return
        if spark.generator(node):
            yield _at(node, text, path, f"{node.name}() makes rows", "write it in the SELECT")
        elif isinstance(node, exp.Placeholder):
            yield _at(node, text, path, f"a function does not know :{node.name}", "hand it in as an argument")
        elif isinstance(node, exp.Column) and node.parts[0].name.lower() not in arguments:
            name = node.parts[0].name
            close = get_close_matches(name.lower(), arguments, 1, 0.7)
            there = f"there is {', '.join(arguments)}" if arguments else "write it among the arguments"
            remedy = f'did you mean "{close[0]}"?' if close else there
            yield _at(node, text, path, f'no argument is called "{name}"', remedy)


def _at(node: exp.Expr, text: str, path: str, what: str, remedy: str) -> Mistake:
    start = min((int(part.meta["start"]) for part in node.walk() if "start" in part.meta), default=0)
    return faults.at(text, start, path, what, remedy)
