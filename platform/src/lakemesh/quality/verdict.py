"""What the audit found, and whether it may be published."""

from collections.abc import Mapping
from dataclasses import dataclass

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

    @property
    def stops(self) -> bool:
        return self.bad > 0 and self.otherwise == "stop"

    def __str__(self) -> str:
        told = f"{self.sentence} {self.bad:,} of {self.of:,} rows are not so" if self.of else self.sentence
        return f"{told} ({self.origin})" if self.origin else told


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings of one audit. Those with no bad rows are kept too: they say what was checked."""

    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return not any(finding.stops for finding in self.findings)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The findings that have bad rows, those that stop first."""
        return tuple(sorted((f for f in self.findings if f.bad), key=lambda f: not f.stops))

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
                }
                for f in self.broken
            ],
        }
