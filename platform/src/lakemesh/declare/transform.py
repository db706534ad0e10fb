"""transform/<table>.yaml: the contract of one SELECT."""

from collections.abc import Iterable
from typing import ClassVar

from lakemesh.declare import together
from lakemesh.declare.table import Table
from lakemesh.declare.wrong import Wrong


class Transform(Table):
    """A curated table that one SELECT yields."""

    kind: ClassVar[str] = "a transform"

    def wrongs(self) -> Iterable[Wrong]:
        """What a SELECT cannot be."""
        yield from together.wrongs(self)
        if self.write is None:
            yield Wrong(
                "a transform says nothing of `write`", "add `write: replace`, or window, or merge", leans="write"
            )
        elif self.write in ("append", "cdc"):
            yield Wrong(
                f"`write: {self.write}` is for an ingest, and a SELECT may yield the same rows again",
                "say replace, merge, window, history or daily_copy",
                "write",
                leans="write",
            )
        if self.write == "history" and self.op is not None:
            yield Wrong(
                "`op` is for what arrives, and a SELECT yields columns of its own",
                f"say `deletes: {{when: \"{self.op} = 'D'\"}}`",
                "op",
                word=True,
                leans="write",
            )
        if self.repeats == "quarantine":
            yield Wrong(
                "a transform has no rows of its own to put aside", "say stop or drop, and mend the join", "repeats"
            )
        for name, column in self.columns.items():
            if column.as_ is not None:
                yield Wrong(
                    "`as` is for what arrives, and a SELECT names its columns itself",
                    f"write `… as {name}` in the SELECT",
                    "columns",
                    name,
                    "as",
                    word=True,
                )
            if column.default is not None:
                yield Wrong(
                    "`default` is for what arrives",
                    f"write `coalesce(…) as {name}` in the SELECT",
                    "columns",
                    name,
                    "default",
                    word=True,
                )
