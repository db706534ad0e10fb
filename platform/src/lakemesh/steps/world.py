"""All that a run needs, handed in: nothing in a step opens, prints, or looks at a clock."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from lakemesh.declare.names import TableName
from lakemesh.engine.engine import Engine
from lakemesh.lake.lake import Lake
from lakemesh.lake.store import Store
from lakemesh.mesh.contract import Contract
from lakemesh.mesh.mesh import Mesh


@dataclass(frozen=True, slots=True)
class World:
    """`landing`: the landing zone; `seeds`: the repository, where seeds lie; `clock` gives instants, UTC."""

    mesh: Mesh
    lake: Lake
    engine: Engine
    landing: Store
    seeds: Store
    clock: Callable[[], datetime]
    host: str = ""
    pid: int = 0
    other: Callable[[str], Engine] | None = None
    """Another engine over the same lake, by its name."""
    batch: int = 8 * 10**9
    """Bytes of arrivals that one publish takes at most, where it does not have to take all of them."""

    def suited(self, contract: Contract) -> "World":
        """The same world, with the engine that a table asks for by itself."""
        if contract.engine is None or contract.engine == self.engine.name or self.other is None:
            return self
        return replace(self, engine=self.other(contract.engine))

    @property
    def workplace(self) -> str:
        """Who runs, as whoever waits for a lock is told."""
        return f"process {self.pid} on {self.host}"


@dataclass(frozen=True, slots=True)
class Ask:
    """What was asked of a run beyond `make it so`. `since`, `until`: a backfill; `now`: in place of the clock;
    `strict`: what reads a table that failed stops too; `replace_file`: a changed file is taken again; `held`: held
    files are released; `rebuild`: from the beginning; `tables`: only these."""

    since: datetime | None = None
    until: datetime | None = None
    now: datetime | None = None
    strict: bool = False
    replace_file: bool = False
    held: bool = False
    tables: tuple[TableName, ...] | None = None
    rebuild: bool = False
