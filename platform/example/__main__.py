"""The outside world of the example mesh: lands real flights, and a made-up film rental, in a landing zone.

    python platform/example .lake/landing

It stands for the sources, so it knows nothing of the platform: where files lie is written here a second time, on
purpose. The same bytes every time; a file that is there already is left alone. Needs a network the first time only."""

import argparse
import json
import sys
from pathlib import Path

import film
import flights
import streaming
from counts import count
from landing import Landing
from package import Unavailable, fetch

REPOSITORY = Path(__file__).resolve().parents[2]


def main() -> int:
    words = argparse.ArgumentParser(prog="example", description="Land the example mesh's source files.")
    words.add_argument("root", type=Path, help="the folder of the landing zone")
    words.add_argument("--zone", default=".", help="a folder in it, where the zone is not the folder itself")
    words.add_argument("--cache", type=Path, default=REPOSITORY / ".cache" / "example", help="where downloads are kept")
    words.add_argument("--requirements", type=Path, default=REPOSITORY / "requirements", help="where its pins lie")
    said = words.parse_args()
    landing = Landing(said.root / said.zone)
    try:
        archive = fetch(said.requirements, said.cache)
    except Unavailable as reason:
        print(f"example: {reason}", file=sys.stderr)
        return 1
    for told in (*flights.land(landing, archive), *film.land(landing), *streaming.land(landing)):
        print(told)
    counted = json.dumps(count(landing.root), indent=2) + "\n"
    Landing(said.root).put("expected_counts.json", counted.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
