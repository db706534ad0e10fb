"""Is it true? Rules in, a verdict out. No Iceberg, no landing, no access."""
