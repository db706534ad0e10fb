"""Regular expressions that mean the same on every engine: what RE2 and Java both know."""

import re
import warnings

from lakemesh.declare.scalar import Value, shown
from lakemesh.declare.values import text
from lakemesh.declare.wrong import Wrong

_ONLY_SOME = (
    (r"\(\?<?[=!]", "looks around", "say what matches instead of what may stand beside it, or use a rule in SQL"),
    (r"\(\?>", "has an atomic group", "use a plain group: (?:…)"),
    (r"\(\?P[=>]|\\[1-9]|\\k<", "refers back to a group", "write the group out again, or use a rule in SQL"),
    (r"\(\?P<|\(\?<[A-Za-z]", "names a group", "use a plain group: (?:…)"),
    (r"\(\?#", "has a comment in it", "put the comment on a line of its own, behind #"),
    (r"[*+?}]\+", "has a possessive repeat", "use a plain repeat"),
    (r"\\[GZXRhHvVKu]", "has an escape that only some engines know", "write the characters out, such as [ \\t]"),
)
_REPEAT = 1000
_BROKEN = {
    "missing )": "( is opened and not closed",
    "unbalanced parenthesis": ") closes what was not opened",
    "unterminated character set": "[ is opened and not closed",
    "nothing to repeat": "a repeat has nothing before it",
    "multiple repeat": "a repeat has nothing before it",
    "min repeat greater": "a repeat runs backwards",
    "bad character range": "a range of characters runs backwards",
    "bad escape": "it has an escape that means nothing",
}


def regex(value: Value) -> str:
    """An expression within what all engines know. Raises Wrong."""
    said = text(value)
    # What is escaped, or stands in a class, is taken out first, so that only what acts is looked at.
    # Classes of Unicode are known to both engines and not to Python, which only judges the shape here.
    judged = re.sub(r"\\[pP](?:\{\^?\w+\}|[A-Z])", r"\\w", said)
    acting = re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]", "[]", re.sub(r"\\([^1-9kGXRhHvVKuZ])", "xx", judged))
    for pattern, does, remedy in _ONLY_SOME:
        if re.search(pattern, acting):
            raise Wrong(f'"{shown(said)}" {does}, which not every engine can', remedy)
    if any(int(high) > _REPEAT for high in re.findall(r"\{(?:\d{1,9},)?(\d{1,9}),?\}", acting)):
        raise Wrong(
            f'"{shown(said)}" repeats more than {_REPEAT} times, which not every engine can',
            "use `length` beside a shorter expression",
        )
    for inside in re.findall(r"\[((?:\\.|[^\]\\])*)\]", said):
        if re.search(r"(?<!\\)\[|&&", inside):
            raise Wrong(
                f'"{shown(said)}" has a "[" or "&&" within [ ], which engines read differently',
                "write \\[ for the bracket itself",
            )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(judged.replace("\\z", "\\Z"))
    except (re.error, OverflowError, RecursionError) as error:
        why = next((told for start, told in _BROKEN.items() if str(error).startswith(start)), "it cannot be read")
        what = f'"{shown(said)}" is not a regular expression: {why}'
        raise Wrong(what, "mend it, or put \\ before a character that stands for itself") from None
    return said
