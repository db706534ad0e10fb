"""Files that landed, as a relation: every cell as text, every line accounted for."""

from lakemesh.engine.duckdb.landed.arrived import Arrived, arrived, columns_of

__all__ = ["Arrived", "arrived", "columns_of"]
