"""The strict, frozen ground of every declaration, and pydantic's errors as sentences."""

import re
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from lakemesh.declare.scalar import Value, named, shown
from lakemesh.declare.unbuilt import unbuilt_value, unbuilt_word
from lakemesh.declare.words import meant, suggest, suggest_value
from lakemesh.declare.wrong import Wrong, Wrongs

T = TypeVar("T")


class Declaration(BaseModel):
    """What a person writes about one thing. Unknown words are mistakes; all else is derived."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: ClassVar[str] = ""
    """What it describes, for a sentence: `a table`, `a column`."""
    example: ClassVar[str] = ""
    """How it is written, for who wrote something else."""

    @classmethod
    def known(cls) -> tuple[str, ...]:
        """The words that may stand in it."""
        return tuple(field.alias or name for name, field in cls.model_fields.items() if not field.init_var)

    @classmethod
    def long(cls, value: Value) -> Value:
        """The mapping that a short form stands for."""
        return value

    def wrongs(self) -> Iterable[Wrong]:
        """What does not go together, word by word right as it may be."""
        return ()

    @classmethod
    def read(cls, value: object) -> Self:
        """The declaration that a value of YAML is. Raises Wrongs: all there are."""
        if isinstance(value, cls):
            return value
        mapping = cls.long(value)  # type: ignore[arg-type]
        if not isinstance(mapping, dict):
            remedy = f"write {cls.example}" if cls.example else "write `word: value` lines"
            raise Wrongs(Wrong(f"{named(mapping)} stands where {cls.kind} is described", remedy))
        try:
            declared = cls.model_validate(mapping)
        except ValidationError as error:
            wrongs = [wrong for detail in error.errors(include_url=False) for wrong in _told(cls, detail)]
            raise Wrongs(*_itself(cls, mapping, wrongs)) from None
        if wrongs := list(declared.wrongs()):
            raise Wrongs(*wrongs)
        return declared


def _itself(cls: type[Declaration], mapping: dict[str, Value], wrongs: list[Wrong]) -> list[Wrong]:
    """The mistakes, without what only follows from them, and with what the other words say against each other."""
    broken = {str(wrong.at[0]) for wrong in wrongs if wrong.at}
    spoken = broken | {meant(cls.__name__, word, cls.known()) for word in mapping if word not in cls.known()}
    told = [wrong for wrong in wrongs if wrong.at or not wrong.leans & spoken]
    try:
        left = cls.model_validate({word: value for word, value in mapping.items() if word not in broken})
    except ValidationError:
        return told
    return told + [wrong for wrong in left.wrongs() if not spoken & wrong.leans]


def _told(cls: type[Declaration], detail: ErrorDetails) -> list[Wrong]:
    """Pydantic's error as something a person can mend."""
    at = tuple(detail["loc"])
    raised = detail.get("ctx", {}).get("error")
    if isinstance(raised, Wrongs):
        return [wrong.below(*at) for wrong in raised.wrongs]
    if isinstance(raised, Wrong):
        return [raised.below(*at)]
    word, given, kind = str(at[-1]) if at else "", detail["input"], detail["type"]
    if kind == "extra_forbidden":
        return [unknown(cls, word)]
    if kind == "missing":
        return [Wrong(f"{cls.kind} says nothing of `{word}`", missing(cls, word), leans=word)]
    if kind == "literal_error":
        return [choice(word, given, re.findall(r"[^', ]+", detail["ctx"]["expected"].replace(" or ", " "))).below(*at)]
    return [Wrong(f"{named(given)} is not what `{word}` says", "see docs/reference/schemas for its form", *at)]


def unknown(cls: type[Declaration], word: str) -> Wrong:
    """A word that does not belong there."""
    if sentence := unbuilt_word(cls.__name__, word):
        return Wrong(sentence, "leave it out until then", word, word=True)
    return Wrong(
        f'unknown word "{shown(word)}" for {cls.kind}', suggest(cls.__name__, word, cls.known()), word, word=True
    )


def missing(cls: type[Declaration], word: str) -> str:
    """How to say a word that has to be there."""
    field = next(field for name, field in cls.model_fields.items() if (field.alias or name) == word)
    example = (field.examples or ["…"])[0]
    return f"add `{word}: {example}`"


def choice(word: str, given: object, known: list[str]) -> Wrong:
    """A value that is none of those a word knows."""
    if isinstance(given, str) and (sentence := unbuilt_value(word, given)):
        return Wrong(sentence, f"say {_either(known)}")
    if not isinstance(given, str):
        return Wrong(f"`{word}` cannot be {named(given)}", f"say {_either(known)}")
    return Wrong(f'`{word}` cannot be "{shown(given)}"', suggest_value(word, given, known))


def _either(known: list[str]) -> str:
    return f"{', '.join(known[:-1])} or {known[-1]}" if len(known) > 1 else known[0]


def under_names(value: object, like: str = "…") -> str:
    """How things are written that stand in a list, where each stands under its name: said with the first of them."""
    first = value[0] if isinstance(value, list) and value else None
    if isinstance(first, dict):
        first = first.get("name", next(iter(first), None))
    if not isinstance(first, str):
        return f"write `name: {like}` lines below it"
    return f"write each under its name, without a dash before it: `{first.partition('/')[0]}: {like}`"


def each(read: Callable[[Value], T]) -> Callable[[Any], object]:
    """A reader of mappings from a reader of what stands under each name."""

    def mapping(value: Any) -> object:
        if not isinstance(value, dict):
            raise Wrong(f"{named(value)} stands where names are described one by one", under_names(value))
        done: dict[str, T] = {}
        wrongs: list[Wrong] = []
        for name, one in value.items():
            try:
                done[name] = read(one)
            except Wrongs as error:
                wrongs += [wrong.below(name) for wrong in error.wrongs]
            except Wrong as wrong:
                wrongs.append(wrong.below(name))
        if wrongs:
            raise Wrongs(*wrongs)
        return done

    return mapping
