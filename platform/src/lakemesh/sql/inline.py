"""Calls of a domain's own functions, each replaced by the expression that it stands for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from lakemesh.errors import Mistake, Mistakes
from lakemesh.sql import faults, spark
from lakemesh.sql.functions import Function, Texts, read

_IN, _OUT = ("(", "["), (")", "]")


@dataclass(frozen=True, slots=True)
class _Call:
    """A call in a text: [start, end), the spans of its arguments, and where it stands in its file."""

    name: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]


def _calls(text: str, functions: Texts) -> Iterator[_Call]:
    """The outermost calls of these functions."""
    if not any(name in text.lower() for name in functions):
        return
    words = spark.tokens(text)
    after = -1
    for place, (word, opening) in enumerate(pairwise(words)):
        name = word.text.lower()
        before = words[place - 1].text if place else ""
        quoted = word.token_type is TokenType.STRING
        if name not in functions or opening.text != "(" or before == "." or quoted or word.start < after:
            continue
        depth, spans, begin = 0, [], opening.end + 1
        for inner in words[place + 1 :]:
            depth += (inner.text in _IN) - (inner.text in _OUT) if inner.token_type is not TokenType.STRING else 0
            if (depth == 1 and inner.token_type is TokenType.COMMA) or depth == 0:
                spans.append((begin, inner.start))
                begin = inner.end + 1
            if depth == 0:
                after = inner.end + 1
                break
        if len(spans) == 1 and not text[slice(*spans[0])].strip():
            spans = []
        yield _Call(name, word.start, after, tuple(spans))


def named(text: str, functions: Texts) -> Iterator[tuple[int, int]]:
    """Where the names of these functions stand before their brackets: [start, end)."""
    words = spark.tokens(text)
    for before, word, opening in zip([None, *words], words, words[1:], strict=False):
        own = word.token_type is TokenType.VAR and word.text.lower() in functions and opening.text == "("
        if own and (before is None or before.text != "."):
            yield word.start, word.end + 1


def edits(text: str, path: str, functions: Texts, around: tuple[str, ...] = ()) -> list[tuple[int, int, str]]:
    """What to write in the place of each call: [start, end) and the expression. Raises Mistakes. `around`: functions
    that the text is the body of."""
    wrong: list[Mistake] = []
    made: list[tuple[int, int, str]] = []
    for call in _calls(text, functions):
        try:
            made.append((call.start, call.end, _expanded(text, call, path, functions, around)))
        except Mistakes as mistakes:
            wrong += mistakes.mistakes
    if wrong:
        raise Mistakes(*dict.fromkeys(wrong))
    return made


def _inlined(text: str, path: str, functions: Texts, around: tuple[str, ...], origin: tuple[str, int]) -> str:
    """A part of a text with its calls replaced. `origin`: the whole text, and where the part begins in it."""
    done = text
    for call in reversed(list(_calls(text, functions))):
        there = _Call(call.name, call.start + origin[1], call.end + origin[1], _moved(call.spans, origin[1]))
        done = done[: call.start] + _expanded(origin[0], there, path, functions, around) + done[call.end :]
    return done


def _expanded(text: str, call: _Call, path: str, functions: Texts, around: tuple[str, ...]) -> str:
    """What one call becomes. `text` is the file's that it stands in; `around`: the functions that it stands in."""
    if call.name in around:
        chain = " → ".join((*around[around.index(call.name) :], call.name))
        raise Mistakes(faults.at(text, call.start, path, f"a function calls itself: {chain}", "write it without"))
    function = read(call.name, *functions[call.name])
    if len(call.spans) != len(function.arguments):
        listed = ", ".join(function.arguments)
        count = len(function.arguments)
        remedy = f"it takes {count}: {listed}" if count else "it takes none"
        what = f"{call.name}() with {len(call.spans)} argument{'' if len(call.spans) == 1 else 's'}"
        raise Mistakes(faults.at(text, call.start, path, what, remedy))
    given = dict(zip(function.arguments, call.spans, strict=True))
    values: dict[str, str] = {}
    for argument, (start, end) in given.items():
        said = text[start:end]
        _seen(function, said, text, start, path)
        values[argument] = _line(_inlined(said, path, functions, around, (text, start)))
    inner = (*around, call.name)
    pieces, last = [], 0
    spots = sorted((spot, argument) for argument, found in function.uses.items() for spot in found)
    # Calls in the body first: their own arguments may hold ours.
    body, spots = _body(function, functions, inner, spots)
    for (start, end), argument in spots:
        pieces += [body[last:start], f"({values[argument]})"]
        last = end
    made = _line("".join([*pieces, body[last:]]))
    # As many lines as the call had, so that what follows stands where it stood.
    lines = text[call.start : call.end].count("\n")
    tail = len(text[: call.end].rpartition("\n")[2]) - 1
    return f"({made}{chr(10) * lines}{' ' * tail if lines else ''})" if not around else f"({made})"


def _body(
    function: Function, functions: Texts, around: tuple[str, ...], spots: list[tuple[tuple[int, int], str]]
) -> tuple[str, list[tuple[tuple[int, int], str]]]:
    """The body with the calls in it replaced, and where the arguments stand then."""
    if next(_calls(function.body, functions), None) is None:
        return function.body, spots
    whole = _inlined(function.body, function.path, functions, around, (function.text, function.offset))
    tree = spark.looked_at(f"select {whole}")[0]
    found = [
        ((int(one.meta["start"]) - 7, int(one.meta["end"]) - 6), one.name.lower())
        for one in (column.parts[0] for column in tree.find_all(exp.Column))
    ]
    return whole, sorted(found)


def _seen(function: Function, said: str, text: str, start: int, path: str) -> None:
    """Raises where a column of an argument would be taken for a lambda's own parameter."""
    for word in spark.tokens(said) if function.hidden else ():
        if word.text.lower() in function.hidden:
            what = f'inside {function.name}() "{word.text}" is something else: a parameter of its lambda'
            raise Mistakes(faults.at(text, start + word.start, path, what, "give the lambda's another name"))


def _moved(spans: tuple[tuple[int, int], ...], by: int) -> tuple[tuple[int, int], ...]:
    return tuple((start + by, end + by) for start, end in spans)


def _line(text: str) -> str:
    """The same on one line, without comments."""
    pieces: list[str] = []
    last: int | None = None
    for word in spark.tokens(text):
        # 1.50BD is more than one word in one place.
        start = word.start if last is None else max(word.start, last)
        pieces.append(" " if last is not None and start > last else "")
        pieces.append(text[start : word.end + 1])
        last = max(word.end + 1, last or 0)
    return "".join(pieces)
