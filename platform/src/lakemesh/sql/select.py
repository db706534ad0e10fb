"""One SELECT in Spark SQL: its text, the tables it reads, and its parameters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.sql import faults, functions, inline, quote, refused, spark

PARAMETERS = ("since", "until", "now")
PLAIN = re.compile(r"[a-z_][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Times:
    """What `:since`, `:until` and `:now` stand for: instants, UTC. None where the SELECT has no such parameter."""

    now: datetime
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT whose tables are all spelled domain.table. `path` is the file it came from, or what made it."""

    text: str
    reads: tuple[TableName, ...]
    path: str = ""
    parameters: frozenset[str] = frozenset()
    edits: tuple[tuple[int, int], ...] = field(default=(), compare=False, repr=False)
    """Where `text` is longer than the file, and by how much: a mistake is shown at its place in the file."""


def read(text: str, path: str, domain: str, own: functions.Texts | None = None) -> Select:
    """The one SELECT of a file. A bare table gets its domain, and a call of the domain's `own` functions is the
    expression that it stands for. Raises Mistakes at their line and column."""
    tree = faults.parsed(text, path)
    found = list(tables(tree))
    placeholders = list(_placeholders(text))
    mistakes = [*refused.found(tree, text, path)]
    for colon, word in placeholders:
        if word.text.lower() not in PARAMETERS:
            told = "the parameters of a SELECT are :since, :until and :now"
            mistakes.append(faults.at(text, colon.start, path, f'there is no parameter ":{word.text}"', told))
    if mistakes:
        raise Mistakes(*mistakes)
    prefix = f"{domain if PLAIN.fullmatch(domain) else quote.name(domain)}."
    edits = [
        (start, start, prefix)
        for table in found
        if not table.db and (start := table.this.meta.get("start")) is not None
    ]
    new, shifts = edited(text, edits, ())
    if own and (calls := inline.edits(text, path, own)):
        # Of a table inside of an argument its own edit is lost: the whole is read once more.
        inlined, first = edited(text, calls, ())
        whole = read(inlined, path, domain)
        return replace(whole, edits=_joined(first, whole.edits))
    reads = dict.fromkeys(TableName((table.db or domain).lower(), table.name.lower()) for table in found)
    return Select(new, tuple(reads), path, frozenset(word.text.lower() for _, word in placeholders), shifts)


def _joined(first: tuple[tuple[int, int], ...], then: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Two rounds of edits as one: the offsets of the first move with what the second put before them."""
    moved = [(at + sum(more for other, more in then if other <= at), more) for at, more in first]
    return tuple(sorted([*moved, *then]))


def alone(name: str, own: functions.Texts) -> Select:
    """One of a domain's functions as a SELECT from nothing, to be judged in its own file. Raises Mistakes. What is
    wrong in functions that it calls is told in their files: here they pass for one that takes anything."""
    text, path = own[name]
    said = functions.as_select(functions.read(name, text, path))
    inline.edits(said, path, own, (name,))
    inlined, shifts = edited(said, [(start, end, "coalesce") for start, end in inline.named(said, own)], ())
    return Select(inlined, (), path, edits=shifts)


def bind(select: Select, times: Times) -> Select:
    """The same SELECT with instants in place of its parameters."""
    values = {"since": times.since, "until": times.until, "now": times.now}
    edits = []
    for colon, word in _placeholders(select.text):
        value = values.get(word.text.lower())
        if value is not None:
            edits.append((colon.start, word.end + 1, quote.literal(value)))
    text, shifts = edited(select.text, edits, select.edits)
    left = frozenset(name for name in select.parameters if values.get(name) is None)
    return replace(select, text=text, parameters=left, edits=shifts)


def uses(select: Select, parameter: str) -> bool:
    """Whether the SELECT has this parameter."""
    return parameter in select.parameters


def filters_since(select: Select) -> bool:
    """Whether something is compared with `:since`, in whatever part of the SELECT that chooses rows."""
    if "since" not in select.parameters:
        return False
    for tree in spark.looked_at(select.text):
        for node in tree.find_all(exp.Placeholder):
            if node.name.lower() == "since" and _chooses(node):
                return True
    return False


def _chooses(node: exp.Expr) -> bool:
    """Whether a comparison lies between the node and the where, on, having or qualify that it stands in."""
    compared = False
    up = node.parent
    while up is not None:
        compared = compared or isinstance(up, exp.Predicate)
        if isinstance(up, (exp.Where, exp.Having, exp.Qualify, exp.Join)):
            return compared
        if isinstance(up, exp.Query):
            return False
        up = up.parent
    return False


def tables(tree: exp.Expr) -> Iterator[exp.Table]:
    """The tables below a node that no WITH around them explains, in the order of the text."""
    stack: list[tuple[exp.Expr, frozenset[str]]] = [(tree, frozenset())]
    while stack:
        node, ctes = stack.pop()
        if (
            isinstance(node, exp.Table)
            and isinstance(node.this, exp.Identifier)
            and (node.db or node.name.lower() not in ctes)
        ):
            yield node
        children: list[tuple[exp.Expr, frozenset[str]]] = []
        with_ = node.args.get("with_")
        for cte in with_.expressions if with_ is not None else ():
            children.append((cte, ctes))
            ctes = ctes | {cte.alias.lower()}
        children.extend((child, ctes) for child in node.iter_expressions() if child is not with_)
        stack.extend(reversed(children))


def _placeholders(text: str) -> Iterator[tuple[Token, Token]]:
    """The colon and the word of each parameter: they touch, and no name touches the colon from the left."""
    if ":" not in text:
        return
    words = spark.tokens(text)
    for before, colon, word in zip([None, *words], words, words[1:], strict=False):
        touches = (
            before is not None
            and before.end + 1 == colon.start
            and (text[before.end].isalnum() or text[before.end] in "_`")
        )
        if (
            colon.token_type is TokenType.COLON
            and word.start == colon.end + 1
            and not touches
            and word.text.isidentifier()
        ):
            yield colon, word


def edited(
    text: str, edits: Iterable[tuple[int, int, str]], before: tuple[tuple[int, int], ...]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with [start, end) replaced, and where it now differs in length from the file."""
    ordered = sorted(edits)
    for start, end, new in reversed(ordered):
        text = text[:start] + new + text[end:]
    changes = [(start, len(new) - (end - start)) for start, end, new in ordered]
    known = [(offset + sum(more for at, more in changes if at <= offset), more) for offset, more in before]
    fresh = [(start + sum(more for _, more in changes[:i]), more) for i, (start, more) in enumerate(changes)]
    return text, tuple(sorted([*known, *fresh]))
