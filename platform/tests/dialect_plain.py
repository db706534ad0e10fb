"""Values as JSON holds them, the same whichever engine gave them, so that answers can be kept and compared."""

import datetime as dt
import math
from decimal import Decimal

Plain = None | bool | int | float | str | list["Plain"]


def plain(value: object) -> Plain:
    """One value: instants in UTC, decimals with their digits, maps as sorted pairs, structs as their values."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else f"float:{value}"
        case Decimal():
            return f"{value:f}"
        case dt.datetime():
            moment = value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
            return moment.isoformat(sep=" ", timespec="microseconds")
        case dt.date():
            return value.isoformat()
        case bytes() | bytearray():
            return "0x" + bytes(value).hex()
        case dict():
            return sorted(([plain(key), plain(item)] for key, item in value.items()), key=repr)
        case tuple() | list():
            return [plain(item) for item in value]
    raise TypeError(f"{type(value)} has no plain form")


def alike(left: Plain, right: Plain) -> bool:
    """Equal; floats to their last digits."""
    if isinstance(left, float) and isinstance(right, (int, float)) and not isinstance(right, bool):
        return math.isclose(left, right, rel_tol=1e-12, abs_tol=1e-300)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(alike(a, b) for a, b in zip(left, right, strict=True))
    return type(left) is type(right) and left == right
