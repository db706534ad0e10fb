"""quality/<table>.yaml as part of a contract: each rule with its id, its SELECT read, and where it stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from lakemesh.declare.arguments import Given
from lakemesh.declare.names import TableName
from lakemesh.declare.rules import Rule as Said
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.contract import Origin, Rule
from lakemesh.sql.select import Select, read


def path(tree: Tree, table: TableName) -> str:
    """Where the rules of a table stand, or would."""
    home = tree.home(table)
    return f"domains/{home.product}/quality/{table.table}.yaml" if home else ""


def rules(tree: Tree, table: TableName) -> tuple[Rule, ...]:
    """The rules of a table, as they were written. Raises Mistakes: all there are."""
    file = path(tree, table)
    wrong: list[Mistake] = []
    done: list[Rule] = []
    taken: set[str] = set()
    for place, said in enumerate(tree.rules(table)):
        try:
            select = _select(tree, file, place, said, table)
        except Mistakes as mistakes:
            wrong += mistakes.mistakes
            continue
        if said.id and said.id in taken:
            line = tree.where(file, place, "id")
            wrong.append(Mistake(file, *line, f'"{said.id}" is the id of a rule above', "give each rule its own"))
        name = _free(said.id or _named(said), taken)
        taken.add(name)
        origin = Origin(file, tree.where(file, place)[0], "declared")
        done.append(_rule(said, name, select, origin))
    if wrong:
        raise Mistakes(*wrong)
    return tuple(done)


def _rule(said: Said, name: str, select: Select | None, origin: Origin) -> Rule:
    single = bool(said.name) and said.by_row
    return Rule(
        id=name,
        sentence=said.rule,
        expectation=said.name,
        arguments=cast(Mapping[str, Given], said.arguments),
        bad_rows=select,
        where=said.where or "",
        over=said.over or ("new" if single else "table"),
        otherwise=said.else_ or "stop",
        dimension=said.dimension or "",
        why=said.why,
        origin=origin,
    )


def reads(rule: Rule, table: TableName) -> Iterator[TableName]:
    """The other tables that a rule looks at: inputs of the audit."""
    if rule.bad_rows:
        yield from (name for name in rule.bad_rows.reads if name != table)
    if other := rule.arguments.get("other_table_name"):
        named = str(other)
        yield TableName.parse(named if "." in named else f"{table.domain}.{named}")


def _select(tree: Tree, file: str, place: int, said: Said, table: TableName) -> Select | None:
    if said.bad_rows is None:
        return None
    try:
        return read(said.bad_rows, file, table.domain, tree.functions(table.domain))
    except Mistakes as mistakes:
        raise Mistakes(*(moved(tree, file, place, mistake) for mistake in mistakes.mistakes)) from None


def moved(tree: Tree, file: str, place: int, mistake: Mistake) -> Mistake:
    """A mistake in a SELECT, at the rule that it stands in."""
    line, column = tree.where(file, place, "bad_rows")
    return replace(mistake, path=file, line=line, column=column)


def _named(said: Said) -> str:
    """An id of the sentence; else of the expectation and its column."""
    if said.rule:
        return re.sub(r"[^a-z0-9]+", "_", said.rule.lower()).strip("_")[:60].rstrip("_") or "rule"
    short = re.sub(r"^expect_(column_pair_|multicolumn_|select_column_|column_)?", "", said.name)
    columns = [said.arguments.get(word) for word in ("column", "column_A", "column_B")]
    named = [str(column) for column in columns if column] or [str(each) for each in _listed(said)]
    return ":".join(["-".join(named), short] if named else [short]).lower()


def _listed(said: Said) -> tuple[object, ...]:
    given = said.arguments.get("column_list", ())
    return given if isinstance(given, tuple) else ()


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}:{number}"
    return free
