"""How much of what is waiting fits into one publish."""

from collections.abc import Sequence

from lakemesh.lake.store import File


def part(deliveries: Sequence[tuple[File, ...]], limit_bytes: int) -> tuple[tuple[File, ...], bool]:
    """The first deliveries, whole, up to `limit_bytes` but at least one; and whether more is left."""
    files: list[File] = []
    total = 0
    for number, delivery in enumerate(deliveries):
        total += sum(file.size for file in delivery)
        if number and total > limit_bytes:
            return tuple(files), True
        files.extend(delivery)
    return tuple(files), False
