"""What stands in files that nobody has described yet: facts of each column, by one scan of their beginning."""

from lakemesh.engine.duckdb.survey.facts import Facts, Plain
from lakemesh.engine.duckdb.survey.survey import Survey

__all__ = ["Facts", "Plain", "Survey"]
