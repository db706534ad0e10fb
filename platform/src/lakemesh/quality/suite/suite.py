"""The rules of quality/<table>.yaml, asked of an audited snapshot: one scan per snapshot, and what needs its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lakemesh.declare.expectations import EXPECTATIONS
from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.engine import Engine
from lakemesh.errors import Mistakes
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Contract, Rule
from lakemesh.quality.compile.scan import run
from lakemesh.quality.expectations.ask import Check, Outcome
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.every import check
from lakemesh.quality.reading import EXAMPLES, HIDDEN, Reading, hidden, of_select, shown, shown_of
from lakemesh.quality.suite.sentences import sentence
from lakemesh.quality.verdict import Finding


@dataclass(frozen=True, slots=True)
class Looked:
    """What the rules look at: the rows that a run added, the whole table (the same object where a run made all of it),
    and the other tables that they name."""

    new: Snapshot
    table: Snapshot
    others: Mapping[TableName, Snapshot]


def findings(contract: Contract, rules: Sequence[Rule], engine: Engine, at: Looked) -> Iterator[Finding]:
    """One per rule, in their order; those that were decided while rows were read are not among them."""
    found: dict[str, Finding] = {}
    whole = at.new == at.table
    for over, snapshot in (("new", at.new), ("table", at.table)):
        named = [rule for rule in rules if rule.expectation and (rule.over == over or (whole and over == "table"))]
        if whole and over == "new":
            continue
        reading = Reading(engine, {**at.others, contract.table: snapshot})
        for rule, outcome in zip(named, run([_asked(contract, rule) for rule in named], reading), strict=True):
            found[rule.id] = _finding(contract, rule, outcome, reading)
    for rule in rules:
        if rule.bad_rows:
            snapshot = at.new if rule.over == "new" else at.table
            found[rule.id] = _select(contract, rule, Reading(engine, {**at.others, contract.table: snapshot}))
    return (found[rule.id] for rule in rules)


def _asked(contract: Contract, rule: Rule) -> tuple[At, Callable[[], Check]]:
    at = at_rule(contract.table, contract.types, rule)
    return at, lambda: check(rule.expectation, at, rule.arguments)


def at_rule(table: TableName, columns: Columns, rule: Rule) -> At:
    """The rows that a rule is about."""
    return At(table, columns, rule.where)


def empty(contract: Contract, rule: Rule) -> Finding:
    """A rule that was not asked yet."""
    usual = EXPECTATIONS[rule.expectation].dimension if rule.expectation else "consistency"
    return Finding(
        rule.id,
        sentence(rule),
        0,
        0,
        rule.otherwise,
        f"{rule.origin.path}:{rule.origin.line}",
        dimension=rule.dimension or usual,
        expectation=rule.expectation,
        arguments=rule.arguments,
        where=rule.where,
        why=rule.why,
    )


def _finding(contract: Contract, rule: Rule, outcome: Outcome, reading: Reading) -> Finding:
    examples: tuple[str, ...] = ()
    if not outcome.success and outcome.failing:
        rows = reading(f"{outcome.failing} limit {EXAMPLES}", (contract.table,))
        examples = tuple(shown(contract, row) for row in rows)
    return replace(
        empty(contract, rule),
        bad=outcome.bad,
        of=outcome.of,
        holds=outcome.success,
        examples=examples,
        query=outcome.failing if not outcome.success else "",
        result=_masked(contract, rule, outcome.result),
        observed=outcome.raised or _observed(outcome, rule, hidden(contract)),
        raised=bool(outcome.raised),
    )


def _columns(rule: Rule) -> set[str]:
    given = [rule.arguments.get(word) for word in ("column", "column_A", "column_B", "column_list")]
    return {str(name) for each in given for name in (each if isinstance(each, tuple) else (each,)) if name}


def _masked(contract: Contract, rule: Rule, result: Mapping[str, object]) -> Mapping[str, object]:
    """What a result shows of values goes where one of its columns is personal; counts and shares stay."""
    if not _columns(rule) & hidden(contract):
        return result
    kept = {word: value for word, value in result.items() if word.endswith(("_count", "_percent", "_total", "missing"))}
    return {**kept, **({"partial_unexpected_list": []} if "partial_unexpected_list" in result else {})}


def _observed(outcome: Outcome, rule: Rule, secret: frozenset[str]) -> str:
    if outcome.success or "observed_value" not in outcome.result:
        return ""
    if _columns(rule) & secret:
        return f"observed {HIDDEN}"
    seen = outcome.result["observed_value"]
    return f"observed {seen}" if seen is not None else "nothing was observed"


def _select(contract: Contract, rule: Rule, reading: Reading) -> Finding:
    assert rule.bad_rows is not None
    text, reads = rule.bad_rows.text, rule.bad_rows.reads
    try:
        (counted,) = reading(f"select count(*) as n from ({text}) bad", reads)
        bad = int(str(counted["n"]))
        examples: tuple[str, ...] = ()
        if bad:
            may = of_select(contract, rule.bad_rows, reading.inputs)
            rows = reading(f"select * from ({text}) bad limit {EXAMPLES}", reads)
            examples = tuple(shown_of(row, may) for row in rows)
    except Mistakes as mistakes:
        return replace(empty(contract, rule), bad=1, holds=False, observed=str(mistakes), raised=True)
    return replace(
        empty(contract, rule),
        bad=bad,
        holds=bad == 0,
        examples=examples,
        query=text if bad else "",
        result={"observed_value": bad},
    )
