"""quality/<table>.yaml: what must be true of a table beyond the words of its columns, one rule after the other."""

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal, Self

from pydantic import Field

from lakemesh.declare import arguments
from lakemesh.declare.arguments import Given
from lakemesh.declare.columns import Otherwise
from lakemesh.declare.declaration import Declaration, unknown
from lakemesh.declare.expectations import EXPECTATIONS, Dimension
from lakemesh.declare.pythonic import portable
from lakemesh.declare.scalar import Value, named, shown
from lakemesh.declare.values import Text
from lakemesh.declare.wrong import Wrong, Wrongs

_ID = re.compile(r"[a-z0-9][a-z0-9_.:-]*")


class Rule(Declaration):
    """One thing that must be true: a SELECT that returns the bad rows, or an expectation by its name."""

    kind: ClassVar[str] = "a rule"
    example: ClassVar[str] = "`- rule: …` with bad_rows or an expectation below it"

    rule: Text = Field(default="", description="What must be true, in a sentence.", examples=["Titles are short."])
    id: Text = Field(default="", description="Its name in results; made from its sentence where it has none.")
    bad_rows: Text | None = Field(
        default=None, description="A SELECT that returns the rows that break it: none, and the rule holds."
    )
    where: Text | None = Field(
        default=None, description="Which rows an expectation is asked of, as a condition in Spark SQL."
    )
    over: Literal["new", "table"] | None = Field(
        default=None,
        description="What is looked at: the rows of this run (`new`: usual where each row is judged alone) or all.",
    )
    else_: Otherwise | None = Field(
        default=None,
        alias="else",
        description="What happens where it does not hold: `stop` (usual) leaves readers what they had; `quarantine` "
        "sets the failing rows aside; `warn` publishes and tells; `note` publishes and keeps it in the record.",
    )
    dimension: Dimension | None = Field(default=None, description="Which score it counts for, where not the usual one.")
    why: Text = Field(default="", description="Why it is there.")
    name: str = Field(default="", init_var=True)
    arguments: dict[str, object] = Field(default_factory=dict, init_var=True)

    @classmethod
    def read(cls, value: object) -> Self:
        """The rule that a value of YAML is. Raises Wrongs: all there are."""
        if not isinstance(value, dict):
            return super().read(value)
        names = [word for word in value if _is_expectation(word)]
        own = {word: said for word, said in value.items() if word not in names}
        wrongs = [unknown(cls, word) for word in ("name", "arguments") if word in own]
        given: dict[str, Given] = {}
        for name in names:
            try:
                given = arguments.read(name, value[name])
            except Wrongs as error:
                wrongs += (wrong.below(name) for wrong in error.wrongs)
        if len(names) > 1:
            wrongs.append(Wrong("two expectations stand in one rule", "begin another rule with -", names[1], word=True))
        read: Self | None = None
        try:
            more = {"name": names[0], "arguments": given} if names and not wrongs else {}
            read = super().read({**own, **more})
        except Wrongs as error:
            nothing = error.wrongs if not names else [wrong for wrong in error.wrongs if wrong.at or not wrongs]
            wrongs += nothing
        if wrongs or read is None:
            raise Wrongs(*wrongs)
        return read

    def wrongs(self) -> Iterable[Wrong]:
        """One question, and a consequence that goes with it."""
        if self.name and self.bad_rows:
            yield Wrong("a rule is a SELECT or an expectation, and here are both", "make two rules of them", "bad_rows")
        if not self.name and not self.bad_rows:
            yield Wrong("nothing is asked", "add bad_rows, or an expectation such as expect_column_values_to_be_in_set")
        if self.bad_rows and not self.rule:
            yield Wrong("a SELECT without a sentence tells nobody what is wrong", "add `rule: …`", "bad_rows")
        if self.bad_rows and self.where:
            yield Wrong("`where` goes with an expectation", "say it in the SELECT", "where")
        if self.id and not _ID.fullmatch(self.id):
            yield Wrong(f'"{shown(self.id)}" is no id', "write small letters, digits and _ - . :", "id")
        if self.else_ == "quarantine" and (why := self._whole()):
            yield Wrong(f"`else: quarantine` sets rows aside, and {why}", "say stop, warn or note", "else")

    @property
    def by_row(self) -> bool:
        """Whether it judges each row alone."""
        return self.name in EXPECTATIONS and EXPECTATIONS[self.name].rows

    def _whole(self) -> str:
        """Why it cannot be decided while a row is read; nothing where it can."""
        if self.bad_rows or not self.name:
            return "a SELECT is asked when all rows are written"
        if not EXPECTATIONS[self.name].rows:
            return "this is no question about one row"
        if self.over == "table":
            return "`over: table` looks at rows that are published already"
        if "mostly" in self.arguments:
            return "with `mostly` it is no question about one row"
        patterns = self.arguments.get("regex_list", (self.arguments.get("regex", ""),))
        if isinstance(patterns, tuple) and any(portable(str(pattern)) is None for pattern in patterns):
            return "only Python reads this expression, after all rows are written"
        return ""


def read(value: Value) -> tuple[Rule, ...]:
    """The rules of one file. Raises Wrongs: all there are, each at its place."""
    if not isinstance(value, list):
        raise Wrongs(Wrong(f"{named(value)} stands where a list of rules belongs", "begin each rule with `- rule: …`"))
    done: list[Rule] = []
    wrongs: list[Wrong] = []
    for place, one in enumerate(value):
        try:
            done.append(Rule.read(one))
        except Wrongs as error:
            wrongs += (wrong.below(place) for wrong in error.wrongs)
    if wrongs:
        raise Wrongs(*wrongs)
    return tuple(done)


def _is_expectation(word: str) -> bool:
    return word.startswith("expect") or word == "unexpected_rows_expectation"


def told(arguments: Mapping[str, Given]) -> str:
    """Arguments as a person reads them: `column: title, max_value: 255`."""
    return ", ".join(f"{name}: {_shown(value)}" for name, value in arguments.items())


def _shown(value: Given) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_shown(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{" + told(value) + "}"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)
