"""How something arrives: where it lies, and what its files are like."""

from typing import Literal

from lakemesh.declare.domain import Source
from lakemesh.declare.ingest import Format as Said
from lakemesh.declare.ingest import FromFiles, FromSeed, Ingest
from lakemesh.declare.names import ProductName
from lakemesh.mesh import places
from lakemesh.mesh.contract import Arrival, Format

Kind = Literal["csv", "json", "parquet"]
ENDINGS: dict[str, Kind] = {
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "json": "json",
    "jsonl": "json",
    "ndjson": "json",
    "parquet": "parquet",
}


def arrival(of: ProductName, ingest: Ingest, source: Source | None) -> Arrival:
    """Where an ingest's files lie and how they are read. `source` is what sources.yaml says of its source."""
    come = ingest.from_
    if isinstance(come, FromFiles):
        return _arrival(ingest, "files", places.files(of, come.pattern), kind_of(come.pattern) or "csv", come.pattern)
    if isinstance(come, FromSeed):
        return _arrival(ingest, "seed", places.seed(of, come.file), kind_of(come.file) or "csv", come.file)
    place = places.source(of.domain, come.source, come.table)
    if source and source.by == "stream":
        return _arrival(ingest, "stream", place, "json", "")
    return _arrival(ingest, "dms", place, "csv", "")


def kind_of(name: str) -> Kind | None:
    """What a file is by the end of its name, under .gz or not; None where that does not tell."""
    return ENDINGS.get(name.lower().removesuffix(".gz").rpartition(".")[2])


def _arrival(
    ingest: Ingest, by: Literal["files", "seed", "dms", "stream"], place: str, kind: Kind, name: str
) -> Arrival:
    extra = ingest.extra or ("ignore" if kind == "json" else "stop")
    return Arrival(
        by, place, _format(ingest.format, kind, name), ingest.take or "all", ingest.delivery or "file", extra
    )


def _format(said: Said, kind: Kind, name: str) -> Format:
    # JSON has a word for null; the empty text is one there.
    plain = Format(kind, delimiter="\t" if ".tsv" in name.lower() else ",", empty=() if kind == "json" else ("",))
    return Format(
        kind,
        delimiter=said.delimiter if said.delimiter is not None else plain.delimiter,
        header=said.header if said.header is not None else plain.header,
        encoding=said.encoding or plain.encoding,
        quote=said.quote if said.quote is not None else plain.quote,
        decimal=said.decimal or plain.decimal,
        dates=said.dates,
        timestamps=said.timestamps,
        empty=said.empty if said.empty is not None else plain.empty,
        time_zone=said.time_zone or plain.time_zone,
    )
