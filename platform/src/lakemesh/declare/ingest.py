"""ingest/<table>.yaml: something that arrives, and the clean table it becomes."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, SkipValidation

from lakemesh.declare import together
from lakemesh.declare.arrives import FORMS, From, FromFiles, FromSeed, FromSource, kind_of, origin
from lakemesh.declare.declaration import Declaration
from lakemesh.declare.table import Table
from lakemesh.declare.together import undeclared
from lakemesh.declare.values import Character, Encoding, Pattern, Spelled, TimeZone, Yes
from lakemesh.declare.wrong import Wrong

__all__ = ["Format", "From", "FromFiles", "FromSeed", "FromSource", "Ingest"]


class Format(Declaration):
    """What a file is like, where it is not plain. None: as is usual for its kind."""

    kind: ClassVar[str] = "the format of a file"
    example: ClassVar[str] = '{delimiter: ";", empty: NA}'

    delimiter: Character | None = Field(default=None, description='csv: what separates cells, such as ";" or tab.')
    header: Yes | None = Field(default=None, description="csv: whether the first line names the columns.")
    encoding: Encoding | None = Field(default=None, description="Such as utf-8 or latin-1.")
    quote: Character | None = Field(default=None, description="csv: the character around cells.")
    decimal: Character | None = Field(default=None, description='csv: the character before a fraction, such as ",".')
    dates: Pattern | None = Field(default=None, description="How dates are written, such as dd-MM-yyyy.")
    timestamps: Pattern | None = Field(default=None, description="How times are written, such as yyyy-MM-dd HH:mm:ss.")
    empty: Spelled | None = Field(default=None, description="What stands for null, such as NA or [NA, -].")
    time_zone: TimeZone | None = Field(default=None, description="Of times written without one; else UTC.")


_CSV = ("delimiter", "header", "quote", "decimal")


class Ingest(Table):
    """A clean table of what arrives."""

    kind: ClassVar[str] = "an ingest"

    from_: Annotated[SkipValidation[From], BeforeValidator(origin), FORMS] = Field(
        alias="from",
        description="What arrives: sakila/film/*.csv, {seed: country.csv}, {source: crm, table: sales.customers}.",
        examples=["film/*.csv"],
    )
    format: Annotated[Format, BeforeValidator(Format.read)] = Field(
        default=Format(), description="What a file is like, where it is not plain."
    )
    take: Literal["all", "newest"] | None = Field(
        default=None, description="Whether all that waits is taken, or the newest only."
    )
    delivery: Literal["file", "folder", "manifest"] | None = Field(default=None, description="What belongs together.")
    extra: Literal["stop", "ignore", "store"] | None = Field(
        default=None, description="What becomes of undeclared columns and keys; else stop, for JSON ignore."
    )

    def known_source(self) -> bool:
        return isinstance(self.from_, FromSource)

    def wrongs(self) -> Iterable[Wrong]:
        """What does not go with how it arrives."""
        yield from together.wrongs(self)
        if self.write == "window":
            yield Wrong(
                "`write: window` is for a transform, which can make a span again",
                "say append, replace or merge",
                "write",
                leans="write",
            )
        if self.write is None and not isinstance(self.from_, FromSource):
            yield Wrong(
                "an ingest says nothing of `write`",
                "add `write: append` (each file once), replace or merge",
                leans="write",
            )
        if self.columns:
            yield from undeclared(self)
        else:
            yield Wrong(
                "an ingest says nothing of its columns",
                "add `columns:`, or keep them in <table>.columns.csv",
                leans="columns",
            )
        for name, column in self.columns.items():
            if column.type is None:
                yield Wrong(
                    f'"{name}" has no type', "add `type: string`, or what it is", "columns", name, leans="columns"
                )
        yield from self._format()
        if isinstance(self.from_, FromSeed):
            for word in ("take", "delivery"):
                if getattr(self, word) is not None:
                    yield Wrong(
                        f"`{word}` is for what lands, and a seed is one file in git",
                        "leave it out",
                        word,
                        word=True,
                        leans="from",
                    )

    def _format(self) -> Iterable[Wrong]:
        if isinstance(self.from_, FromSource):
            return
        kind = kind_of(self.from_.pattern if isinstance(self.from_, FromFiles) else self.from_.file)
        for word in sorted(self.format.model_fields_set):
            told = {"csv": False, "json": word in _CSV, "parquet": True}[kind]
            if told and getattr(self.format, word) is not None:
                yield Wrong(
                    f"`{word}` is not said of {kind} files, which carry it themselves",
                    "leave it out",
                    "format",
                    word,
                    word=True,
                    leans="from format",
                )
        for name, column in self.columns.items():
            if column.as_ is not None and column.as_.startswith(("$.", "$[")) and kind != "json":
                yield Wrong(
                    f'"{column.as_}" is a path into JSON, and this is {kind}',
                    "write the header",
                    "columns",
                    name,
                    "as",
                    leans="from columns",
                )
