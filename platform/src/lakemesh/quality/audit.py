"""The audit of one snapshot that nobody sees yet: rules and row accounts in, a verdict out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lakemesh.declare.names import TableName
from lakemesh.engine.engine import Engine
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Contract
from lakemesh.quality.contract import row_rules, table_rules
from lakemesh.quality.reading import EXAMPLES, Reading, hidden, shown
from lakemesh.quality.rule import RowRule, TableRule
from lakemesh.quality.suite.suite import Looked
from lakemesh.quality.suite.suite import findings as suite
from lakemesh.quality.verdict import Finding, Verdict
from lakemesh.sql import quote


@dataclass(frozen=True, slots=True)
class Audited:
    """What is looked at. `added`: the files that this run wrote; `rows`: how many rows the snapshot holds, and
    `expected`, how many it must (None where nobody counted what was removed); `set_aside`: the quarantine's snapshot,
    by what was added to it; `key_settled`: the write itself proved the key; `others`: what is referred to."""

    snapshot: Snapshot
    added: Snapshot
    accounts: Accounts
    rows: int
    expected: int | None
    set_aside: Snapshot
    run: str
    key_settled: bool
    others: Mapping[TableName, Snapshot]


def audit(contract: Contract, engine: Engine, at: Audited) -> Verdict:
    """Every rule that the contract implies, each decided once: those of single rows were while they were read."""
    findings = [*_accounts(contract, at), *_types(contract, at), *_bad_share(contract, engine, at)]
    in_scan = [rule for rule in row_rules(contract) if rule.in_scan]
    broken = {finding.rule for finding in findings}
    findings += [
        Finding(rule.id, rule.sentence, 0, at.accounts.read, rule.otherwise, rule.origin)
        for rule in in_scan
        if rule.id not in broken
    ]
    findings += _rows(contract, engine, at, [rule for rule in row_rules(contract) if not rule.in_scan])
    for rule in table_rules(contract, key=not at.key_settled):
        findings.append(_table(contract, engine, at, rule))
    findings = [replace(finding, dimension=_dimension(finding.rule)) for finding in findings]
    rules = [rule for rule in contract.rules if rule.otherwise != "quarantine"]
    return Verdict((*findings, *suite(contract, rules, engine, Looked(at.added, at.snapshot, at.others))))


def _dimension(rule: str) -> str:
    """Which score a word of the contract counts for; what only keeps count of rows counts for none."""
    if rule in ("accounts", "rows", "max_bad", "types"):
        return ""
    word = rule.rpartition(":")[2]
    if word in ("key", "unique", "repeats"):
        return "uniqueness"
    return {"not_null": "completeness", "refers": "consistency"}.get(word, "validity")


def _accounts(contract: Contract, at: Audited) -> Iterator[Finding]:
    accounts = at.accounts
    off = abs(accounts.read - accounts.accounted)
    told = f"Every row that was read is accounted for: {accounts.read:,} read, {accounts.accounted:,} accounted for."
    yield Finding("accounts", told, off, accounts.read if off == 0 else 0, "stop", contract.path)
    if at.expected is not None:
        off = abs(at.rows - at.expected)
        told = f"The table holds the rows that were written: {at.rows:,} there, {at.expected:,} expected."
        yield Finding("rows", told, off, at.rows if off == 0 else 0, "stop", contract.path)


def _types(contract: Contract, at: Audited) -> Iterator[Finding]:
    wrong = [name for name, kind in contract.types.items() if at.snapshot.columns.get(name) != kind]
    told = f"Columns have the contract's types{': ' + ', '.join(wrong) if wrong else ''}."
    yield Finding("types", told, len(wrong), 0, "stop", contract.path)


def _bad_share(contract: Contract, engine: Engine, at: Audited) -> Iterator[Finding]:
    bad, read = at.accounts.quarantined, at.accounts.read
    if not bad:
        yield Finding("max_bad", _limit(contract), 0, read, "stop", contract.path)
        return
    aside = quote.table(contract.table.quarantine)
    mine = f"from {aside} where _run = {quote.literal(at.run)}"
    alike = "_rule, _column, _reason"
    grouped = f"select {alike}, count(*) as n {mine} group by {alike} order by n desc, _rule"
    found: Counter[str] = Counter()
    for row in _read(engine, grouped, {contract.table.quarantine: at.set_aside}):
        where = f"{mine} and _rule = {quote.literal(str(row['_rule']))}"
        where += f" and _reason = {quote.literal(str(row['_reason']))}"
        shown = f"select _raw, _source_file, _source_line {where} limit {EXAMPLES}"
        examples = tuple(
            _example(contract, one) for one in _read(engine, shown, {contract.table.quarantine: at.set_aside})
        )
        count = int(str(row["n"]))
        found[str(row["_rule"])] += count
        yield Finding(
            str(row["_rule"]),
            str(row["_reason"]),
            count,
            read,
            "quarantine",
            contract.path,
            examples,
            f"select * {where}",
        )
    if contract.repeats == "stop" and found["key"]:
        told = f"No two rows have the same {', '.join(contract.key)}."
        yield Finding("repeats", told, found["key"], read, "stop", contract.path)
    if found["extra"]:
        yield Finding("undeclared", "Rows have declared keys only.", found["extra"], read, "stop", contract.path)
    over = bad if bad > contract.max_bad * read else 0
    yield Finding(
        "max_bad", _limit(contract), over, read, "stop", contract.path, query=f"select * {mine}" if over else ""
    )


def _limit(contract: Contract) -> str:
    return f"At most {100 * contract.max_bad:g} % of the rows break a rule (max_bad)."


def _rows(contract: Contract, engine: Engine, at: Audited, rules: list[RowRule]) -> Iterator[Finding]:
    if not rules:
        return
    table = quote.table(contract.table)
    counts = ", ".join(f"sum(case when {rule.bad} then 1 else 0 end) as r{n}" for n, rule in enumerate(rules))
    inputs = {contract.table: at.added}
    (row,) = _read(engine, f"select count(*) as looked_at, {counts} from {table}", inputs)
    for n, rule in enumerate(rules):
        bad = int(str(row[f"r{n}"] or 0))
        examples: tuple[str, ...] = ()
        query = f"select * from {table} where {rule.bad}"
        if bad:
            examples = tuple(shown(contract, one) for one in _read(engine, f"{query} limit {EXAMPLES}", inputs))
        yield Finding(
            rule.id,
            rule.sentence,
            bad,
            int(str(row["looked_at"])),
            rule.otherwise,
            rule.origin,
            examples,
            query if bad else "",
        )


def _table(contract: Contract, engine: Engine, at: Audited, rule: TableRule) -> Finding:
    # What refers to another table is looked at once, when it comes in; what refers to its own is on both sides.
    apart = any(name != contract.table for name in rule.bad.reads)
    inputs = {**at.others, contract.table: at.added if apart else at.snapshot}
    needed = {name: inputs[name] for name in rule.bad.reads}
    (counted,) = _read(engine, f"select count(*) as n from ({rule.bad.text}) bad", needed)
    bad = int(str(counted["n"]))
    examples: tuple[str, ...] = ()
    if bad:
        examples = tuple(
            shown(contract, one)
            for one in _read(engine, f"select * from ({rule.bad.text}) bad limit {EXAMPLES}", needed)
        )
    return Finding(
        rule.id, rule.sentence, bad, at.rows, rule.otherwise, rule.origin, examples, rule.bad.text if bad else ""
    )


def _read(engine: Engine, text: str, inputs: Mapping[TableName, Snapshot]) -> Iterator[dict[str, object]]:
    return Reading(engine, inputs)(text, tuple(inputs))


def _example(contract: Contract, row: Mapping[str, object]) -> str:
    place = f"{row['_source_file']}:{row['_source_line']}" if row["_source_line"] else str(row["_source_file"] or "")
    if hidden(contract):
        return place or "(hidden: the table holds personal columns)"
    return f"{place}: {row['_raw']}" if place else str(row["_raw"])
