"""domain.yaml and sources.yaml: who answers for a domain, and what it takes in from outside."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from lakemesh.declare.declaration import Declaration
from lakemesh.declare.inherited import Inherited
from lakemesh.declare.values import Span, Text
from lakemesh.declare.wrong import Wrong


class Domain(Inherited):
    """A part of the business, and who answers for its data."""

    kind: ClassVar[str] = "a domain"

    description: Text = Field(description="What the domain knows, in a sentence.", examples=["The film catalogue."])
    owner: Text = Field(description="Who answers for it; its products inherit it.", examples=["film-data@example.org"])
    steward: Text | None = Field(default=None, description="Who knows what its words mean.")
    team: Text | None = Field(default=None, description='The team that reviews its changes, such as "@acme/film".')


class Source(Declaration):
    """Something outside that sends data: a database by DMS, or a stream."""

    kind: ClassVar[str] = "a source"
    example: ClassVar[str] = "{by: dms, engine: postgres, secret: crm/reader} or {by: stream, flush: 60 seconds}"

    by: Literal["dms", "stream"] = Field(description="How it sends: dms or stream.", examples=["dms"])
    engine: Text | None = Field(default=None, description="The database that dms reads, such as postgres.")
    secret: Text | None = Field(
        default=None, description="Where its credentials lie, such as crm/reader. Never the credentials."
    )
    flush: Span | None = Field(
        default=None, description="How long a stream gathers before it writes a file, such as 60 seconds."
    )

    def wrongs(self) -> Iterable[Wrong]:
        """A database has no flush, and a stream no credentials."""
        if self.by == "dms" and self.flush is not None:
            yield Wrong(
                "`flush` is for streams, and this source is `by: dms`", "leave it out", "flush", word=True, leans="by"
            )
        for word in ("engine", "secret"):
            if self.by == "stream" and getattr(self, word) is not None:
                yield Wrong(
                    f"`{word}` is for dms, and this source is `by: stream`", "leave it out", word, word=True, leans="by"
                )
