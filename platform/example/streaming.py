"""What people play, as Firehose leaves it: JSON lines, a folder an hour, two files in each, every second hour gzipped.

    streaming/player/event/2024/03/02/20/player-event-1-2024-03-02-20-00-00-0001.jsonl

Three in ten rent, one in ten buys, six look at the trailer. A few events come twice, a few name films that no catalogue
knows, and three are no events at all."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dice import Dice
from landing import Landing, zipped
from words import DISTRIBUTORS, PLATFORMS, STATES

EVENTS, HOURS = 6000, 6
BEGAN = datetime(2024, 3, 2, 20, tzinfo=UTC)
STEP = timedelta(hours=HOURS) / EVENTS
KINDS = (("rent", 0.3), ("buy", 0.1), ("trailer", 0.6))


def land(landing: Landing) -> Iterator[str]:
    """Lands all hours and tells of them."""
    dice = Dice(1927)
    files = 0
    lines = 0
    for half in range(HOURS * 2):
        began = BEGAN + timedelta(minutes=30 * half)
        text = _half_hour(dice, began)
        if half == 5:
            text += [text[-1][: len(text[-1]) // 2], '{"timestamp": "yesterday", "eventType": "rent", "film_id": 12}']
        if half == 8:
            text.append(text[0].replace(json.loads(text[0])["eventType"], "pause"))
        path = f"streaming/player/event/{began:%Y/%m/%d/%H}/player-event-1-{began:%Y-%m-%d-%H-%M-%S}-{half:04}.jsonl"
        data = ("\n".join(text) + "\n").encode()
        landing.put(*((f"{path}.gz", zipped(data)) if began.hour % 2 else (path, data)))
        files += 1
        lines += len(text)
    yield f"events: {lines:,} lines in {files} files of {HOURS} hours"


def _half_hour(dice: Dice, began: datetime) -> list[str]:
    lines: list[str] = []
    for number in range(EVENTS // HOURS // 2):
        at = began + STEP * number + timedelta(milliseconds=dice.below(3000))
        unknown = dice.below(200) == 0
        event = {
            "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
            "eventType": dice.weighted(KINDS),
            "film_id": 9000 + dice.below(20) if unknown else 1 + dice.below(1000),
            "distributor": dice.one(DISTRIBUTORS),
            "platform": dice.one(PLATFORMS),
            "state": dice.one(STATES),
        }
        lines.append(json.dumps(event))
        # A stream delivers at least once.
        if dice.below(500) == 0:
            lines.append(lines[-1])
    return lines
