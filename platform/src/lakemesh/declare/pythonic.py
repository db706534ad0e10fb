"""Regular expressions as Great Expectations reads them, Python's: and the same for every engine, where that can be."""

import re
import warnings

from lakemesh.declare.scalar import shown
from lakemesh.declare.wrong import Wrong

# What Python's classes hold, in the words that Java and RE2 share.
_INSIDE = {"d": r"\p{Nd}", "w": r"\p{L}\p{N}_", "s": r"\t-\r\x1c-\x20\x85\xa0\p{Z}"}
_CONTROL = {"n": r"\n", "t": r"\t", "r": r"\r", "f": r"\f", "v": r"\x0b", "a": r"\x07"}
_REPEAT = re.compile(r"\{(?:\d+|\d*,\d*)\}")
_MOST = 1000


def python(said: str) -> str:
    """An expression that Python reads. Raises Wrong."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(said)
    except (re.error, OverflowError, RecursionError) as error:
        raise Wrong(f'"{shown(said)}" is not a regular expression: {error}', "mend it") from None
    return said


class _OnlyPython(Exception):
    """Something that no other engine reads as Python does."""


def portable(said: str) -> str | None:
    """The same for Java and RE2; None where only Python can tell, such as where it looks around."""
    try:
        return _Rewriting(said).done()
    except _OnlyPython:
        return None


class _Rewriting:
    """One pass from left to right."""

    def __init__(self, said: str) -> None:
        self.all_dots = said.startswith("(?s)")
        self.text = said.removeprefix("(?s)")
        self.at = 0

    def done(self) -> str:
        made = ""
        while self.at < len(self.text):
            made += self.next()
        return made

    def next(self) -> str:
        character = self.text[self.at]
        self.at += 1
        match character:
            case "\\":
                return self.escape(inside=False)
            case "[":
                return self.characters()
            case "(":
                return self.group()
            case ".":
                return r"(?:.|\n)".replace(".", r"[^\n]") if self.all_dots else r"[^\n]"
            case "$":
                if self.at < len(self.text) and self.text[self.at] not in "|)":
                    raise _OnlyPython
                return r"(?:\n?)\z"
            case "{":
                return self.repeat()
            case "}":
                return r"\}"
            case "*" | "+" | "?":
                if self.text[self.at : self.at + 1] == "+":
                    raise _OnlyPython
                return character
        return character

    def repeat(self) -> str:
        found = _REPEAT.match(self.text, self.at - 1)
        if not found or found[0] == "{,}":
            return r"\{"
        self.at = found.end()
        if any(int(many) > _MOST for many in re.findall(r"\d+", found[0])) or self.text[self.at : self.at + 1] == "+":
            raise _OnlyPython
        return found[0].replace("{,", "{0,")

    def group(self) -> str:
        if self.text[self.at : self.at + 1] != "?":
            return "("
        for plain in (r"\?:", r"\?P<\w+>"):
            if found := re.compile(plain).match(self.text, self.at):
                self.at = found.end()
                return "(?:" if plain == r"\?:" else "("
        raise _OnlyPython

    def escape(self, inside: bool) -> str:
        letter = self.text[self.at]
        self.at += 1
        if letter in "dws":
            return _INSIDE[letter] if inside else f"[{_INSIDE[letter]}]"
        if letter in "DWS" and not inside:
            return f"[^{_INSIDE[letter.lower()]}]"
        if letter in _CONTROL:
            return _CONTROL[letter]
        if letter in "xuU":
            digits = {"x": 2, "u": 4, "U": 8}[letter]
            code = self.text[self.at : self.at + digits]
            self.at += digits
            return f"\\x{{{code}}}"
        if inside and letter == "b":
            return r"\x08"
        if letter == "A" and not inside:
            return r"\A"
        if letter == "Z" and not inside:
            return r"\z"
        if letter.isascii() and letter.isalnum():
            raise _OnlyPython
        return "\\" + letter if letter.isascii() and not letter.isspace() else letter

    def characters(self) -> str:
        made = "["
        if self.text[self.at] == "^":
            made += "^"
            self.at += 1
        first = True
        while self.text[self.at] != "]" or first:
            character = self.text[self.at]
            self.at += 1
            if character == "\\":
                made += self.escape(inside=True)
            else:
                made += "\\" + character if character in "[]&^~" else character
            first = False
        self.at += 1
        return made + "]"
