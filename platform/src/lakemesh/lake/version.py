"""Which lake this is: the version of its layout, and the folder in which its tables were made."""

import json
from dataclasses import dataclass

from lakemesh.errors import Mistakes
from lakemesh.lake.store import Store

VERSION = 1
FILE = "_lakemesh.json"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a lake says of itself."""

    version: int
    root: str


def mark(store: Store, root: str, *, over: bool = False) -> None:
    """Write it down, where it does not stand there yet."""
    try:
        store.write(FILE, json.dumps({"version": VERSION, "root": root}, indent=1).encode(), over=over)
    except FileExistsError:
        return


def marked(store: Store) -> Mark | None:
    """What the lake says; None where it says nothing. Raises Mistakes where it is one of a newer Lakemesh."""
    try:
        value = json.loads(store.read(FILE))
        found = Mark(int(value["version"]), str(value["root"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise Mistakes.of(
            f"{FILE} of the lake cannot be read ({type(error).__name__})", "make doctor REPAIR=1", FILE
        ) from error
    if found.version > VERSION:
        raise Mistakes.of(
            f"this lake was made by a newer Lakemesh (its version is {found.version}, and this one knows {VERSION})",
            "update Lakemesh: git pull, then make run again",
        )
    return found


def settled(store: Store, root: str) -> bool:
    """Whether the lake lies where it was made, or is new. Raises Mistakes where it was moved, or is too new."""
    found = marked(store)
    if found is None:
        return False
    if found.root != root:
        raise Mistakes.of(
            f"this lake was made in {found.root} and lies in {root} now, and its tables name files in the old folder",
            f"make doctor REPAIR=1 writes the new folder into them, or move it back to {found.root}",
        )
    return True
