"""Checks together: as few statements as their questions allow."""
