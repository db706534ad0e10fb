"""What the torture says at the end: kills by kind and by stage, and all that was wrong."""

from collections.abc import Iterator, Sequence
from statistics import median

from trial import Lived, hits


def table(lives: Sequence[Lived]) -> Iterator[str]:
    """A line a kind of write, and all of them together."""
    kinds = list(dict.fromkeys(lived.scene for lived in lives))
    width = max(map(len, (*kinds, "all")))
    yield f"{'kind of write':<{width}}  lives  kills  restarts  s a life  wrong"
    for kind in (*sorted(kinds), "all"):
        of = [lived for lived in lives if kind in (lived.scene, "all")]
        kills, restarts = sum(len(lived.hit) for lived in of), sum(lived.restarts for lived in of)
        seconds, wrong = median(lived.seconds for lived in of), sum(bool(lived.wrong) for lived in of)
        yield f"{kind:<{width}}  {len(of):>5}  {kills:>5}  {restarts:>8}  {seconds:>8.2f}  {wrong:>5}"


def stages(lives: Sequence[Lived]) -> Iterator[str]:
    """Where the kills hit, most often first."""
    yield "where they hit"
    for stage, times in hits(lives).most_common():
        yield f"  {times:>6}  {stage}"


def wrong(lived: Lived, seed: int) -> Iterator[str]:
    """One life that did not end as it must."""
    at = ", ".join(f"{moment:.3f} s ({stage})" for moment, stage in zip(lived.moments, lived.hit, strict=True))
    yield f"DIFFERENCE in life {lived.number} of seed {seed}, {lived.scene}, killed at {at or 'no moment'}"
    yield from (f"  {line}" for line in lived.wrong)
    yield f"  what is left lies in {lived.kept}"
