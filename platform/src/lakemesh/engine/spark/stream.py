"""The rows of a Spark relation as Arrow has them: in their order, one partition at a time, never all at once."""

from collections.abc import Iterator

import pyarrow as pa
from pyspark.rdd import _local_iterator_from_socket
from pyspark.serializers import NoOpSerializer
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import to_arrow_schema


def stream(rows: DataFrame) -> Iterator[pa.RecordBatch]:
    """What pyspark's own way to Arrow does with all of them, done piece by piece."""
    schema = to_arrow_schema(rows.schema)
    jvm = rows.sparkSession.sparkContext._jvm
    served = jvm.PythonRDD.toLocalIteratorAndServe(rows._jdf.toArrowBatchRdd(), False)
    for message in _local_iterator_from_socket(served, NoOpSerializer()):
        batch = pa.ipc.read_record_batch(pa.py_buffer(message), schema)
        if batch.num_rows:
            yield batch
