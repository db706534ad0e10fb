"""The record of one run: a JSON file, written at its start and at its end. Queries read them as they are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, cast

from lakemesh.declare.names import ProductName, TableName
from lakemesh.events import TableState
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.store import Store

State = Literal["running", "done", "stopped", "failed"]
_RUNNING = "_running"
Json: TypeAlias = Mapping[str, "Json"] | list["Json"] | str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class TableRun:
    """What a run did to one table. `verdict` as the quality room writes it."""

    table: TableName
    state: TableState
    snapshot: int | None
    accounts: Accounts
    verdict: Mapping[str, Json] | None
    seconds: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one product."""

    id: str
    product: ProductName
    state: State
    started: datetime
    ended: datetime | None
    engine: str
    host: str
    pid: int
    tables: tuple[TableRun, ...] = ()
    error: str | None = None


def begin(store: Store, run: Run) -> None:
    """Write down that it began, and first that it may be running: whoever looks for the dead reads no other records."""
    if run.state == "running":
        mark(store, run.product, run.id)
    store.write(_path(run.product, run.id), _write(run))


def end(store: Store, run: Run) -> None:
    """Write down how it went so far, or ended."""
    store.write(_path(run.product, run.id), _write(run), over=True)
    if run.state != "running":
        forget(store, run.product, run.id)


def mark(store: Store, product: ProductName, run: str) -> None:
    """It may be running, and leave branches behind."""
    store.write(_mark(product, run), run.encode(), over=True)


def forget(store: Store, product: ProductName, run: str) -> None:
    """It is not running any more."""
    store.remove(_mark(product, run))


def runs(store: Store, product: ProductName) -> tuple[Run, ...]:
    """All that can be read, newest first. A torn file is no run."""
    found = [_read(store, file.path) for file in store.list(f"{_folder(product)}/*.json")]
    return tuple(sorted((run for run in found if run), key=lambda run: (run.started, run.id), reverse=True))


def dead(store: Store, product: ProductName) -> tuple[str, ...]:
    """Runs that say they are running. Ask while holding the product's lock: then none of them is."""
    marks = store.list(f"{_folder(product)}/{_RUNNING}/*")
    named = tuple(file.path.rpartition("/")[2] for file in marks)
    # Where a run died between its last record and taking away the mark, it is over, and only the mark is left behind.
    return tuple(run for run in named if state_of(store, product, run) in (None, "running"))


def record(store: Store, product: ProductName, run: str) -> Run | None:
    """One run; None where there is no record of it."""
    return _read(store, _path(product, run))


def state_of(store: Store, product: ProductName, run: str) -> State | None:
    """How a run stands; None where there is no record of it."""
    found = _read(store, _path(product, run))
    return found.state if found else None


def rewrite(store: Store, run: Run) -> None:
    """Write down a run that is over as it is told now; whether it is over is not asked again."""
    store.write(_path(run.product, run.id), _write(run), over=True)


def _folder(product: ProductName) -> str:
    return f"_runs/{product.domain}/{product.product}"


def _mark(product: ProductName, run: str) -> str:
    return f"{_folder(product)}/{_RUNNING}/{run}"


def _path(product: ProductName, run: str) -> str:
    return f"{_folder(product)}/{run}.json"


def _write(run: Run) -> bytes:
    value: Json = {
        "id": run.id,
        "product": str(run.product),
        "state": run.state,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "engine": run.engine,
        "host": run.host,
        "pid": run.pid,
        "error": run.error,
        "tables": [
            {
                "table": str(table.table),
                "state": table.state,
                # As text: readers of JSON that know only doubles would round it.
                "snapshot": str(table.snapshot) if table.snapshot is not None else None,
                "accounts": cast(Json, table.accounts.as_json()),
                "verdict": table.verdict,
                "seconds": table.seconds,
                "note": table.note,
            }
            for table in run.tables
        ],
    }
    return json.dumps(value, indent=1).encode()


def _read(store: Store, path: str) -> Run | None:
    try:
        value = json.loads(store.read(path))
        return Run(
            id=value["id"],
            product=ProductName.parse(value["product"]),
            state=value["state"],
            started=datetime.fromisoformat(value["started"]),
            ended=datetime.fromisoformat(value["ended"]) if value["ended"] else None,
            engine=value["engine"],
            host=value["host"],
            pid=value["pid"],
            error=value["error"],
            tables=tuple(
                TableRun(
                    table=TableName.parse(table["table"]),
                    state=table["state"],
                    snapshot=int(table["snapshot"]) if table["snapshot"] is not None else None,
                    accounts=Accounts.of_json(table["accounts"]),
                    verdict=table["verdict"],
                    seconds=table["seconds"],
                    note=table["note"],
                )
                for table in value["tables"]
            ),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None
