"""What is taken out of a table: which files go, and which of their rows stay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pyiceberg.expressions import AlwaysTrue, And, BooleanExpression, GreaterThanOrEqual, In, LessThan
from pyiceberg.manifest import DataFile

from lakemesh.declare.types import Columns, Type
from lakemesh.engine.change import Everything, Files, Keys, Remove, Where
from lakemesh.engine.duckdb.literal import path, quoted, text
from lakemesh.engine.duckdb.relations import FILE, scanned
from lakemesh.engine.duckdb.session import Session
from lakemesh.engine.duckdb.spans import fitted, made, spelled
from lakemesh.lake.lake import Lake
from lakemesh.lake.plan import Scan
from lakemesh.lake.snapshot import Branch


@dataclass(frozen=True, slots=True)
class Gone:
    """Files that leave the table, and the query of those of their rows that stay; None where none do."""

    files: tuple[DataFile, ...] = ()
    stay: str | None = None


def gone(session: Session, lake: Lake, branch: Branch, remove: Remove, keys: str | None) -> Gone:
    """`keys`: a relation of the keys that were met, where the removal is by key and there were any."""
    match remove:
        case Everything():
            return Gone(lake.plan(branch.base).files)
        case Files(paths):
            return Gone(tuple(file for file in lake.plan(branch.base).files if file.file_path in paths))
        case Where():
            return _where(session, lake, branch, remove)
        case Keys() if keys is not None:
            return _keys(session, lake, branch, remove, keys)
    return Gone()


def _where(session: Session, lake: Lake, branch: Branch, remove: Where) -> Gone:
    kind = branch.columns[remove.column]
    known = remove.column in branch.base.columns
    # What lies outside by the statistics of its file is not even opened.
    scan = lake.plan(replace(branch.base, columns=branch.columns), _pruned(remove, kind) if known else AlwaysTrue())
    hit = _condition(remove, kind)
    files = scanned(scan, scan.files, {remove.column: kind}, named=True)
    counts = session.rows(f"SELECT {FILE}, count(*) FILTER (WHERE {hit}), count(*) FROM ({files}) GROUP BY 1")
    partly = {str(name) for name, hits, rows in counts if hits and hits != rows}
    met = {str(name) for name, hits, _ in counts if hits}
    return _gone(scan, branch.columns, met, partly, f"({hit}) IS NOT TRUE")


def _keys(session: Session, lake: Lake, branch: Branch, remove: Keys, keys: str) -> Gone:
    scan = lake.plan(replace(branch.base, columns=branch.columns))
    by = {name: branch.columns[name] for name in remove.columns}
    # A key that is null equals no other, on both sides.
    same = " AND ".join(f"t.{quoted(name)} = k.{quoted(name)}" for name in remove.columns)
    files = scanned(scan, scan.files, by, named=True)
    found = session.rows(f"SELECT DISTINCT {FILE} FROM ({files}) t SEMI JOIN {keys} k ON {same}")
    met = {str(name) for (name,) in found}
    return _gone(scan, branch.columns, met, met, f"NOT EXISTS (SELECT 1 FROM {keys} k WHERE {same})")


def _gone(scan: Scan, columns: Columns, met: set[str], partly: set[str], stays: str) -> Gone:
    files = tuple(file for file in scan.files if path(file.file_path) in met)
    kept: Sequence[DataFile] = [file for file in files if path(file.file_path) in partly]
    stay = f"SELECT * FROM ({scanned(scan, kept, columns)}) t WHERE {stays}" if kept else None
    return Gone(files, stay)


def _condition(remove: Where, kind: Type) -> str:
    column = quoted(remove.column)
    if remove.among is not None:
        return f"{column} IN ({', '.join(map(text, remove.among))})" if remove.among else "false"
    ends = [f"{column} >= {spelled(remove.since, kind)}"] if remove.since is not None else []
    ends += [f"{column} < {spelled(remove.until, kind)}"] if remove.until is not None else []
    return " AND ".join(ends) or "true"


def _pruned(remove: Where, kind: Type) -> BooleanExpression:
    if remove.among is not None:
        return made(In)(remove.column, remove.among) if remove.among else AlwaysTrue()
    where: BooleanExpression = AlwaysTrue()
    if remove.since is not None:
        where = And(where, made(GreaterThanOrEqual)(remove.column, fitted(remove.since, kind)))
    if remove.until is not None:
        where = And(where, made(LessThan)(remove.column, fitted(remove.until, kind)))
    return where
