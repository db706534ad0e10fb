"""YAML as it should be: a text read into values, with the line and column of every word and value."""

import re
from typing import NoReturn, Protocol

import yaml

from lakemesh.declare import syntax, traps
from lakemesh.declare.scalar import Value, resolve, shown
from lakemesh.declare.spots import Document, Place, Spot
from lakemesh.errors import Mistake, Mistakes

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LARGEST = 1_000_000
DEEPEST = 40
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def read(text: str, path: str) -> Document:
    """The values of one file. Raises Mistakes with the line, the column and a sentence a person can use."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LARGEST:
        what = f"the file is larger than {LARGEST // 1_000_000} MB"
        raise Mistakes(Mistake(path, 0, 0, what, "say it shorter: a declaration fits one screen"))
    if control := _CONTROL.search(text):
        raise Mistakes(Mistake(path, *syntax.unreadable(text, control.start())))
    try:
        return _Builder(text, path).document()
    except yaml.MarkedYAMLError as error:
        began, at = _place(error.context_mark or error.problem_mark), _place(error.problem_mark or error.context_mark)
        raise Mistakes(Mistake(path, *syntax.told(text, error.problem or "", error.context or "", at, began))) from None


def _place(mark: "_Mark | None") -> Place:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _Mark(Protocol):
    """What is used of the marks of both parsers."""

    line: int
    column: int


class _Builder:
    """Events in, values and places out. Its stack is its own, so that no depth of nesting can exhaust Python's."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.mistakes: list[Mistake] = []
        self.top: list[Value] = []
        self.root = Spot((1, 1), (1, 1))
        self.values: list[list[Value] | dict[str, Value]] = [self.top]
        self.spots: list[Spot] = [self.root]
        self.words: list[tuple[str, Place] | None] = [None]

    def document(self) -> Document:
        """The one document of the file."""
        parser = _LOADER(self.text)
        documents = 0
        try:
            while not isinstance(event := parser.get_event(), yaml.StreamEndEvent):
                if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
                    self.node(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self.values.pop()
                    self.spots.pop()
                    self.words.pop()
                elif isinstance(event, yaml.AliasEvent):
                    self.stop(*traps.alias(self.text, _place(event.start_mark)))
                elif isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    self.begins(event, documents)
        finally:
            parser.dispose()
        if not self.top or self.root.inside[0].empty:
            self.stop(0, 0, "the file is empty", "write `word: value` lines, or remove it")
        value, spot = self.top[0], self.root.inside[0]
        self.mistakes += (Mistake(self.path, *told) for told in traps.shapes(self.text, value, spot))
        if self.mistakes:
            raise Mistakes(*self.mistakes)
        return Document(self.path, value, spot)

    def note(self, line: int, column: int, what: str, remedy: str) -> None:
        self.mistakes.append(Mistake(self.path, line, column, what, remedy))

    def stop(self, line: int, column: int, what: str, remedy: str) -> NoReturn:
        self.note(line, column, what, remedy)
        raise Mistakes(*self.mistakes)

    def begins(self, event: yaml.DocumentStartEvent, number: int) -> None:
        """A file is one document without directives."""
        line, _ = _place(event.start_mark)
        if number > 1:
            self.stop(line, 1, "a second document begins here", "keep one document in a file, and leave out `---`")
        if event.tags or event.version:
            self.note(1, 1, "% begins a directive of YAML, which declarations do not use", "leave the line out")

    def node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """A word, or a value under the word before it."""
        place = _place(event.start_mark)
        if event.anchor or event.tag:
            self.note(*place, *traps.property(self.text, place, event.tag))
        values, spots = self.values[-1], self.spots[-1]
        if isinstance(values, dict):
            word = self.words[-1]
            if word is None:
                self.words[-1] = self.word(event, place, values)
                return
            self.words[-1] = None
            name: str | int = word[0]
            spot = Spot(place, word[1])
        else:
            name, spot = len(values), Spot(place, place)
        value = self.value(event, spot)
        spots.inside[name] = spot
        if isinstance(values, dict):
            values[str(name)] = value
        else:
            values.append(value)

    def word(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place, inside: dict[str, Value]
    ) -> tuple[str, Place]:
        """What stands on the left of a colon: always text."""
        if not isinstance(event, yaml.ScalarEvent):
            self.stop(*place, *traps.complex_key(self.text, place))
        word = str(event.value)
        if word == "<<" and event.implicit[0]:
            self.note(*place, "<< merges mappings, which declarations do not do", "write the words out")
        elif word in inside:
            first = self.spots[-1].inside[word].word[0]
            self.note(*place, f'"{shown(word)}" stands twice, first in line {first}', "say it once")
        return word, place

    def value(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, spot: Spot) -> Value:
        """A scalar, or a list or mapping that the next events fill."""
        if isinstance(event, yaml.ScalarEvent):
            spot.plain = event.implicit[0]
            spot.empty = spot.plain and not event.value
            spot.end = _place(event.end_mark)
            return resolve(event.value) if spot.plain else str(event.value)
        if len(self.values) > DEEPEST:
            self.stop(
                *spot.place, f"this lies more than {DEEPEST} levels deep", "say it flatter: no declaration is that deep"
            )
        spot.flow = bool(event.flow_style)
        value: list[Value] | dict[str, Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.values.append(value)
        self.spots.append(spot)
        self.words.append(None)
        return value
