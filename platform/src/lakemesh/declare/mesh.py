"""platform/mesh.yaml: what holds for the whole organisation."""

import re
from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from lakemesh.declare.declaration import Declaration, each
from lakemesh.declare.inherited import Inherited
from lakemesh.declare.scalar import Value, named
from lakemesh.declare.values import Count, Size, Span, Switch, Text, TimeZone, Yes, text
from lakemesh.declare.wrong import Wrong

ROLES = ("landing", "clean", "curated")


def prefix(value: Value) -> str:
    """The organisation's name, fit to begin the name of a bucket."""
    said = text(value)
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,19}", said):
        raise Wrong(
            f'"{said}" cannot begin the name of a bucket',
            "use 2 to 20 lowercase letters, digits and hyphens, the first a letter",
        )
    return said


def digits(value: Value) -> str:
    """Twelve digits, in quotes, as accounts may begin with a zero."""
    said = text(value)
    if not re.fullmatch(r"\d{12}", said):
        raise Wrong(f'"{said}" is not an account', 'write its twelve digits in quotes, such as "111111111111"')
    return said


def zones(value: Value) -> object:
    """A name for each of the three roles."""
    if not isinstance(value, dict):
        raise Wrong(
            f"{named(value)} stands where zones are named", "write {landing: landing, clean: clean, curated: curated}"
        )
    for role, name in value.items():
        if role not in ROLES:
            raise Wrong(f'"{role}" is not the role of a zone', f"the roles are {', '.join(ROLES)}", role, word=True)
        if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9_]{0,19}", name):
            raise Wrong(
                f"{named(name)} cannot name a zone", "use up to 20 lowercase letters, digits and underscores", role
            )
    done = {role: value.get(role, role) for role in ROLES}
    if len(set(done.values())) < len(ROLES):
        raise Wrong("two zones have one name", "give each role a name of its own")
    return done


def tags(value: Value) -> object:
    """Names and texts."""
    return each(text)(value)


Zones = Annotated[dict[str, str], BeforeValidator(zones)]
Tags = Annotated[dict[str, str], BeforeValidator(tags)]


class Environment(Declaration):
    """One place in the cloud: an account, a region, and how careful to be with it."""

    kind: ClassVar[str] = "an environment"
    example: ClassVar[str] = '{account: "111111111111", region: eu-west-1}'

    account: Annotated[str, BeforeValidator(digits)] = Field(
        description="Twelve digits, in quotes.", examples=['"111111111111"']
    )
    region: Text = Field(description="Such as eu-west-1.", examples=["eu-west-1"])
    schedules: Switch = Field(default=True, description="Whether products start by themselves: on or off.")
    protected: Yes = Field(default=False, description="Whether changes need approval.")


class Defaults(Inherited):
    """For every table; a domain, a product and a table may say otherwise."""

    kind: ClassVar[str] = "the defaults of all tables"


class Maintenance(Declaration):
    """How tables are kept in good order."""

    kind: ClassVar[str] = "maintenance"
    example: ClassVar[str] = "{snapshots: 7 days, keep_deletes: 30 days, small_files: 20}"

    snapshots: Span = Field(default=timedelta(days=7), description="How long old versions can be read.")
    keep_deletes: Span = Field(default=timedelta(days=30), description="How long deleted keys are remembered.")
    small_files: Count = Field(
        default=20, description="How many small files a partition may have before they are joined."
    )


Environments = Annotated[dict[str, Environment], BeforeValidator(each(Environment.read))]


class Organisation(Declaration):
    """What holds for the whole organisation."""

    kind: ClassVar[str] = "the mesh"

    lakemesh: Literal[1] = Field(description="The version of this format.", examples=["1"])
    name: Annotated[str, BeforeValidator(prefix)] = Field(
        description="Prefix of whatever must be unique in the world.", examples=["acme"]
    )
    timezone: TimeZone = Field(default="UTC", description="Of schedules; SQL always runs in UTC.")
    memory: Size = Field(
        default=2 * 10**9,
        description="Of one local run, else 2 GB. 2 GB is 2,000,000,000 bytes, 2 GiB is 2,147,483,648.",
    )
    batch: Size = Field(
        default=8 * 10**9,
        description="Of arrivals in one publish, else 8 GB; more come in several. What makes a table anew is one.",
    )
    zones: Zones = Field(
        default={role: role for role in ROLES}, description="Your name for each role: landing, clean, curated."
    )
    environments: Environments = Field(default={}, description="Where the mesh is deployed.")
    tags: Tags = Field(default={}, description="Put on everything that can have tags.")
    defaults: Annotated[Defaults, BeforeValidator(Defaults.read)] = Field(
        default=Defaults(), description="For every table that does not say otherwise."
    )
    maintenance: Annotated[Maintenance, BeforeValidator(Maintenance.read)] = Field(
        default=Maintenance(), description="How tables are kept in good order."
    )
