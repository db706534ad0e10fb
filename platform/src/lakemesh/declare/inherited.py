"""Words that hold for all tables below, unless one of them says otherwise."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from lakemesh.declare import amounts
from lakemesh.declare.declaration import Declaration
from lakemesh.declare.scalar import Value, named, written
from lakemesh.declare.values import Share, label
from lakemesh.declare.wrong import Wrong

Classification = Literal["public", "internal", "personal", "secret"]


def keep(value: Value) -> str:
    """`3 years` as it is, `{for: 90 days, by: occurred_at}` as `90 days by occurred_at`."""
    if isinstance(value, dict):
        if strange := [word for word in value if word not in ("for", "by")]:
            raise Wrong(
                f'unknown word "{strange[0]}" for how long rows are kept',
                "write {for: 90 days, by: occurred_at}",
                strange[0],
                word=True,
            )
        if len(value) < 2:
            raise Wrong("one of `for` and `by` is missing", "write {for: 90 days, by: occurred_at}")
        try:
            span = amounts.retention(written(value["for"]))
        except Wrong as wrong:
            raise wrong.below("for") from None
        return f"{span} by {label(value['by'])}"
    if isinstance(value, list) or value is None:
        raise Wrong(
            f"{named(value)} stands where an amount belongs", "write 3 years, or {for: 90 days, by: occurred_at}"
        )
    return amounts.retention(written(value))


_SPAN = {"type": "string", "pattern": r"^\d+ (day|week|month|year)s?$"}
_KEEP = {
    "anyOf": [
        _SPAN,
        {
            "type": "object",
            "properties": {"for": _SPAN, "by": {"type": "string"}},
            "required": ["for", "by"],
            "additionalProperties": False,
        },
    ]
}
Keep = Annotated[str, BeforeValidator(keep), WithJsonSchema(_KEEP)]


class Inherited(Declaration):
    """What the organisation, a domain, a product and a table may each say of their tables."""

    keep: Keep | None = Field(
        default=None, description="How long rows are kept: 3 years, or {for: 90 days, by: occurred_at}."
    )
    max_bad: Share | None = Field(default=None, description="The share of bad rows that stops a run: 5 %.")
    classification: Classification | None = Field(
        default=None, description="How its columns are classified unless they say otherwise."
    )
