"""Files of one shape, read once as text: `most` rows of them, and what is asked of those."""

from collections.abc import Sequence

import duckdb

from lakemesh.declare.types import Type
from lakemesh.engine.duckdb.survey.facts import MAYBE_NULL, Facts, Plain, aggregates, present, read
from lakemesh.engine.duckdb.types import of_duckdb, quoted
from lakemesh.errors import Mistakes


class Survey:
    """Reads when it is made. Raises Mistakes where a file is not what it is said to be."""

    def __init__(self, files: Sequence[str], plain: Plain, most: int) -> None:
        self._connection = duckdb.connect()
        self._connection.execute("SET TimeZone = 'UTC'")
        self._files, self._plain, self._most = list(files), plain, most
        try:
            self._known = self._read()
        except duckdb.Error as error:
            what = str(error).strip().splitlines()[0]
            raise Mistakes.of(f"{files[0]} cannot be read: {what}", "look at the file, or leave it out") from None
        self.names = tuple(self._types("seen"))
        self.rows = int(str(self._row("SELECT count(*) FROM seen")[0]))
        self.whole = self.rows < most
        counted = "SELECT count(DISTINCT (file_id, line)) FROM broken"
        self.broken = int(str(self._row(counted)[0])) if plain.kind == "csv" else 0

    def facts(self) -> tuple[Facts, ...]:
        """Of every column, in the order of the file."""
        texts = ", ".join(map(quoted, self.names))
        # One row for each cell: a plan of as many aggregates as there are columns would take longer than the scan.
        cells = f"SELECT unnest(range({len(self.names)})) AS n, unnest([{texts}]) AS t FROM seen"
        asked = ", ".join(aggregates("t", "v"))
        rows = self._connection.execute(
            f"SELECT n, {asked} FROM (SELECT n, t, {present('t')} AS v FROM ({cells})) GROUP BY n"
        ).fetchall()
        told = {int(row[0]): row[1:] for row in rows}
        nothing = (0,) * len(aggregates("t", "v"))
        return tuple(
            read(name, self.rows, told.get(number, nothing), self._known.get(name))
            for number, name in enumerate(self.names)
        )

    def values(self, name: str, most: int) -> tuple[tuple[str, int], ...] | None:
        """The values of a column with their counts, most frequent first; None where there are more than `most`."""
        column = quoted(name)
        rows = self._connection.execute(
            f"SELECT {column}, count(*) AS n FROM seen WHERE {column} <> '' AND NOT list_contains(?, {column}) "
            f"GROUP BY 1 ORDER BY n DESC, 1 LIMIT {most + 1}",
            [list(MAYBE_NULL)],
        ).fetchall()
        return None if len(rows) > most else tuple((str(value), int(count)) for value, count in rows)

    def unique(self, names: Sequence[str]) -> bool:
        """Whether no two rows have the same values in these columns, and none lacks one."""
        columns = ", ".join(map(quoted, names))
        present = " AND ".join(f"{quoted(name)} <> ''" for name in names)
        counted = f"SELECT count(*) FROM (SELECT DISTINCT {columns} FROM seen WHERE {present})"
        return self.rows == int(str(self._row(counted)[0]))

    def _read(self) -> dict[str, Type]:
        """Make the table `seen`, all text; the types that the files themselves tell."""
        if self._plain.kind == "csv":
            self._execute(
                "CREATE TABLE seen AS SELECT * FROM read_csv($files, all_varchar = true, delim = $delim, quote = '\"', "
                "header = true, encoding = $encoding, ignore_errors = true, "
                "max_line_size = 16000000, store_rejects = true, rejects_table = 'broken') LIMIT {most}",
                delim=self._plain.delimiter,
                encoding=self._plain.encoding,
            )
            return {}
        if self._plain.kind == "parquet":
            self._execute("CREATE VIEW told AS SELECT * FROM read_parquet($files, union_by_name = true) LIMIT {most}")
            types = self._types("told")
            columns = ", ".join(f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}" for name in types)
            self._execute(f"CREATE TABLE seen AS SELECT {columns} FROM told")
            return {name: of_duckdb(kind) for name, kind in types.items()}
        self._execute("CREATE VIEW told AS SELECT * FROM read_json($files, union_by_name = true, sample_size = 20000)")
        types = self._types("told")
        # As text, for 12.50 has two places, which a number has lost.
        texts = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in types)
        self._execute(
            f"CREATE TABLE seen AS SELECT * FROM read_json($files, columns = {{{{{texts}}}}}, ignore_errors = true) "
            "LIMIT {most}"
        )
        return {name: of_duckdb(kind) for name, kind in types.items() if _nested(kind)}

    def _execute(self, sql: str, **given: object) -> None:
        sql = sql.format(most=self._most)
        # A view takes no parameters: the files are written into it.
        files = "[" + ", ".join(map(_literal, self._files)) + "]"
        self._connection.execute(sql.replace("$files", files), given or None)

    def _types(self, table: str) -> dict[str, str]:
        return {str(row[0]): str(row[1]) for row in self._connection.execute(f"DESCRIBE {table}").fetchall()}

    def _row(self, sql: str) -> tuple[object, ...]:
        row = self._connection.execute(sql).fetchone()
        assert row is not None
        return tuple(row)


def _nested(kind: str) -> bool:
    return kind.startswith(("STRUCT", "MAP")) or kind.endswith("[]")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
