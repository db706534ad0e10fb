"""What lies in the files that a scene lands: made from a seed, the same every time."""

import json
from random import Random

ROWS = 60
DAYS = 6


def orders(seed: int, number: int) -> str:
    """Rows of one file. Times are unique over all files, so that which of two versions is newer is never open; files
    overlap in their keys; a few rows of all but the first do not fit."""
    random = Random(f"{seed} {number}")
    return "id,amount,at\n" + "".join(_row(random, number, n) for n in range(ROWS))


def changes(seed: int, number: int) -> str:
    """A log of what happened to orders, oldest first."""
    random = Random(f"{seed} {number}")
    return "Op,id,amount,at\n" + "".join(f"{random.choice('IUUD')},{_row(random, number, n)}" for n in range(ROWS))


def full(seed: int, number: int) -> str:
    """Every order that there is."""
    random = Random(f"{seed} {number}")
    rows = (_row(random, 0, n).partition(",")[2] for n in range(ROWS))
    return "id,amount,at\n" + "".join(f"{n},{row}" for n, row in enumerate(rows))


def events(seed: int, number: int) -> str:
    """Lines of a stream, each file three days later than the one before. A span drops what is near any event that
    comes with it, be that dropped itself or not; so that it does not matter what is taken together, no event of the
    third file is near one that is dropped: it has keys of its own, and keys that the second has once and for all."""
    random = Random(f"{seed} {number}")
    lines = []
    for n in range(ROWS):
        at = f"2024-01-{1 + 3 * number + n // (ROWS // 3):02}T12:{n:02}:{number:02}Z"
        old, new = random.randrange(30), 30 + n
        key = [old, new if n % 2 else old, random.choice([30 + n // 2 * 2 + 1, random.randrange(100, 130)])][number]
        lines.append(json.dumps({"id": key, "amount": n % 7, "at": at}))
        if number and n % 15 == 7:
            lines.append("broken")
    return "".join(f"{line}\n" for line in lines)


def _row(random: Random, number: int, n: int) -> str:
    if number and n % 15 == 7:
        return f"x{n},1,2024-01-01 00:00:00\n"
    at = f"2024-01-{1 + random.randrange(DAYS):02} 12:{n:02}:{number:02}"
    return f"{random.randrange(ROWS) + 20 * number},{random.choice([0, 3, 9, 41, 50])},{at}\n"
