"""What an engine needs that commits by itself: the table in the shape that it writes, and what it left made our own."""

from pyiceberg.manifest import ManifestFile
from pyiceberg.table import Table
from pyiceberg.table.metadata import TableMetadata

from lakemesh.errors import Mistakes
from lakemesh.lake.history import word
from lakemesh.lake.manifests import listed, live
from lakemesh.lake.properties import CREATED, SHAPE_SINCE
from lakemesh.lake.schema import numbered, shape
from lakemesh.lake.snapshot import Branch


def early(metadata: TableMetadata, branch: Branch) -> dict[str, str] | None:
    """What is to be said with it where the branch's shape is not the table's own yet; None where it is. Raises
    Mistakes where a column that readers see would have another name, before what is in it is audited."""
    own = (metadata.current_schema_id, metadata.default_spec_id, metadata.default_sort_order_id)
    if own == (branch.schema_id, branch.spec_id, branch.sort_id):
        return None
    wanted = numbered(metadata, branch.schema_id)
    names = {field.field_id: field.name for field in wanted.fields}
    head = metadata.current_snapshot()
    unseen = head is not None and bool(word(head, CREATED)) and len(metadata.snapshot_log) == 1
    for field in metadata.schema().fields:
        if not unseen and names.get(field.field_id) != field.name:
            told = names.get(field.field_id, "nothing")
            raise Mistakes.of(
                f"{branch.table}: {field.name} would be {told} to readers before it is audited: Spark writes to a "
                "branch only in the columns that the table has",
                f"publish this change once with the engine duckdb: make run TABLE={branch.table} ENGINE=duckdb",
            )
    same = shape(metadata.schema()) == shape(wanted)
    return {} if same else {SHAPE_SINCE: str(metadata.next_sequence_number())}


def left(table: Table, branch: Branch, head: int) -> list[str]:
    """Every file that was written on the branch: those of its data, and those that name them."""
    metadata = table.metadata
    base = metadata.snapshot_by_id(branch.base.id)
    before = base.sequence_number or 0 if base else 0
    paths = [table.metadata_location]
    manifests: dict[str, ManifestFile] = {}
    step = metadata.snapshot_by_id(head)
    while step is not None and step.snapshot_id != branch.base.id:
        paths.append(step.manifest_list)
        manifests |= {one.manifest_path: one for one in listed(table.io, step) if one.sequence_number > before}
        step = metadata.snapshot_by_id(step.parent_snapshot_id) if step.parent_snapshot_id else None
    for path, manifest in manifests.items():
        paths.append(path)
        if manifest.has_added_files():
            added = live(table.io, manifest)
            paths += [e.data_file.file_path for e in added if (e.sequence_number or 0) > before]
    return list(dict.fromkeys(paths))
