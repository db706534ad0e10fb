"""One run killed at everything it does to the outside, each time over the same beginning."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from lake_processes import Killed
from steps_world import Shop
from test_steps_crash import Mortal

Do: TypeAlias = Callable[[Shop], None]


def killed_everywhere(root: Path, begin: Do, land: Do, more: Do, state: Callable[[Shop], object]) -> None:
    """`begin` once; then `land`, a run that is killed, `more`, and a run that puts it right: `state` is that of the
    undisturbed, whenever it was killed."""
    place, kept = root / "shop", root / "kept"
    shop = Shop(place)
    begin(shop)
    began = shop.now
    shutil.copytree(place, kept)

    def life(fatal: int) -> tuple[Shop, int]:
        # At the same place each time: the lake knows its files by their whole paths.
        shutil.rmtree(place)
        shutil.copytree(kept, place)
        again = Shop(place)
        again.now = began
        land(again)
        mortal = Mortal(fatal)
        try:
            again.run(again.world(mortal.lake(again.lake())))
        except Killed:
            assert fatal
        more(again)
        again.run()
        return again, mortal.effects

    undisturbed, effects = life(0)
    expected = state(undisturbed)
    assert effects > 15
    for fatal in range(1, effects + 1):
        lived, _ = life(fatal)
        assert state(lived) == expected, f"killed at {fatal} of {effects}"
    assert [turn.state for turn in lived.run().tables] == ["nothing new"]
