"""What is made of personal columns stays so, unless someone says why not."""

from collections.abc import Iterator

from lakemesh.errors import Mistake
from lakemesh.mesh.classified import looser
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, made in view.selects():
        contract = view.contracts[part.table]
        for name, said in part.declaration.columns.items():
            own, derived = said.classification, made.derived.get(name.lower())
            if own is None or derived is None or said.why:
                continue
            for table, column in sorted(derived.sources):
                strict = view.contracts[table].column(column).classification
                if looser(own, strict) and strict == contract.column(name.lower()).classification:
                    what = f'"{name}" cannot be {own}: it is made of {table}.{column}, which is {strict}'
                    remedy = (
                        "leave the word out, or write `classification: public` with a `why` that says what took it away"
                    )
                    yield view.mistake(part.path, ("columns", name, "classification"), what, remedy)
                    break
