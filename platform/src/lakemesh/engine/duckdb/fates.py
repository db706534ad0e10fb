"""The fate of every row, counted and told apart."""

from collections import Counter
from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from lakemesh.engine.change import Change
from lakemesh.engine.duckdb.folded import unfolded
from lakemesh.lake.accounts import FATES, Accounts
from lakemesh.lake.writer.arrow import Array

FATE = "_fate"
FILE = "_source_file"


class Sorted:
    """One batch, whose rows can be had by their fate. Most batches have one fate, and then nothing is copied."""

    def __init__(self, batch: pa.RecordBatch, before: int = 0) -> None:
        """`before`: how many rows the same query gave before these."""
        self._told, self.batch = unfolded(batch)
        self._before = before
        batch = self.batch
        encoded = batch.column(batch.schema.get_field_index(FATE)).dictionary_encode()
        self._codes = encoded.indices
        self.fates: list[str | None] = encoded.dictionary.to_pylist()
        if encoded.null_count:
            self._codes, self.fates = self._codes.fill_null(len(self.fates)), [*self.fates, None]

    def rows(self, fates: Collection[str | None], columns: Collection[str]) -> pa.RecordBatch | None:
        """The rows that have one of these fates, in those of the columns that there are; None for none."""
        wanted = [code for code, fate in enumerate(self.fates) if fate in fates]
        if not wanted:
            return None
        chosen = self.batch.select([name for name in self.batch.schema.names if name in columns])
        rows = chosen if len(wanted) == len(self.fates) else chosen.filter(self._among(wanted))
        if self._told is not None and self._told.num_rows == rows.num_rows:
            for name, told in zip(self._told.schema.names, self._told.columns, strict=True):
                rows = rows.append_column(name, told) if name in columns else rows
        return rows

    def places(self, fates: Collection[str | None]) -> Array:
        """The number of each of these rows, among all that the query gave."""
        wanted = [code for code, fate in enumerate(self.fates) if fate in fates]
        at = pc.indices_nonzero(self._among(wanted)).cast(pa.int64())
        return pc.add(at, pa.scalar(self._before, pa.int64()))

    def _among(self, codes: list[int]) -> Array:
        return pc.is_in(self._codes, pa.array(codes, self._codes.type))

    def counted(self, per_file: bool) -> Counter[tuple[str | None, str | None]]:
        """Rows by file and fate; the file is None where it is not asked for."""
        found: Counter[tuple[str | None, str | None]] = Counter()
        for code, fate in enumerate(self.fates):
            mask = None if len(self.fates) == 1 else pc.equal(self._codes, pa.scalar(code, self._codes.type))
            if per_file:
                files = self.batch.column(self.batch.schema.get_field_index(FILE))
                pairs = pc.value_counts(files if mask is None else files.filter(mask))
                names, rows = pairs.field("values").to_pylist(), pairs.field("counts").to_pylist()
                found.update({(file, fate): int(n or 0) for file, n in zip(names, rows, strict=True)})
            else:
                found[None, fate] += self.batch.num_rows if mask is None else int(mask.true_count or 0)
        return found


def accounts(counted: Mapping[tuple[str | None, str | None], int], read: int) -> Accounts:
    """The sums over all files, beside what the reader counted."""
    return Accounts(read, *(sum(n for (_, known), n in counted.items() if known == fate) for fate in FATES))


def selected(change: Change, counted: Mapping[tuple[str | None, str | None], int]) -> int:
    """Rows that a SELECT gave. Those without a fate count as well, so that the sum is wrong, unless they are meant."""
    meant = any(None in outlet.takes for outlet in change.outlets)
    return sum(rows for (_, fate), rows in counted.items() if fate is not None or not meant)


def per_file(counted: Mapping[tuple[str | None, str | None], int]) -> dict[str, Accounts]:
    """The sums of each file. A file's own `read` is what was accounted for: the reader counts all files together."""
    found: dict[str, Accounts] = {}
    for (file, fate), rows in counted.items():
        if file is not None and fate in FATES:
            found[file] = found.get(file, Accounts()) + Accounts(read=rows, **{fate: rows})
    return found


def by_file(counted: Mapping[tuple[str | None, str | None], int]) -> dict[str, int]:
    """How many rows of each file there were."""
    found: dict[str, int] = {}
    for (file, _), rows in counted.items():
        if file is not None:
            found[file] = found.get(file, 0) + rows
    return found
