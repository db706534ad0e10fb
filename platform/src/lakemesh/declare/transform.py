"""transform/<table>.yaml: the contract of one SELECT."""

from typing import ClassVar

from lakemesh.declare.table import Table


class Transform(Table):
    """A curated table that one SELECT yields."""

    kind: ClassVar[str] = "a transform"
