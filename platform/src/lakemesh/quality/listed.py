"""All that holds of a table, in sentences: each with its consequence, its place, and how to see what breaks it."""

from collections.abc import Iterator
from dataclasses import dataclass

from lakemesh.mesh.contract import Contract, Rule
from lakemesh.mesh.explain import span
from lakemesh.quality.contract import row_rules, table_rules
from lakemesh.quality.expectations.ask import Unfit
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.every import BY_ROW, condition
from lakemesh.quality.expectations.parsed import only_python
from lakemesh.quality.suite.sentences import sentence
from lakemesh.sql import quote


@dataclass(frozen=True, slots=True)
class Holds:
    """One thing that must be true. `query` returns the rows of which it is not; empty where it is about no rows."""

    rule: str
    sentence: str
    otherwise: str
    origin: str
    query: str = ""
    why: str = ""


def listed(contract: Contract) -> tuple[Holds, ...]:
    """What the contract implies, then the rules of quality/<table>.yaml."""
    return (*_implied(contract), *(_ruled(contract, rule) for rule in contract.rules))


def _implied(contract: Contract) -> Iterator[Holds]:
    table = quote.table(contract.table)
    for rule in row_rules(contract):
        if rule.id in {each.id for each in contract.rules}:
            continue
        yield Holds(rule.id, rule.sentence, rule.otherwise, rule.origin, f"select * from {table} where {rule.bad}")
    for each in table_rules(contract, key=True):
        yield Holds(each.id, each.sentence, each.otherwise, each.origin, each.bad.text)
    share = f"At most {100 * contract.max_bad:g} % of the rows of a run are set aside (max_bad)."
    yield Holds("max_bad", share, "stop", _place(contract, "max_bad"))
    if contract.fresh:
        of = f"its newest {contract.fresh.of} is" if contract.fresh.of else "it was last verified"
        told = f"Readers may count on it: {of} at most {span(contract.fresh.within)} ago."
        yield Holds("fresh", told, "note", _place(contract, "fresh"))


def _ruled(contract: Contract, rule: Rule) -> Holds:
    place = f"{rule.origin.path}:{rule.origin.line}"
    return Holds(rule.id, sentence(rule), rule.otherwise, place, _query(contract, rule), rule.why)


def _query(contract: Contract, rule: Rule) -> str:
    if rule.bad_rows:
        return rule.bad_rows.text.strip()
    if rule.expectation not in BY_ROW or only_python(rule.arguments):
        return ""
    at = At(contract.table, contract.types, rule.where)
    try:
        return at.rows_where(condition(rule.expectation, at, rule.arguments).bad)
    except Unfit:
        return ""


def _place(contract: Contract, word: str) -> str:
    origin = contract.origins.get(word)
    return f"{origin.path}:{origin.line}" if origin and origin.path else contract.path
