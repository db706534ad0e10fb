"""What the torture says at the end: kills by kind and by stage, and all that was wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from trial import Lived, hits


def table(lives: Sequence[Lived]) -> Iterator[str]:
    """A line a kind of write, and all of them together."""
    kinds = list(dict.fromkeys(lived.scene for lived in lives))
    width = max(map(len, (*kinds, "all")))
    yield f"{'kind of write':<{width}}  lives  kills  processes  s a life  rows compared  lost  doubled  wrong"
    for kind in (*sorted(kinds), "all"):
        of = [lived for lived in lives if kind in (lived.scene, "all")]
        kills, processes = sum(len(lived.hit) for lived in of), sum(lived.processes for lived in of)
        seconds, wrong = median(lived.seconds for lived in of), sum(bool(lived.wrong) for lived in of)
        compared = sum(lived.compared for lived in of)
        lost, doubled = (sum(getattr(one, what) for lived in of for one in lived.wrong) for what in ("lost", "doubled"))
        yield (
            f"{kind:<{width}}  {len(of):>5,}  {kills:>5,}  {processes:>9,}  {seconds:>8.2f}  {compared:>13,}"
            f"  {lost:>4,}  {doubled:>7,}  {wrong:>5,}"
        )


def stages(lives: Sequence[Lived]) -> Iterator[str]:
    """Where the kills hit, most often first, and in how many kinds of write."""
    kinds = Counter(stage for _, stage in {(lived.scene, stage) for lived in lives for stage in lived.hit})
    yield "where they hit, and in how many kinds of write"
    for stage, times in hits(lives).most_common():
        yield f"  {times:>6,}  {stage:<16}  {kinds[stage]:>2}"


def wrong(lived: Lived, seed: int) -> Iterator[str]:
    """One life that did not end as it must."""
    at = ", ".join(f"{moment:.3f} s ({stage})" for moment, stage in zip(lived.moments, lived.hit, strict=True))
    yield f"DIFFERENCE in life {lived.number} of seed {seed}, {lived.scene}, killed at {at or 'no moment'}"
    yield from (f"  {difference.what}" for difference in lived.wrong)
    yield f"  what is left lies in {lived.kept}"
