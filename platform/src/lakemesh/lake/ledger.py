"""Which file, in which version, is in a table. An immutable chain of JSON files beside the table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lakemesh.lake.accounts import Accounts


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that was taken in: its version, the run that took it, and what became of its rows."""

    version: str
    run: str
    accounts: Accounts


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is in the table at one snapshot. `files`: path -> Entry. `held`: path -> version, not to be taken again until
    released. `replays`: 'path version contract-hash' of what was taken again out of quarantine."""

    files: Mapping[str, Entry] = field(default_factory=dict)
    held: Mapping[str, str] = field(default_factory=dict)
    replays: frozenset[str] = frozenset()
