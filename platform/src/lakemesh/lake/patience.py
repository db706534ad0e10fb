"""How often a commit is tried again when somebody else's came first."""

from random import uniform
from time import sleep

from lakemesh.errors import Mistakes

TURNS = 200
LONGEST = 0.1


class Turns:
    """Take one before each attempt: the first comes at once, later ones after a short, uneven wait."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._taken = 0

    def take(self) -> None:
        """Raises Mistakes when it has been too many."""
        if self._taken == TURNS:
            busy = f"{self._what} is busy: others keep committing to it"
            raise Mistakes.of(busy, "run it again when they are done; nothing was lost")
        if self._taken:
            # Uneven, else those who met once meet again.
            sleep(uniform(0, min(LONGEST, 0.005 * self._taken)))
        self._taken += 1
