"""The rules of quality/<table>.yaml ask of columns and tables that are there, and of kinds that fit."""

from collections.abc import Iterator

from lakemesh.declare.expectations import EXPECTATIONS
from lakemesh.declare.types import Decimal, Primitive, Type
from lakemesh.declare.words import near
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh import suite
from lakemesh.mesh.contract import Contract, Rule
from lakemesh.mesh.parts import Part
from lakemesh.mesh.rules.unknown_input import remedy
from lakemesh.mesh.view import View
from lakemesh.sql import quote
from lakemesh.sql.columns import qualify
from lakemesh.sql.select import Select, read

_FITS = {
    "text": ("string",),
    "number": ("int", "bigint", "float", "double", "decimal"),
    "ordered": ("int", "bigint", "float", "double", "decimal", "string", "date", "timestamp", "timestamp_ntz"),
    "plain": ("string", "int", "bigint", "boolean", "decimal", "date"),
    "single": (
        *("int", "bigint", "float", "double", "decimal", "string", "boolean"),
        *("date", "timestamp", "timestamp_ntz"),
    ),
}
_COLUMNS = ("column", "column_A", "column_B", "column_list")


def check(view: View) -> Iterator[Mistake]:
    for part, contract in view.contracted():
        for place, rule in enumerate(contract.rules):
            yield from _rule(view, part, contract, place, rule)


def _rule(view: View, part: Part, contract: Contract, place: int, rule: Rule) -> Iterator[Mistake]:
    file = rule.origin.path
    others = list(suite.reads(rule, contract.table))
    for table in others:
        if not view.there(table):
            words = (place, "bad_rows") if rule.bad_rows else (place, rule.expectation, "other_table_name")
            yield view.mistake(file, words, f"there is no table {table}", remedy(view, table))
    if rule.bad_rows and all(table in view.contracts for table in others):
        inputs = {table: view.contracts[table].types for table in others} | {contract.table: contract.types}
        yield from _asked(view, file, place, rule.bad_rows, {name: inputs[name] for name in rule.bad_rows.reads})
    if rule.where:
        yield from _where(view, file, place, contract, rule)
    if rule.expectation:
        yield from _columns(view, file, place, contract, rule)


def _asked(view: View, file: str, place: int, select: Select, inputs: object) -> Iterator[Mistake]:
    try:
        qualify(select, inputs)  # type: ignore[arg-type]
    except Mistakes as wrong:
        yield from (suite.moved(view.tree, file, place, mistake) for mistake in wrong.mistakes)


def _where(view: View, file: str, place: int, contract: Contract, rule: Rule) -> Iterator[Mistake]:
    text = f"select 1 as one from {quote.table(contract.table)} where {rule.where}"
    try:
        qualify(read(text, file, contract.table.domain), {contract.table: contract.types})
    except Mistakes as wrong:
        told = wrong.mistakes[0]
        yield view.mistake(file, (place, "where"), told.what, told.remedy)


def _columns(view: View, file: str, place: int, contract: Contract, rule: Rule) -> Iterator[Mistake]:
    expectation = EXPECTATIONS[rule.expectation]
    for word, argument in expectation.arguments.items():
        given = rule.arguments.get(word)
        if argument.takes not in ("column", "columns") or given is None:
            continue
        for name in given if isinstance(given, tuple) else (given,):
            column = str(name)
            words = (place, rule.expectation, word)
            if column not in contract.types:
                close = near(column, contract.types)
                meant = f'did you mean "{close}"?' if close else f"its columns are {', '.join(contract.types)}"
                yield view.mistake(file, words, f'{contract.table} has no column "{column}"', meant)
            elif not fits(contract.types[column], expectation.fits):
                what = f"{column} is {contract.types[column]}, of which {rule.expectation} cannot be asked"
                yield view.mistake(file, words, what, f"it is asked of {', '.join(_FITS[expectation.fits])}")
            elif rule.otherwise == "quarantine" and contract.column(column).added:
                what = f"{column} is added by Lakemesh, and known only when rows are written"
                yield view.mistake(file, (place, "else"), what, "say stop, warn or note")


def fits(kind: Type, wanted: str) -> bool:
    """Whether a question can be asked of such a column."""
    if wanted == "any":
        return True
    name = "decimal" if isinstance(kind, Decimal) else kind.name if isinstance(kind, Primitive) else ""
    return name in _FITS[wanted]
