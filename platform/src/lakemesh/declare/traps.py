"""Shapes that YAML reads otherwise than they look, each with its own sentence."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lakemesh.declare.scalar import Value, shown
from lakemesh.declare.spots import Spot

Told = tuple[int, int, str, str]
FREE = ("description", "why", "when", "matches", "term")
"""Words whose value is free text."""

_GLUED = re.compile(r"([A-Za-z_]\w*):([^\s/].*)")
_OPEN, _CLOSED = "(<", ")>"


def shapes(text: str, value: Value, spot: Spot) -> Iterator[Told]:
    """What was read without a complaint, and hardly means what it says."""
    if (
        " #" not in text
        and "\t#" not in text
        and "{" not in text
        and "[" not in text
        and not re.search(r"^\s*-?\w+:?[^\s:]", text, re.MULTILINE)
    ):
        return
    yield from _inside(text.splitlines(), "", value, spot)


def _inside(lines: list[str], word: str, value: Value, spot: Spot) -> Iterator[Told]:
    if isinstance(value, dict):
        if spot.flow:
            yield from _braces(lines, value, spot)
        for name, one in value.items():
            yield from _inside(lines, name, one, spot.inside[name])
    elif isinstance(value, list):
        if spot.flow:
            yield from _brackets(lines, value, spot)
        for place, one in enumerate(value):
            yield from _inside(lines, "", one, spot.inside[place])
    elif isinstance(value, str) and spot.plain:
        yield from _plain(lines, word, value, spot)


def _plain(lines: list[str], word: str, value: str, spot: Spot) -> Iterator[Told]:
    line, column = spot.end
    rest = lines[line - 1][column - 1 :] if 0 < line <= len(lines) else ""
    if word in FREE and re.match(r"\s+#", rest):
        yield (
            *spot.place,
            f"the text of `{word}` ends before the #: what follows is a comment",
            "put the text in quotes, or the comment on a line of its own",
        )
    alone = spot.place == spot.word or spot.place[0] > spot.word[0]
    if alone and (glued := _GLUED.match(value)):
        said = glued[2].split()[0]
        yield (*spot.place, f"a space is missing after the colon of `{glued[1]}:`", f"write `{glued[1]}: {said}`")
    elif alone and (dashed := re.match(r"-([A-Za-z_]\S*)", value)):
        yield (*spot.place, "a space is missing after the dash", f"write `- {dashed[1]}`")


def _braces(lines: list[str], value: dict[str, Value], spot: Spot) -> Iterator[Told]:
    """Words within { } that have no colon: what was one text has been cut at a comma, or is no mapping at all."""
    before = ""
    for name, inside in spot.inside.items():
        name = str(name)
        line, column = inside.place
        bare = inside.empty and not lines[line - 1][: column - 1].rstrip().endswith(":")
        if not bare:
            before = name
            continue
        place = inside.word
        said = value[before] if before else ""
        if isinstance(said, str) and _left_open(said):
            whole = f"{said},{name}".replace(" ", "")
            what = f'"{shown(said)}" was cut at the comma: within {{ }} a comma begins a new word'
            yield (*place, what, f'put it in quotes: {before}: "{shown(whole)}"')
        elif glued := _GLUED.match(name):
            what = f"a space is missing after the colon of `{glued[1]}:`"
            yield (*place, what, f"write `{glued[1]}: {glued[2]}`")
        elif before in FREE:
            what = f"the text of `{before}` was cut at the comma: within {{ }} a comma begins a new word"
            yield (*place, what, "put the text in quotes, or write the words below each other without { }")
        elif before:
            what = f'"{shown(name)}" has no value: within {{ }} a comma begins a new word'
            yield (*place, what, f"write `{shown(name)}: …`, or put text with a comma in quotes")
        elif len(value) == 1:
            remedy = (
                f"write {name} without {{ }}"
                if ".." in name
                else f"write {shown(name)} without {{ }}, or [{shown(name)}] for a list"
            )
            yield (*place, f"{{{shown(name)}}} is a mapping of one word that says nothing", remedy)
            return
        else:
            yield (*place, f'"{shown(name)}" has no value: {{ }} holds `word: value` pairs', "write [ ] around a list")
            return


def _brackets(lines: list[str], value: list[Value], spot: Spot) -> Iterator[Told]:
    """Items within [ ] that were one before the comma cut them."""
    for place, (one, two) in enumerate(pairwise(value)):
        if isinstance(one, str) and isinstance(two, str) and spot.inside[place].plain and _left_open(one):
            whole = f"{one}, {two}"
            yield (
                *spot.inside[place].place,
                f'"{shown(one)}" was cut at the comma: within [ ] a comma begins a new item',
                f"write it on a line of its own: - {shown(whole)}",
            )
    for place, item in enumerate(value):
        line, column = spot.inside[place].place
        if (
            isinstance(item, dict)
            and not lines[line - 1].startswith("{", column - 1)
            and (name := next(iter(item), ""))
        ):
            yield (
                line,
                column,
                f'"{shown(name)}: …" within [ ] is a mapping of its own',
                "put the text in quotes, or write { } instead of [ ]",
            )


def _left_open(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in zip(_OPEN, _CLOSED, strict=True))


def alias(text: str, place: tuple[int, int]) -> Told:
    """`*film.csv` is a reference to an anchor, as YAML sees it."""
    line, column = place
    rest = text.splitlines()[line - 1][column - 1 :]
    said = re.split(r"[,\s}\]]", rest, maxsplit=1)[0]
    if "." in said or "/" in said or said == "*":
        return line, column, f"`{said}` begins with *, which YAML takes for a reference", f'put it in quotes: "{said}"'
    return (
        line,
        column,
        f"`{said}` refers to an anchor, which declarations do not use",
        "write the words out, or put text in quotes",
    )


def property(text: str, place: tuple[int, int], tag: str | None) -> tuple[str, str]:
    """What to say of `!tag` and `&anchor`."""
    line, column = place
    rest = text.splitlines()[line - 1][column - 1 :]
    said = re.split(r"[,\s}\]]", rest, maxsplit=1)[0]
    if tag:
        return (
            f"`{shown(said)}` is a tag of YAML, which declarations do not use",
            "leave it out, or put text that begins with ! in quotes",
        )
    return (
        f"`{shown(said)}` is an anchor of YAML, which declarations do not use",
        "write the words out, or put text that begins with & in quotes",
    )


def complex_key(text: str, place: tuple[int, int]) -> tuple[str, str]:
    """`{{ var }}: x`, `? [a]` and the like."""
    line, column = place
    rest = text.splitlines()[line - 1][column - 1 :]
    if rest.startswith("{"):
        return (
            "{ } stands where a word belongs",
            "declarations have no templating: write the value itself, or put text in quotes",
        )
    return "a list stands where a word belongs", "write `word: value`"
