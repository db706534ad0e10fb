"""product.yaml: the promise of a product."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from lakemesh.declare import amounts
from lakemesh.declare.declaration import Declaration
from lakemesh.declare.inherited import Inherited
from lakemesh.declare.scalar import Value
from lakemesh.declare.values import Label, Names, Span, Text, amount

Start = Annotated[str, BeforeValidator(amount(amounts.start, "daily at 06:30"))]


class Fresh(Declaration):
    """How old it may be: since it was last verified, or by the newest value of a column."""

    kind: ClassVar[str] = "freshness"
    example: ClassVar[str] = "26 hours, or {within: 26 hours, of: last_update}"

    within: Span = Field(description="How old it may be.", examples=["26 hours"])
    of: Label | None = Field(default=None, description="The column whose newest value is looked at.")

    @classmethod
    def long(cls, value: Value) -> Value:
        return value if isinstance(value, dict) else {"within": value}


FreshWord = Annotated[Fresh, BeforeValidator(Fresh.read)]


class Product(Inherited):
    """What a product promises to who reads it."""

    kind: ClassVar[str] = "a product"

    description: Text = Field(
        description="What it holds, in a sentence or two.", examples=["Films with their category, one row per film."]
    )
    publishes: Names = Field(default=(), description="Its interface: the tables that others may read.")
    status: Literal["draft", "published", "deprecated", "retired"] = Field(
        default="draft", description="Where it stands in its life."
    )
    start: Start = Field(
        default="by hand",
        description="When it runs: every 5 minutes, hourly, daily at 06:30, cron(…), arrival, inputs, by hand.",
    )
    fresh: FreshWord | None = Field(
        default=None, description="What readers may count on: 26 hours, or {within: 26 hours, of: last_update}."
    )
    owner: Text | None = Field(default=None, description="Who answers for it; else the domain's owner.")
    steward: Text | None = Field(default=None, description="Who knows what it means; else the domain's steward.")
    team: Text | None = Field(
        default=None, description='The team that reviews its changes, such as "@acme/film"; else the domain\'s.'
    )
