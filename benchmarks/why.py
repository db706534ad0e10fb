"""Why a target is missed, as far as it is known: said in `results.md` where it is."""

WHY: dict[str, str] = {}
