"""Verdicts as Great Expectations writes them, kept one file a run and table; scores; what was found last."""
