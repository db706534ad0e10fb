"""One work, one file."""
