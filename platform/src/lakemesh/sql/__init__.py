"""What a SELECT says: names, columns, lineage. sqlglot lives here and in the engines; its trees never leave."""
