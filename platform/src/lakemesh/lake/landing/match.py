"""Which column of a contract stands under which header. Headers match after lowering and trimming."""

import json
import re
from collections.abc import Collection, Mapping

from lakemesh.errors import Mistake, Mistakes, Stopped
from lakemesh.mesh.contract import Cdc, Column, Contract, Format

_DELIMITERS = {",": '","', ";": '";"', "\t": "tab", "|": '"|"', ":": '":"'}


def match(
    contract: Contract, headers: Mapping[str, tuple[str, ...]], full: Collection[str] = frozenset()
) -> Mapping[str, str]:
    """Column name -> header, or `$.path` into JSON. A log of changes also has its `op`, and its `order`, which files of
    a full load (`full`) may lack. Raises Stopped: a header twice, an undeclared one, a missing one."""
    assert contract.arrival is not None, contract.table
    columns = [column for column in contract.columns if not column.added]
    if contract.arrival.format.kind == "json":
        return {**{column.name: _path(column) for column in columns}, **{name: f"$.{name}" for name in _log(contract)}}
    _refuse_a_log_without_headers(contract)
    _refuse_twins(headers)
    _refuse_strangers_and_gaps(contract, columns, headers, full)
    written = {_plain(header): header.strip() for names in headers.values() for header in names}
    sources = {column.name: column.source or column.name for column in columns}
    found = {name: written.get(_plain(source), source) for name, source in sources.items()}
    return {**found, **{name: written.get(_plain(name), name) for name in _log(contract)}}


def _log(contract: Contract) -> tuple[str, ...]:
    """The columns of a log of changes that are about the change, and not declared as columns of the table."""
    if contract.op is None:
        return ()
    declared = {_plain(column.source or column.name) for column in contract.columns}
    order = contract.write.order if isinstance(contract.write, Cdc) else None
    about = (contract.op, *((order,) if order else ()))
    return tuple(name for name in about if _plain(name) not in declared)


def _path(column: Column) -> str:
    if column.source is None:
        return f"$.{column.name}"
    return column.source if column.source.startswith("$") else f"$.{column.source}"


def _plain(header: str) -> str:
    return header.strip().lower()


def _refuse_a_log_without_headers(contract: Contract) -> None:
    """By place alone nobody can tell a change, whose first column is its operation, from a row of a full load."""
    if contract.op is not None and contract.arrival and not contract.arrival.format.header:
        what = f"{contract.table} is a log of changes whose files have no header"
        remedy = "let the source write one (DMS: AddColumnName=true), and leave `header` out"
        raise Mistakes(Mistake(contract.path, 0, 0, what, remedy))


def _refuse_twins(headers: Mapping[str, tuple[str, ...]]) -> None:
    for path, names in headers.items():
        seen: dict[str, str] = {}
        for name in names:
            if _plain(name) in seen:
                raise Stopped(
                    f'{path} has two columns that are one name: "{seen[_plain(name)]}" and "{name}"',
                    "headers match after lowering and trimming; rename one of them where the file is made",
                )
            seen[_plain(name)] = name


def _refuse_strangers_and_gaps(
    contract: Contract, columns: list[Column], headers: Mapping[str, tuple[str, ...]], full: Collection[str]
) -> None:
    assert contract.arrival is not None, contract.table
    log = {_plain(name) for name in _log(contract)}
    wanted = {_plain(column.source or column.name) for column in columns} | log
    problems: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for path, names in headers.items():
        here = {_plain(name) for name in names}
        strict = contract.arrival.extra == "stop"
        strangers = tuple(name for name in names if strict and _plain(name) not in wanted)
        must = [column for column in columns if column.default is None]
        gaps = (
            *(column.name for column in must if _plain(column.source or column.name) not in here),
            *(name for name in _log(contract) if path not in full and _plain(name) not in here),
        )
        if strangers or gaps:
            problems.setdefault((strangers, gaps), []).append(path)
    for (strangers, gaps), paths in problems.items():
        if len(strangers) == 1 and gaps and (delimiter := _delimiter(contract.arrival.format, strangers[0], wanted)):
            what = f"{_named(paths)} has {delimiter} between its cells, and is read as if it had another delimiter"
            raise Stopped(what, f"say `format: {{delimiter: {delimiter}}}` in {contract.path}")
        raise Stopped(_what(paths, strangers, gaps), _remedy(contract, strangers, gaps))


def _delimiter(form: Format, header: str, wanted: Collection[str]) -> str:
    """What would make declared columns of a header that came as one cell, as declarations spell it."""
    for delimiter, said in _DELIMITERS.items():
        cells = {_plain(cell.strip().strip(form.quote or None)) for cell in header.split(delimiter)}
        if form.kind == "csv" and delimiter != form.delimiter and len(cells) > 1 and cells & set(wanted):
            return said
    return ""


def _named(paths: list[str]) -> str:
    return paths[0] + (f" (and {len(paths) - 1} more)" if len(paths) > 1 else "")


def _what(paths: list[str], strangers: tuple[str, ...], gaps: tuple[str, ...]) -> str:
    file = _named(paths)
    told = []
    if strangers:
        told.append("has columns that are not declared: " + ", ".join(f'"{name}"' for name in strangers))
    if gaps:
        told.append("lacks declared columns: " + ", ".join(f'"{name}"' for name in gaps))
    return f"{file} " + ", and ".join(told)


def _remedy(contract: Contract, strangers: tuple[str, ...], gaps: tuple[str, ...]) -> str:
    if strangers and gaps:
        kinds = {column.name: column.type for column in contract.columns}
        kind = _quoted(str(kinds.get(gaps[0], "string")))
        line = f"{gaps[0]}: {{type: {kind}, as: {json.dumps(strangers[0], ensure_ascii=False)}}}"
        return f"if it was renamed, say so in {contract.path} below `columns:`\n      {line}"
    if strangers:
        origins = [origin.path for column in contract.columns for origin in column.origins.values()]
        place = next((path for path in origins if path.endswith(".csv")), contract.path)
        below = "" if place.endswith(".csv") else " below `columns:`"
        lines = "\n".join(f"      {_line(name, place)}" for name in strangers)
        return f"declare them in {place}{below}, or say `extra: ignore`\n{lines}"
    return (
        "land the file again with them; or, where a file may lack a column, say what then stands there: "
        f"`default:` at {gaps[0]} in {contract.path}; or take the column out of the contract"
    )


def _line(header: str, place: str) -> str:
    name = re.sub(r"\W+", "_", header.strip().lower()).strip("_") or "column"
    renamed = name != _plain(header)
    if place.endswith(".csv"):
        return f"{name},string" + (f' (its `as` is "{header}")' if renamed else "")
    return f"{name}: {{type: string, as: {json.dumps(header, ensure_ascii=False)}}}" if renamed else f"{name}: string"


def _quoted(kind: str) -> str:
    return f'"{kind}"' if "," in kind or "<" in kind else kind
