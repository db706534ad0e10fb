"""DuckDB behind the engine interface: the laptop."""
