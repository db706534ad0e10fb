"""What a reader of the catalogue sees: all derived from the tables themselves."""
