"""One declaration, what it inherits, and what its SELECT yields: the contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lakemesh.declare.domain import Source
from lakemesh.declare.ingest import FromSource, Ingest
from lakemesh.declare.mesh import Organisation
from lakemesh.declare.names import TableName
from lakemesh.declare.table import DropWithin
from lakemesh.mesh.added import added, kept
from lakemesh.mesh.arrival import arrival
from lakemesh.mesh.classified import strictest
from lakemesh.mesh.contract import Cdc, Column, Contract, Origin, Partition, Sort, Within
from lakemesh.mesh.ingested import ingested
from lakemesh.mesh.inherit import Inherited, inherited
from lakemesh.mesh.lines import Lines
from lakemesh.mesh.properties import properties
from lakemesh.mesh.selected import selected
from lakemesh.mesh.writes import write
from lakemesh.mesh.yields import Yield

Repeats = Literal["quarantine", "stop", "drop"]


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for a table beside its own files."""

    organisation: Organisation
    source: Source | None
    """What sources.yaml says of where an ingest's rows come from."""
    inputs: Mapping[TableName, Contract]


def derive(lines: Lines, around: Around, made: Yield | None) -> Contract:
    """All that one table promises. `made` is what its SELECT yields. Raises Mistakes."""
    part, declaration = lines.part, lines.part.declaration
    heir = inherited(lines, around.organisation)
    kind = write(declaration, around.source)
    arrives = arrival(part.of, declaration, around.source) if isinstance(declaration, Ingest) else None
    if made:
        columns = selected(lines, made, around.inputs, heir.classification)
    else:
        columns = ingested(lines, heir.classification)
    own = columns
    columns = (*own, *kept(kind, own))
    if arrives:
        order = next((c.type for c in own if isinstance(kind, Cdc) and c.name == kind.order), None)
        columns = (*columns, *added(kind, arrives, order, strictest(c.classification for c in own)))
    said = declaration.repeats
    usually: Repeats = "quarantine" if arrives else "stop"
    return Contract(
        table=part.table,
        product=part.of,
        path=part.path,
        zone="clean" if arrives else "curated",
        description=declaration.description,
        columns=columns,
        write=kind,
        key=declaration.key,
        partition=tuple(Partition(each.transform, each.column, each.argument) for each in declaration.partition),
        sort=tuple(Sort(each.column, each.descending) for each in declaration.sort),
        repeats="drop" if isinstance(said, DropWithin) else said or usually,
        within=Within(said.drop, said.by) if isinstance(said, DropWithin) else None,
        max_bad=heir.max_bad[0],
        keep=heir.keep[0],
        classification=heir.classification[0],
        published=part.table.table in part.product.publishes,
        status=part.product.status,
        fresh=heir.fresh[0] if heir.fresh else None,
        owner=heir.owner[0],
        steward=heir.steward[0],
        team=heir.team[0],
        arrival=arrives,
        select=part.select,
        engine=declaration.engine,
        max_minutes=declaration.max_minutes,
        retires=declaration.retires.isoformat() if declaration.retires else None,
        replaced_by=declaration.replaced_by,
        meta=declaration.meta,
        properties=properties(around.organisation),
        rules=part.rules,
        origins=_origins(lines, heir, around, columns),
    )


def _origins(lines: Lines, heir: Inherited, around: Around, columns: tuple[Column, ...]) -> dict[str, Origin]:
    """Where each line but the columns is from."""
    part, declaration = lines.part, lines.part.declaration
    said = (
        *("description", "key", "partition", "sort", "engine", "max_minutes"),
        *("retires", "replaced_by", "repeats", "meta"),
    )
    origins = {word: lines.at(word) for word in said if getattr(declaration, word)}
    origins.setdefault("repeats", Origin("", 0, "built in"))
    if declaration.write:
        origins["write"] = lines.at("write")
    elif isinstance(declaration, Ingest) and isinstance(declaration.from_, FromSource) and around.source:
        path, how = f"domains/{part.of.domain}/sources.yaml", f"implied by a source by {around.source.by}"
        origins["write"] = lines.at(declaration.from_.source, "by", path=path, how=how)
    else:
        origins["write"] = Origin("", 0, "built in")
    if isinstance(declaration, Ingest):
        origins["from"] = lines.at("from")
        origins["zone"] = lines.at(how="what arrives is clean")
    else:
        origins["zone"] = lines.at(how="what a SELECT yields is curated")
        origins["select"] = Origin(lines.sql, 1, "declared")
    ours = part.table.table in part.product.publishes
    how = "published by the product" if ours else "not published: private to the product"
    origins["published"] = lines.at("publishes", path=lines.product, how=how)
    origins["status"] = lines.at("status", path=lines.product, how="of the product")
    return origins | heir.origins()
