"""A column refers to one that is there, of its own kind."""

from collections.abc import Iterator

from lakemesh.declare.names import TableName
from lakemesh.declare.words import near
from lakemesh.errors import Mistake
from lakemesh.mesh.kinds import same_kind
from lakemesh.mesh.rules.unknown_input import remedy
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part in view.judged():
        own = view.contracts.get(part.table)
        for name, said in part.declaration.columns.items():
            if not said.refers:
                continue
            words, table, column = (
                ("columns", name, "refers"),
                TableName.parse(said.refers.value[0]),
                said.refers.value[1],
            )
            target = view.contracts.get(table)
            if not view.there(table):
                yield view.mistake(part.path, words, f"there is no table {table}", remedy(view, table))
            elif target and column not in target.types:
                close = near(column, target.types)
                meant = f"did you mean {table}.{close}?" if close else f"its columns are {', '.join(target.types)}"
                yield view.mistake(part.path, words, f'{table} has no column "{column}"', meant)
            elif target and own and name in own.types and not same_kind(own.types[name], target.types[column]):
                what = f"{name} is {own.types[name]} and refers to {table}.{column}, which is {target.types[column]}"
                yield view.mistake(part.path, words, what, "give both the same type")
