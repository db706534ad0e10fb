"""The engine of AWS Glue: Spark with Iceberg. The only package that knows pyspark."""
