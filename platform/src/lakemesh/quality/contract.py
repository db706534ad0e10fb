"""What a contract implies, as rules: its columns' words, its key, what it refers to."""

from collections.abc import Iterator

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Array, MapOf, Primitive, Type
from lakemesh.mesh.contract import Check, Column, Contract, Rule, Scalar
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.every import condition
from lakemesh.quality.rule import RowRule, TableRule
from lakemesh.quality.suite.sentences import sentence
from lakemesh.sql import quote
from lakemesh.sql.select import Select

_TEXT = Primitive("string")


def row_rules(contract: Contract) -> tuple[RowRule, ...]:
    """What can be decided by looking at one row: words in the order of the columns, then rules that set rows aside."""
    words = (
        _row_rule(column, check)
        for column in contract.columns
        for check in column.checks
        if check.word not in ("unique", "refers")
    )
    return (*words, *(_aside(contract, rule) for rule in contract.rules if rule.otherwise == "quarantine"))


def _aside(contract: Contract, rule: Rule) -> RowRule:
    """An expectation whose failing rows go to quarantine while they are read."""
    found = condition(rule.expectation, At(contract.table, contract.types), rule.arguments)
    bad = f"({rule.where}) and ({found.bad})" if rule.where else found.bad
    origin = f"{rule.origin.path}:{rule.origin.line}"
    return RowRule(rule.id, sentence(rule), found.shown[0], bad, "quarantine", origin)


def table_rules(contract: Contract, key: bool) -> tuple[TableRule, ...]:
    """The words that need the whole table: `unique`, `refers`, and, where the write did not settle it, the `key`."""
    return tuple(_table_rules(contract, key))


def _table_rules(contract: Contract, key: bool) -> Iterator[TableRule]:
    if key and contract.unique:
        names = ", ".join(contract.unique)
        yield TableRule(
            "key",
            f"There is one row per {names}.",
            _repeats(contract.table, contract.unique),
            "stop",
            _origin(contract, "key"),
        )
    for column in contract.columns:
        for check in column.checks:
            where = _where(column, check)
            if check.word == "unique":
                yield TableRule(
                    f"{column.name}:unique",
                    f"{column.name} is unique.",
                    _repeats(contract.table, (column.name,)),
                    check.otherwise,
                    where,
                )
            elif check.word == "refers":
                yield _refers(contract, column, check, where)


def literal(value: Scalar, kind: Type) -> str:
    """`value` as Spark SQL of the column's type, so that nothing is compared across types."""
    if kind == _TEXT:
        return quote.literal(str(value))
    if isinstance(value, bool) or (isinstance(value, int) and kind in (Primitive("int"), Primitive("bigint"))):
        return quote.literal(value)
    return f"cast({quote.literal(str(value))} as {kind})"


def _row_rule(column: Column, check: Check) -> RowRule:
    otherwise = check.otherwise if check.said else "quarantine"
    bad, sentence = _condition(column, check)
    return RowRule(f"{column.name}:{check.word}", sentence, column.name, bad, otherwise, _where(column, check))


def _condition(column: Column, check: Check) -> tuple[str, str]:
    name = quote.name(column.name)
    if check.word == "not_null":
        return f"{name} is null", f"{column.name} is not null."
    if check.word == "one_of":
        values = [value for value in check.value if value is not None]
        told = ", ".join(str(value) for value in values)
        return (
            f"{name} not in ({', '.join(literal(v, column.type) for v in values)})",
            f"{column.name} is one of {told}.",
        )
    if check.word == "matches":
        pattern = quote.literal(f"^(?:{check.value[0]})$")
        return f"not ({name} rlike {pattern})", f"{column.name} matches {check.value[0]}."
    low, high = check.value
    told = f"{'' if low is None else low}..{'' if high is None else high}"
    if check.word == "length":
        measure = f"size({name})" if isinstance(column.type, (Array, MapOf)) else f"length({name})"
        ends = [f"{measure} {sign} {end}" for sign, end in (("<", low), (">", high)) if end is not None]
        return f"{name} is not null and ({' or '.join(ends)})", f"The length of {column.name} is in {told}."
    ends = [f"{name} {sign} {literal(end, column.type)}" for sign, end in (("<", low), (">", high)) if end is not None]
    return " or ".join(ends), f"{column.name} is in {told}."


def _repeats(table: TableName, columns: tuple[str, ...]) -> Select:
    names = ", ".join(quote.name(column) for column in columns)
    whole = " and ".join(f"{quote.name(column)} is not null" for column in columns)
    text = (
        f"select {names}, count(*) as rows from {quote.table(table)} where {whole} group by {names} having count(*) > 1"
    )
    return Select(text, (table,), "the contract")


def _refers(contract: Contract, column: Column, check: Check, where: str) -> TableRule:
    target, named = TableName.parse(str(check.value[0])), str(check.value[1])
    here, there = quote.name(column.name), quote.name(named)
    known = f"select {there} from {quote.table(target)} where {there} is not null"
    text = (
        f"select {here}, count(*) as rows from {quote.table(contract.table)} "
        f"where {here} is not null and {here} not in ({known}) group by {here}"
    )
    sentence = f"Every {column.name} is a {named} of {target}."
    return TableRule(
        f"{column.name}:refers",
        sentence,
        Select(text, (contract.table, target), "the contract"),
        check.otherwise,
        where,
    )


def _where(column: Column, check: Check) -> str:
    origin = column.origins.get(check.word) or column.origins.get("type")
    return f"{origin.path}:{origin.line}" if origin else ""


def _origin(contract: Contract, word: str) -> str:
    origin = contract.origins.get(word)
    return f"{origin.path}:{origin.line}" if origin else contract.path
