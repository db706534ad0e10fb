"""What the YAML parser stumbles over, as sentences a person can use."""

import re

from lakemesh.declare.scalar import shown

Told = tuple[int, int, str, str]
Place = tuple[int, int]

_STARTS = {
    "@": "@ cannot begin a text",
    "`": "` cannot begin a text",
    "%": "% cannot begin a text",
    "\t": "a tab stands where only spaces may",
}
_INDENTED = "this line is indented otherwise than the word above it", "indent words of one mapping alike"
_WORD = re.compile(r"(\s*(?:- )?)([A-Za-z_][\w.-]*):([^\s/].*)")


def told(text: str, problem: str, context: str, at: Place, began: Place) -> Told:
    """The place and the sentences for an error of the parser."""
    lines = text.splitlines() or [""]
    for found in (_start, _reference, _quotes, _colon, _block, _flow, _layout):
        if said := found(lines, problem, context, at, began):
            return said
    return (
        *at,
        f"this is not YAML: {problem}",
        "look at this line and the one above: quotes, brackets and indentation must match",
    )


def unreadable(text: str, position: int) -> Told:
    """A character that no text file holds."""
    place = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    return (
        *place,
        f"there is a control character (U+{ord(text[position]):04X})",
        "remove it, and save the file as UTF-8 text",
    )


def _line(lines: list[str], at: Place) -> str:
    return lines[at[0] - 1] if 0 < at[0] <= len(lines) else ""


def _rest(lines: list[str], at: Place) -> str:
    return _line(lines, at)[at[1] - 1 :]


def _start(lines: list[str], problem: str, context: str, at: Place, began: Place) -> Told | None:
    if "cannot start any token" not in problem and "tab" not in problem and "directive" not in f"{problem} {context}":
        return None
    rest = _rest(lines, at)
    first = rest[:1]
    line = _line(lines, at)
    if "directive" in f"{problem} {context}" and line.startswith("%"):
        return at[0], 1, _STARTS["%"], f'put it in quotes: "{shown(line.strip())}"'
    if first == "\t" or "\t" in re.match(r"\s*", line)[0]:  # type: ignore[index]
        return at[0], line.index("\t") + 1, _STARTS["\t"], "indent with spaces"
    if first in _STARTS:
        said = re.split(r",\s|\s#|[}\]]\s*$", rest, maxsplit=1)[0].strip()
        return (*at, _STARTS[first], f'put it in quotes: "{shown(said)}"')
    return None


def _reference(lines: list[str], problem: str, context: str, at: Place, began: Place) -> Told | None:
    if "alias" in context or "anchor" in context:
        said = re.split(r"[,\s}\]]", _rest(lines, began), maxsplit=1)[0]
        sign = "a reference" if said.startswith("*") else "an anchor"
        return (
            *began,
            f"`{shown(said)}` begins with {said[:1]}, which YAML takes for {sign}",
            f'put it in quotes: "{shown(said)}"',
        )
    if "tag" in context or "tag" in problem:
        return (
            *began,
            "! begins a tag of YAML, which declarations do not use",
            "put text that begins with ! in quotes",
        )
    return None


def _quotes(lines: list[str], problem: str, context: str, at: Place, began: Place) -> Told | None:
    if "escape character" in problem or "hexdecimal" in problem or "escape code" in problem:
        return (
            *at,
            'a \\ within " " begins an escape that YAML does not know',
            "put the text in ' ', where \\ is only a \\",
        )
    if "quoted scalar" in context:
        return (*began, "a quote is opened here and not closed", f"close it with {_rest(lines, began)[:1]}")
    before = _line(lines, at)[: at[1] - 1]
    after = re.search(r""":\s+("[^"]*"|'[^']*')\s*$""", before)
    if after and "expected" in problem and _rest(lines, at).strip():
        return (*at, "text goes on after its closing quote", "put all of the text within the quotes")
    return None


