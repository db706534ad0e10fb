"""What a table inherits: from its product, its domain, and the organisation."""

from dataclasses import dataclass

from lakemesh.declare.ingest import Ingest
from lakemesh.declare.mesh import Organisation
from lakemesh.declare.product import Fresh as Promised
from lakemesh.mesh.contract import Classification, Fresh, Origin
from lakemesh.mesh.lines import Lines, Said

USUAL_MAX_BAD = 0.05


@dataclass(frozen=True, slots=True)
class Inherited:
    """Each word with the line that decided it."""

    keep: tuple[str | None, Origin]
    max_bad: tuple[float, Origin]
    classification: tuple[Classification, Origin]
    owner: tuple[str, Origin]
    steward: tuple[str, Origin]
    team: tuple[str, Origin]
    fresh: tuple[Fresh, Origin] | None

    def origins(self) -> dict[str, Origin]:
        found = {
            "keep": self.keep,
            "max_bad": self.max_bad,
            "classification": self.classification,
            "owner": self.owner,
            "steward": self.steward,
            "team": self.team,
        }
        origins = {word: origin for word, (_, origin) in found.items()}
        return {**origins, "fresh": self.fresh[1]} if self.fresh else origins


def inherited(lines: Lines, organisation: Organisation) -> Inherited:
    """The table's own word, else its product's, its domain's, the organisation's, what is built in."""
    table, product, domain, mesh = lines.part.declaration, lines.part.product, lines.part.domain, organisation.defaults
    own, of_product, of_domain, of_mesh = lines.own, lines.of_product, lines.of_domain, lines.of_mesh
    arrives = isinstance(table, Ingest)
    keep = lines.first(
        [
            own(table.keep, "keep"),
            of_product(product.keep, "keep"),
            of_domain(domain.keep, "keep"),
            of_mesh(mesh.keep, "defaults", "keep"),
        ],
        "",
    )
    max_bad = lines.first(
        [
            own(table.max_bad, "max_bad"),
            of_product(product.max_bad, "max_bad"),
            of_domain(domain.max_bad, "max_bad"),
            # What arrives may be bad; what a SELECT makes of good rows may not, whatever the organisation expects.
            of_mesh(mesh.max_bad if arrives else None, "defaults", "max_bad"),
        ],
        USUAL_MAX_BAD if arrives else 0.0,
    )
    usual: Classification = "internal"
    levels: list[Said[Classification]] = [
        own(table.classification, "classification"),
        of_product(product.classification, "classification"),
        of_domain(domain.classification, "classification"),
        of_mesh(mesh.classification, "defaults", "classification"),
    ]
    classification = lines.first(levels, usual)
    owner = lines.first([of_product(product.owner, "owner"), of_domain(domain.owner, "owner")], "")
    steward = lines.first([of_product(product.steward, "steward"), of_domain(domain.steward, "steward")], "")
    team = lines.first([of_product(product.team, "team"), of_domain(domain.team, "team")], "")
    return Inherited((keep[0] or None, keep[1]), max_bad, classification, owner, steward, team, _fresh(lines))


def _fresh(lines: Lines) -> tuple[Fresh, Origin] | None:
    """The table's promise, else the product's. The column that a product looks at is one of the tables it publishes."""
    part = lines.part
    if part.declaration.fresh:
        return _promise(part.declaration.fresh), lines.at("fresh")
    if not part.product.fresh:
        return None
    promise = _promise(part.product.fresh)
    if part.table.table not in part.product.publishes:
        promise = Fresh(promise.within)
    return promise, lines.at("fresh", path=lines.product, how="of the product")


def _promise(said: Promised) -> Fresh:
    return Fresh(said.within, said.of)
