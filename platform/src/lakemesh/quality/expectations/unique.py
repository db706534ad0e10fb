"""Uniqueness, of one column or of several together: a statement of its own, which can spill."""

from lakemesh.quality.expectations.ask import PARTIAL, Arguments, Ask, Check, Statement
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.counted import outcome
from lakemesh.quality.expectations.several import asked
from lakemesh.quality.expectations.whole import Whole, share
from lakemesh.sql import quote


def unique(at: At, a: Arguments) -> Check:
    column = str(a["column"])
    return _unique(at, a, (column,), f"{at.value(column)} is not null")


def compound(at: At, a: Arguments) -> Check:
    given = a["column_list"]
    assert isinstance(given, tuple)
    columns = tuple(str(column) for column in given)
    return _unique(at, a, columns, asked(at, columns, a.get("ignore_row_if")))


def _unique(at: At, a: Arguments, columns: tuple[str, ...], looked_at: str) -> Check:
    by = ", ".join(at.value(column) for column in columns)
    groups = f"select count(*) as n from {at.rows} where {looked_at} group by {by} having count(*) > 1"
    answer = yield Ask(
        ("count(*)", f"count(case when {looked_at} then 1 end)"),
        (Statement(f"select coalesce(sum(n), 0) as bad from ({groups}) repeated"),),
    )
    bad = int(str(answer.table()[0]["bad"]))
    numbered = at.rows_where(looked_at, f"*, count(*) over (partition by {by}) as _repeated")
    failing = f"select * from ({numbered}) counted where _repeated > 1"
    shown: list[object] = []
    if bad:
        names = ", ".join(quote.name(column) for column in columns)
        text = failing.replace("select *", f"select {names}", 1) + f" limit {PARTIAL}"
        rows = (yield Ask(statements=(Statement(text),))).table()
        shown = [dict(row) if len(columns) > 1 else row[columns[0]] for row in rows]
    return outcome(answer.number(0), answer.number(1), bad, share(a), shown, failing)


FAMILY: dict[str, Whole] = {
    "expect_column_values_to_be_unique": unique,
    "expect_compound_columns_to_be_unique": compound,
}
