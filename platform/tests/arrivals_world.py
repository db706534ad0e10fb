"""One table, `shop.thing`, and files that arrive for it byte by byte."""

import textwrap
from pathlib import Path

from lakemesh.lake.runs import Run
from steps_world import Shop, counts

Row = tuple[object, ...]


class Arrivals(Shop):
    """A shop in which one table is declared by its columns, and every run of which must account for each row."""

    def thing(self, columns: str, come: str = "in/*.csv", write: str = "append", more: str = "") -> None:
        """`columns` as in YAML, one a line; `more`: further words of the table."""
        said = textwrap.indent(textwrap.dedent(columns).strip(), "  ")
        more = textwrap.dedent(more).strip()
        text = f"description: Things.\nfrom: {come}\nwrite: {write}\nmax_bad: 90 %\n{more}\ncolumns:\n{said}\n"
        self.ingest("thing", text)

    def put(self, path: str, data: bytes | str) -> Path:
        """A file below the landing zone; a path without a domain lies at this product's place."""
        file = self.lake_root / "landing" / (path if path.startswith("shop/") else f"shop/orders/{path}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return file

    def take(self, **asked: object) -> dict[str, int]:
        """One run, and what became of its rows."""
        ran = self.run(**asked)
        assert ran.state == "done", ran.tables[0].note or ran.error
        return balanced(ran)

    def stop(self) -> str:
        """One run that must not publish, and what it says."""
        ran = self.run()
        assert ran.state in ("stopped", "failed")
        assert self.rows("thing") == []
        return ran.tables[0].note

    def aside(self, columns: str = "_source_line, _rule, _raw") -> list[Row]:
        """What lies in quarantine."""
        return self.rows("thing__quarantine", columns)


def balanced(ran: Run, table: str = "thing") -> dict[str, int]:
    """The accounts of a table, which must add up."""
    told = counts(ran, table)
    assert told["read"] == sum(told.values()) - told["read"], told
    return told
