"""What templates may say of an answer: filters of Jinja, given to cookiecutter as an extension."""

import json
import re

from jinja2 import Environment
from jinja2.ext import Extension

from lakemesh.declare import yaml12
from lakemesh.declare.reserved import QUOTED
from lakemesh.errors import Mistakes
from lakemesh.sql.quote import name as quoted

_PLAIN = re.compile(r"[^\W\d_](?:[^:#\n\r\t]|:(?=\S)|(?<=\S)#){0,99}")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")


class Spoken(Extension):
    """`text`: as a value of YAML. `words`, `one`: a name as prose, and its singular. `sql`: as a column in a SELECT."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.filters.update(text=text, words=words, one=one, sql=sql)


def text(value: str) -> str:
    """Free text as it may stand behind `word: `, read back as exactly what it is whatever it holds."""
    lines = value.split("\n")
    for spelled in (
        value if _PLAIN.fullmatch(value) else "",
        "|-\n" + "\n".join(f"  {line}" if line else "" for line in lines),
        _quoted(value),
    ):
        if spelled and _reads(spelled, value):
            return spelled
    raise Mistakes.of(f"{json.dumps(value)} cannot stand in a file of YAML", "say it without odd characters")


def sql(name: str) -> str:
    """A column as it stands in a SELECT, quoted where it must be."""
    return name if _NAME.fullmatch(name) and name not in QUOTED else quoted(name)


def words(name: str) -> str:
    """`order_line` as people say it."""
    return name.replace("_", " ").strip()


def one(name: str) -> str:
    """The singular of a name, as English mostly has it."""
    for many, single in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ss", "ss")):
        if name.endswith(many) and len(name) > len(many) + 1:
            return name[: -len(many)] + single
    return name[:-1] if name.endswith("s") and len(name) > 3 and not name.endswith("us") else name


def _quoted(value: str) -> str:
    """Between double quotes, in YAML's own escapes: those of JSON cut a letter beyond 16 bits in two."""
    escaped = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    spelled = (escaped.get(c) or (c if c.isprintable() else f"\\U{ord(c):08X}") for c in value)
    return f'"{"".join(spelled)}"'


def _reads(spelled: str, value: str) -> bool:
    try:
        return yaml12.read(f"word: {spelled}\nnext: 1\n", "").value == {"word": value, "next": 1}
    except (Mistakes, ValueError):
        return False
