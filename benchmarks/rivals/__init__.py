"""What others do with the same rows."""
