"""A lake that lies in another folder than it was made in: its metadata names every file by the old one."""

import json
import re
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from lakemesh.lake.checkup.catalog import named, point
from lakemesh.lake.local import settle
from lakemesh.lake.maintenance import avro

_NUMBER = re.compile(r"(\d+)-")


def homes(root: Path) -> set[str]:
    """Folders other than this one in which the catalogue says that the lake is."""
    found = set()
    for domain, table, location in named(root / "catalog.db"):
        path = Path(location.removeprefix("file://"))
        said = path.parents[1]
        if path.is_relative_to(root) and path.is_file():
            # A catalogue that was made again knows this folder, and the tables in it do not.
            said = _said(path)
        # <root>/<zone>/<domain>/<table>
        if not said.is_relative_to(root):
            found.add(str(said.parents[2] if (said.name, said.parent.name) == (table, domain) else said))
    return found


def _said(path: Path) -> Path:
    """Where a table says that it is; what cannot be read is told when its table is looked at."""
    try:
        return Path(str(json.loads(path.read_text())["location"]).removeprefix("file://"))
    except (ValueError, KeyError, TypeError):
        return path


def move(root: Path, before: str, dry: bool) -> list[str]:
    """Writes this folder for the old one, everywhere; dry: only says which files are not here."""
    missing: list[str] = []
    locations = {}
    for domain, table, location in named(root / "catalog.db"):
        here = Path(_moved(location, before, root))
        if not here.is_file():
            missing.append(str(here))
            continue
        metadata = json.loads(here.read_text())
        for snapshot in metadata["snapshots"]:
            _snapshot(snapshot, before, root, dry, missing)
        if not dry:
            locations[domain, table] = str(_written(metadata, here, before, root))
    if not dry:
        point(root / "catalog.db", locations)
    return missing


def _snapshot(snapshot: "dict[str, object]", before: str, root: Path, dry: bool, missing: list[str]) -> None:
    """Its manifests and their list, written again beside the old ones; `snapshot` names the new list."""
    listed = Path(_moved(str(snapshot["manifest-list"]), before, root))
    if not listed.is_file():
        missing.append(str(listed))
        return
    sizes: dict[str, int] = {}
    renamed: dict[str, str] = {}
    for record in avro.read(listed.read_bytes()).records:
        assert isinstance(record, dict)
        old = str(record["manifest_path"])
        manifest = Path(_moved(old, before, root))
        if not manifest.is_file():
            missing.append(str(manifest))
            continue
        data = manifest.read_bytes()
        if dry:
            missing += _lost(data, before, root)
            continue
        # The same manifest is in many versions: a name that follows from its own, so that it is written once.
        new = manifest.with_name(f"moved-{_mark(root)}-{manifest.name}")
        new.write_bytes(avro.changed(data, lambda name, value: _field(name, value, before, root)))
        settle([str(new)])
        renamed[old], sizes[old] = str(new), new.stat().st_size
    if dry:
        return

    def change(name: str, value: avro.Value) -> avro.Value:
        return renamed.get(value, value) if name == "manifest_path" and isinstance(value, str) else value

    whole = avro.read(listed.read_bytes())
    lengths = iter([sizes[str(record["manifest_path"])] for record in whole.records if isinstance(record, dict)])
    new = listed.with_name(f"moved-{_mark(root)}-{listed.name}")
    new.write_bytes(
        avro.changed(
            listed.read_bytes(),
            lambda name, value: next(lengths) if name == "manifest_length" else change(name, value),
        )
    )
    settle([str(new)])
    snapshot["manifest-list"] = str(new)


def _lost(data: bytes, before: str, root: Path) -> list[str]:
    lost = []
    for entry in avro.read(data).records:
        assert isinstance(entry, dict)
        data_file = entry["data_file"]
        assert isinstance(data_file, dict)
        # 2: it was taken out by this very commit.
        if entry["status"] != 2 and not Path(where := _moved(str(data_file["file_path"]), before, root)).is_file():
            lost.append(where)
    return lost


def _field(name: str, value: avro.Value, before: str, root: Path) -> avro.Value:
    return _moved(value, before, root) if name == "file_path" and isinstance(value, str) else value


def _written(metadata: "dict[str, object]", here: Path, before: str, root: Path) -> Path:
    metadata["location"] = _moved(str(metadata["location"]), before, root)
    # The old ones name the old folder: nobody can go back to them.
    metadata["metadata-log"] = []
    for word in ("statistics", "partition-statistics"):
        for said in metadata.get(word) or ():  # type: ignore[attr-defined]
            said["statistics-path"] = _moved(said["statistics-path"], before, root)
    found = _NUMBER.match(here.name)
    new = here.with_name(f"{int(found[1]) + 1 if found else 0:05}-{uuid4()}.metadata.json")
    new.write_text(json.dumps(metadata))
    settle([str(new)])
    return new


def _moved(location: str, before: str, root: Path) -> str:
    path = location.removeprefix("file://")
    return str(root / Path(path).relative_to(before)) if Path(path).is_relative_to(before) else path


def _mark(root: Path) -> str:
    return sha256(str(root).encode()).hexdigest()[:8]
