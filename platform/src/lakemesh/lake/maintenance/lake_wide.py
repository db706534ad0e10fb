"""What no table owns: scratch folders of dead runs, and old records of runs."""

import json
import shutil
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

from lakemesh.declare.names import ProductName
from lakemesh.lake.store import Store

SCRATCH = timedelta(days=1)
RECORDS = timedelta(days=30)
NEWEST = 200
"""So many records of a product stay as they are, however old."""


def scratch(root: Path, now: datetime) -> dict[Path, int]:
    """Folders in which an engine put what did not fit into memory, and died; with their bytes."""
    found = {}
    for folder in root.glob("_scratch/lakemesh-*"):
        inside = [folder, *folder.rglob("*")]
        if max((path.lstat().st_mtime for path in inside), default=0.0) < (now - SCRATCH).timestamp():
            found[folder] = sum(path.lstat().st_size for path in inside if path.is_file())
    return found


def clear(folders: dict[Path, int]) -> None:
    """Takes them away."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def old_records(store: Store, product: ProductName, now: datetime) -> list[str]:
    """Records of runs that nobody looks at one by one any more, oldest first. A run's name begins with its time."""
    folder = f"_runs/{product.domain}/{product.product}"
    files = sorted(store.list(f"{folder}/*.json"), key=lambda file: (file.modified, file.path))
    return [file.path for file in files[:-NEWEST] if file.modified < now - RECORDS]


def fold(store: Store, product: ProductName, paths: list[str]) -> None:
    """Old records as lines of one file a month, which queries read too. The line is there before the record goes."""
    months: dict[str, dict[str, str]] = defaultdict(dict)
    for path in paths:
        try:
            value = json.loads(store.read(path))
            months[value["started"][:7]][value["id"]] = json.dumps(value)
        except (ValueError, KeyError, TypeError, FileNotFoundError):
            continue  # A torn record is no run; it stays to be looked at.
    for month, lines in months.items():
        whole = f"_runs/{product.domain}/{product.product}/_older/{month}.jsonl"
        try:
            before = [json.loads(line) for line in store.read(whole).decode().splitlines()]
        except FileNotFoundError:
            before = []
        merged = {value["id"]: json.dumps(value) for value in before} | lines
        store.write(whole, "".join(f"{line}\n" for line in merged.values()).encode(), over=True)
        for run in lines:
            store.remove(f"_runs/{product.domain}/{product.product}/{run}.json")
