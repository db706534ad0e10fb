"""One difference between Spark SQL and DuckDB, one module, with its cases."""
