"""What the audit found, and whether it may be published."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lakemesh.declare.arguments import Given
from lakemesh.lake.runs import Json
from lakemesh.mesh.contract import Otherwise


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer: `bad` rows `of` those it looked at, up to 20 examples, and a query that returns them."""

    rule: str
    sentence: str
    bad: int
    of: int
    otherwise: Otherwise
    origin: str = ""
    examples: tuple[str, ...] = ()
    query: str = ""
    holds: bool | None = None
    """What a rule decides otherwise than by having no bad rows: nine in ten may do."""
    dimension: str = "validity"
    expectation: str = ""
    arguments: Mapping[str, Given] = field(default_factory=dict, hash=False)
    where: str = ""
    why: str = ""
    result: Mapping[str, object] = field(default_factory=dict, hash=False)
    """Great Expectations' own numbers, where it is one of its names that was asked."""
    observed: str = ""
    raised: bool = False

    @property
    def broken(self) -> bool:
        """Whether it is not so."""
        return self.bad > 0 if self.holds is None else not self.holds

    @property
    def stops(self) -> bool:
        return self.broken and self.otherwise == "stop"

    def __str__(self) -> str:
        told = self.sentence
        if self.bad and (self.of or self.query):
            told = f"{told} {failing(self.bad, self.of)}"
        elif self.observed:
            told = f"{told} {self.observed[0].upper()}{self.observed[1:]}"
        return f"{told} ({self.origin})" if self.origin else told


def failing(bad: int, of: int) -> str:
    """`1 of 3 rows fails`. `of`: 0 where nobody counted them."""
    among = f" of {of:,}" if of else ""
    rows = "row" if bad == 1 and not of else "rows"
    return f"{bad:,}{among} {rows} {'fails' if bad == 1 else 'fail'}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings of one audit. Those with no bad rows are kept too: they say what was checked."""

    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return not any(finding.stops for finding in self.findings)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The findings that are not so, those that stop first."""
        return tuple(sorted((f for f in self.findings if f.broken), key=lambda f: not f.stops))

    @property
    def word(self) -> str:
        if not self.passed:
            return "stopped"
        return "passed with warnings" if any(f.otherwise == "warn" for f in self.broken) else "passed"

    def as_json(self) -> Mapping[str, Json]:
        return {
            "verdict": self.word,
            "checked": len(self.findings),
            "findings": [
                {
                    "rule": f.rule,
                    "sentence": f.sentence,
                    "bad": f.bad,
                    "of": f.of,
                    "else": f.otherwise,
                    "origin": f.origin,
                    "examples": list(f.examples),
                    "query": f.query,
                    "observed": f.observed,
                    "dimension": f.dimension,
                    "why": f.why,
                }
                for f in self.broken
            ],
        }


def without_rows(verdict: Mapping[str, Json]) -> Mapping[str, Json]:
    """A verdict as a record keeps it, with its counts and without a value of any row."""
    findings = verdict.get("findings")
    if not isinstance(findings, list):
        return verdict
    bare: list[Json] = [
        {**one, "examples": [], "observed": ""} if isinstance(one, Mapping) else one for one in findings
    ]
    return {**verdict, "findings": bare}
