"""What a SELECT yields, by Spark's own word."""

from collections.abc import Mapping

from pyspark.sql import SparkSession

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.spark import relations
from lakemesh.engine.spark.failures import told
from lakemesh.engine.spark.types import of_spark
from lakemesh.sql.placed import placed
from lakemesh.sql.select import Select


def describe(session: SparkSession, select: Select, inputs: Mapping[TableName, Columns]) -> Columns:
    """Names and types of its columns, over empty tables. Raises Mistakes."""
    names = {table: relations.view(session, relations.empty(session, columns)) for table, columns in inputs.items()}
    try:
        with told(select.path):
            found = session.sql(placed(select, names)).schema
    finally:
        for name in names.values():
            session.catalog.dropTempView(name.strip("`"))
    return {field.name: of_spark(field.dataType) for field in found.fields}
