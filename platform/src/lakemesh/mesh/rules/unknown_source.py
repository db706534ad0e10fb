"""An ingest names a source of its domain's sources.yaml, and what it says goes with it."""

from collections.abc import Iterator

from lakemesh.declare.ingest import FromSource, Ingest
from lakemesh.declare.words import near
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.parts import Part
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part in view.judged():
        declaration = part.declaration
        if isinstance(declaration, Ingest) and isinstance(declaration.from_, FromSource):
            yield from _check(view, part, declaration, declaration.from_)


def _check(view: View, part: Part, declaration: Ingest, come: FromSource) -> Iterator[Mistake]:
    path = f"domains/{part.of.domain}/sources.yaml"
    try:
        sources = view.tree.sources(part.of.domain)
    except Mistakes:
        return
    source = sources.get(come.source)
    if source is None:
        close = near(come.source, sources)
        remedy = f'did you mean "{close}"?' if close else f"add `{come.source}: {{by: dms}}` or `{{by: stream}}` to it"
        yield view.mistake(part.path, ("from", "source"), f'{path} has no source "{come.source}"', remedy)
        return
    parts = come.table.split(".")
    if source.by == "dms" and len(parts) != 2:
        what = f'"{come.table}" names no table of {come.source}: DMS puts each below its schema'
        yield view.mistake(part.path, ("from", "table"), what, f"write schema.table, such as public.{parts[-1]}")
    if source.by == "stream" and len(parts) != 1:
        what = f'"{come.table}" names no events of {come.source}: a stream has no schemas'
        yield view.mistake(part.path, ("from", "table"), what, f"write one name, such as {parts[-1]}")
    if source.by == "dms" and declaration.write not in (None, "cdc", "history"):
        what = f"`write: {declaration.write}` does not go with {come.source}, which arrives by dms as a log of changes"
        yield view.mistake(part.path, ("write",), what, "leave the word out (DMS implies `write: cdc`), or say history")
    if source.by == "stream" and declaration.write in ("replace", "cdc", "daily_copy"):
        what = f"`write: {declaration.write}` does not go with {come.source}, which arrives as a stream of events"
        yield view.mistake(part.path, ("write",), what, "write append, or merge by a key")
