"""How a command ends: its exit codes, which scripts rely on."""

DONE = 0
MEND = 1
"""A person can mend it: a declaration, an argument, a failing test."""
STOPPED = 3
"""Data was stopped by its contract, and what was published stays. (2 is wrong use: click's own.)"""
INTERRUPTED = 130
PIPE_CLOSED = 141