def _colon(lines: list[str], problem: str, context: str, at: Place, began: Place) -> Told | None:
    if "mapping values are not allowed" in problem:
        before = _line(lines, at)[: at[1] - 1]
        earlier = re.match(r"\s*(?:- )?([A-Za-z_][\w.-]*):\s+\S", before)
        if earlier:
            return (
                *at,
                f"the text of `{earlier[1]}` has a colon in it, which begins a new word",
                "put the text in quotes, or in block form below `|`",
            )
        line = _line(lines, at)
        begins = at[0], len(line) - len(line.lstrip()) + 1
        return _glued(lines, max(1, at[0] - 1), at[0]) or (*begins, *_INDENTED)
    if "could not find expected ':'" in problem:
        if said := _glued(lines, began[0], at[0]):
            return said
        bare = _rest(lines, began).strip()
        return (
            *began,
            f'"{shown(bare)}" has no colon',
            "write `word: value`, and put text of several lines in block form below `|`",
        )
    return None


def _glued(lines: list[str], first: int, last: int) -> Told | None:
    """A colon without its space, in one of these lines."""
    for number in range(first, min(last, len(lines)) + 1):
        if found := _WORD.fullmatch(lines[number - 1].rstrip()):
            column = len(found[1]) + 1
            return (
                number,
                column,
                f"a space is missing after the colon of `{found[2]}:`",
                f"write `{found[2]}: {shown(found[3])}`",
            )
    return None


def _block(lines: list[str], problem: str, context: str, at: Place, began: Place) -> Told | None:
    if "block scalar" in context:
        sign = _rest(lines, began)[:1]
        return (
            *began,
            f"{sign} begins text in block form, which starts on the next line",
            f"put the text on the next line, or in quotes if it begins with {sign}",
        )
    if "sequence entries are not allowed" in problem:
        return (
            *at,
            "a list in lines begins on a line of its own",
            "put each `- item` on a line below the word, or write [item, item]",
        )
    return None


def _flow(lines: list[str], problem: str, context: str, at: Place, began: Place) -> Told | None:
    if "flow" not in context:
        return None
    sign = _rest(lines, began)[:1]
    close = "]" if sign == "[" else "}"
    line = _line(lines, began)
    if _line(lines, at)[: at[1]].count(sign) > 40:
        return (*began, "this lies more than 40 levels deep", "say it flatter: no declaration is that deep")
    if "{{" in line:
        return (
            *began,
            "{{ }} is templating, which declarations do not have",
            "write the value itself, or put text in quotes",
        )
    if "node content" in problem:
        return (
            *at,
            f"a value is missing before the {_rest(lines, at)[:1] or 'end'}",
            "remove the comma too many, or put text in quotes",
        )
    if began[0] == at[0] and (colon := re.search(r":\s", line[began[1] : at[1] - 1])) and sign == "[":
        return (
            began[0],
            began[1] + colon.start() + 1,
            "a colon within [ ] begins a mapping",
            "put text with a colon in quotes",
        )
    if re.search(r"\s#", line[began[1] :]):
        return (
            *began,
            f"{sign} is not closed before the #, which begins a comment",
            f"close it with {close}, and put text with # in quotes",
        )
    if began[0] == at[0] and _rest(lines, at).strip():
        return (
            *at,
            f'"{shown(_rest(lines, at))}" stands where , or {close} belongs',
            "put text with quotes or brackets in it in quotes as a whole",
        )
    return (*began, f"{sign} is opened here and not closed", f"close it with {close}")


def _layout(lines: list[str], problem: str, context: str, at: Place, began: Place) -> Told | None:
    rest = _rest(lines, at).strip()
    if rest[:1] in ("]", "}"):
        return (*at, f"{rest[0]} closes what was not opened", "remove it, or put text with brackets in quotes")
    if "block mapping" in context or "document start" in problem or "block collection" in context:
        line = _line(lines, at)
        if found := re.match(r"\s*[\w-]+:\s+([\[{].*?[\]}])\s*(\S.*)$", line):
            return (
                *at,
                f'"{shown(rest)}" stands behind {shown(found[1])}, which is a value of its own',
                "put text that begins with a bracket in quotes",
            )
        if rest.startswith("- "):
            return (*at, "a list item stands where a word belongs", "indent it below its word, or remove the dash")
        return (*at, *_INDENTED)
    return None
