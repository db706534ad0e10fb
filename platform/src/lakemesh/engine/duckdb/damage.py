"""Data files that are gone or damaged, looked for once something has failed: nobody pays for it before."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa
import pyarrow.fs as fs
import pyarrow.parquet as pq
from pyiceberg.manifest import DataFile

from lakemesh.engine.engine import Inputs
from lakemesh.errors import Mistakes
from lakemesh.lake.lake import Lake
from lakemesh.lake.snapshot import Snapshot
from lakemesh.lake.trouble import damaged

_TORN = ("magic bytes", "TProtocolException", "ecompress", "orrupt", "too small", "a file cannot be read")


@contextmanager
def found(lake: Lake, inputs: Inputs) -> Iterator[None]:
    """Raises Mistakes at the first data file that is not as the table says, in place of what its reader made of it."""
    try:
        yield
    except (duckdb.Error, pa.ArrowException, OSError, Mistakes) as error:
        # Reading all of a table again is only worth it where its reader stumbled, and not over a wrong SELECT.
        whole = not isinstance(error, Mistakes) or any(word in str(error) for word in _TORN)
        for given in inputs.values():
            if isinstance(given, Snapshot):
                for data_file in lake.plan(given).files:
                    if why := _wrong(data_file, whole):
                        raise damaged(data_file.file_path, why) from error
        raise


def _wrong(data_file: DataFile, whole: bool) -> str:
    system, path = fs.FileSystem.from_uri(data_file.file_path)
    info = system.get_file_info(path)
    if info.type == fs.FileType.NotFound:
        return "it is not there"
    if info.size != data_file.file_size_in_bytes:
        return f"it has {info.size:,} bytes where the table says {data_file.file_size_in_bytes:,}"
    if not whole:
        return ""
    try:
        with system.open_input_file(path) as source:
            for _ in pq.ParquetFile(source).iter_batches():
                pass
    except (pa.ArrowException, OSError) as error:
        return str(error).splitlines()[0]
    return ""
