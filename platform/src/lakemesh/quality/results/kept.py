"""Every verdict is kept: one file a run and table, which is Great Expectations' JSON and says more under `meta`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import cast

from lakemesh.declare.names import TableName
from lakemesh.lake.runs import Json
from lakemesh.lake.store import Store
from lakemesh.mesh.contract import Contract
from lakemesh.quality.results.gx import as_json
from lakemesh.quality.verdict import Verdict

FOLDER = "_verdicts"


@dataclass(frozen=True, slots=True)
class Told:
    """One rule, as a run found it."""

    rule: str
    sentence: str
    otherwise: str
    success: bool
    bad: int
    of: int
    dimension: str
    origin: str
    why: str
    query: str
    observed: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One verdict: what a run said of one table, and the snapshot that it looked at."""

    table: TableName
    run: str
    at: datetime
    verdict: str
    snapshot: int
    rules: tuple[Told, ...]
    document: Mapping[str, Json]

    @property
    def broken(self) -> tuple[Told, ...]:
        """What was not so, what stopped first."""
        return tuple(
            sorted((told for told in self.rules if not told.success), key=lambda told: told.otherwise != "stop")
        )


def keep(store: Store, contract: Contract, verdict: Verdict, run: str, snapshot: int, at: datetime) -> None:
    """Write it down; of a run that looked several times, what it found last."""
    text = json.dumps(as_json(contract, verdict, run, snapshot, at), ensure_ascii=False, allow_nan=False)
    store.write(f"{_folder(contract.table)}/{run}.json", text.encode(), over=True)


def history(store: Store, table: TableName) -> tuple[Kept, ...]:
    """All that can be read, newest first. A torn file is no verdict."""
    found = [_read(store, file.path) for file in store.list(f"{_folder(table)}/*.json")]
    return tuple(sorted((kept for kept in found if kept), key=lambda kept: (kept.at, kept.run), reverse=True))


def last(store: Store, table: TableName) -> Kept | None:
    """The newest. Names of runs sort by the second in which they began; what began in the same one is told apart by
    what the files say."""
    files = sorted(store.list(f"{_folder(table)}/*.json"), key=lambda file: file.path, reverse=True)
    for _, same in groupby(files, key=lambda file: file.path.rpartition("/")[2].partition("-")[0]):
        if kept := [one for one in (_read(store, file.path) for file in same) if one]:
            return max(kept, key=lambda one: (one.at, one.run))
    return None


def forget_rows(store: Store, table: TableName) -> int:
    """Take all values of rows out of what is kept of a table, and leave the counts; of how many verdicts."""
    changed = 0
    for file in store.list(f"{_folder(table)}/*.json"):
        before = store.read(file.path)
        try:
            document = json.loads(before)
            for one in document["results"]:
                one["result"] = _counts(one["result"])
                one["expectation_config"]["meta"]["lakemesh"].update(examples=[], observed="")
                if one["exception_info"]["raised_exception"]:
                    one["exception_info"]["exception_message"] = ""
            after = json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
        except (ValueError, KeyError, TypeError, AttributeError):
            # It cannot be read, so nobody can say what is in it: a verdict is worth less than a promise.
            store.remove(file.path)
            changed += 1
            continue
        if after != before:
            store.write(file.path, after, over=True)
            changed += 1
    return changed


def _counts(result: Mapping[str, Json]) -> dict[str, Json]:
    """What tells how many, and not which. Great Expectations asks for the list where there is a count."""
    kept: dict[str, Json] = {name: value for name, value in result.items() if name.endswith(("_count", "_percent"))}
    kept |= {name: value for name, value in result.items() if name.startswith(("unexpected_percent", "missing_"))}
    return {**kept, "partial_unexpected_list": []} if "unexpected_count" in kept else kept


def _folder(table: TableName) -> str:
    return f"{FOLDER}/{table.domain}/{table.table}"


def _read(store: Store, path: str) -> Kept | None:
    try:
        value = json.loads(store.read(path))
        ours = value["meta"]["lakemesh"]
        return Kept(
            table=TableName.parse(ours["table"]),
            run=value["meta"]["run_id"]["run_name"],
            at=datetime.fromisoformat(value["meta"]["run_id"]["run_time"]),
            verdict=ours["verdict"],
            snapshot=int(ours["snapshot"]),
            rules=tuple(
                _told(one["success"], one["expectation_config"]["meta"]["lakemesh"]) for one in value["results"]
            ),
            document=cast(Mapping[str, Json], value),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _told(success: bool, ours: Mapping[str, object]) -> Told:
    examples = ours["examples"]
    assert isinstance(examples, list)
    return Told(
        rule=str(ours["rule"]),
        sentence=str(ours["sentence"]),
        otherwise=str(ours["else"]),
        success=success,
        bad=int(str(ours["bad"])),
        of=int(str(ours["of"])),
        dimension=str(ours["dimension"]),
        origin=str(ours["origin"]),
        why=str(ours["why"]),
        query=str(ours["query"]),
        observed=str(ours["observed"]),
        examples=tuple(str(each) for each in examples),
    )
