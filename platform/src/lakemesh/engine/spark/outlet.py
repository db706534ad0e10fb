"""One outlet: what it takes out of the table, and its rows, as commits of Spark's own on the audit branch."""

from collections.abc import Callable, Mapping

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as of

from lakemesh.engine.change import Everything, Files, Keys, Outlet, Where
from lakemesh.engine.duckdb.fates import FATE
from lakemesh.engine.duckdb.spans import fitted
from lakemesh.engine.spark import relations
from lakemesh.engine.spark.types import to_spark
from lakemesh.lake import properties
from lakemesh.lake.accounts import Fate
from lakemesh.lake.lake import Lake
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.sql import quote

Counted = Mapping[tuple[str | None, str | None], int]
Look = Callable[[DataFrame, int], DataFrame]
"""Gives rows of a quarantine, of which there are so many, the line of the file they are from."""


def commit(
    session: SparkSession, lake: Lake, outlet: Outlet, rows: DataFrame, many: int, counted: Counted, look: Look | None
) -> Snapshot:
    """The new head of the branch; its base, without a commit, where nothing comes and nothing goes."""
    branch, remove = outlet.branch, outlet.remove
    goes = _goes(session, lake, outlet, counted)
    if not many and not goes:
        return branch.base
    lake.open(branch)
    target = f"{relations.table_of(lake, branch.table)}.{quote.name('branch_' + branch.name)}"
    mine = None
    if many:
        mine = _taken(rows, outlet.takes)
        mine = _shaped(look(mine, many) if look else mine, branch)
    if goes and mine is not None and isinstance(remove, Everything):
        _writer(mine, target, branch).overwrite(of.lit(True))
        return lake.adopt(branch)
    if goes and not isinstance(remove, Files):
        _delete(session, outlet, rows, target)
    if mine is not None:
        _writer(mine, target, branch).append()
    head = lake.adopt(branch)
    if goes and isinstance(remove, Files):
        # By name, which only the table's own metadata knows. It comes last, as it says what this snapshot is like.
        gone = [file for file in lake.plan(branch.base).files if file.file_path in remove.paths]
        head = lake.commit(branch, (), gone)
    return head


def _goes(session: SparkSession, lake: Lake, outlet: Outlet, counted: Counted) -> bool:
    """Whether anything of the base is to be taken out."""
    base = outlet.branch.base
    match outlet.remove:
        case Everything() | Files():
            return bool(lake.plan(base).files)
        case Where(column):
            if column not in base.columns or not lake.rows(base):
                return False
            met = relations.snapshot(session, lake, base).where(_condition(outlet.remove, outlet.branch))
            return bool(met.limit(1).count())
        case Keys(_, fates):
            return any(n for (_, fate), n in counted.items() if fate in fates) and bool(lake.rows(base))
    return False


def _delete(session: SparkSession, outlet: Outlet, rows: DataFrame, target: str) -> None:
    match outlet.remove:
        case Where():
            session.sql(f"delete from {target} where {_condition(outlet.remove, outlet.branch)}")
        case Keys(columns, fates):
            keys = relations.view(session, _taken(rows, fates).select(*map(quote.name, columns)).distinct())
            # A key that is null equals no other, on both sides.
            same = " and ".join(f"t.{quote.name(name)} = k.{quote.name(name)}" for name in columns)
            session.sql(f"delete from {target} t where exists (select 1 from {keys} k where {same})")
            session.catalog.dropTempView(keys.strip("`"))
        case _:
            session.sql(f"delete from {target}")


def _taken(rows: DataFrame, fates: frozenset[Fate | None]) -> DataFrame:
    named = [fate for fate in fates if fate is not None]
    met = of.col(FATE).isin(named) if named else of.lit(False)
    return rows.where(met | of.col(FATE).isNull() if None in fates else met)


def _shaped(rows: DataFrame, branch: Branch) -> DataFrame:
    """The branch's own columns; null is what the rows say nothing of."""
    there = {field.name: field.dataType for field in rows.schema.fields}
    chosen = []
    for name, kind in branch.columns.items():
        wanted = to_spark(kind)
        value = of.col(quote.name(name)) if name in there else of.lit(None)
        chosen.append((value if there.get(name) == wanted else value.cast(wanted)).alias(name))
    return rows.select(*chosen)


def _writer(rows: DataFrame, target: str, branch: Branch) -> "of.DataFrameWriterV2":
    said = {properties.RUN: branch.run, properties.BASE: str(branch.base.id)}
    writer = rows.writeTo(target)
    for name, value in said.items():
        writer = writer.option(f"snapshot-property.{name}", value)
    return writer


def _condition(remove: Where, branch: Branch) -> str:
    column, kind = quote.name(remove.column), branch.columns[remove.column]
    if remove.among is not None:
        return f"{column} in ({', '.join(map(quote.literal, remove.among))})" if remove.among else "false"
    ends = [(">=", remove.since)] if remove.since is not None else []
    ends += [("<", remove.until)] if remove.until is not None else []
    said = (f"{column} {sign} cast({quote.literal(fitted(end, kind))} as {kind})" for sign, end in ends)
    return " and ".join(said) or "true"
