"""How many rows the tables must hold, counted from the landed files by nothing but csv and json."""

import csv
import gzip
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

Record: TypeAlias = dict[str, str]
RATINGS = {"G", "PG", "PG-13", "R", "NC-17"}
FILES = {
    "flights.departure": "flights/departures/daily/*.csv",
    "flights.airport": "flights/network/airports.csv",
    "flights.airline": "flights/network/airlines.csv",
    "weather.observation": "weather/observations/weather.csv",
    "fleet.plane": "fleet/aircraft/planes.csv",
}
LOGS: dict[str, tuple[str, str, Callable[[Record], bool]]] = {
    "film.film": ("film", "film_id", lambda row: row["release_year"].isdigit() and row["rating"] in RATINGS),
    "film.category": ("category", "category_id", lambda row: True),
    "film.film_category_link": ("film_category", "film_id", lambda row: True),
    "film.customer": ("customer", "customer_id", lambda row: "@" in row["email"]),
    "film.address": ("address", "address_id", lambda row: True),
    "film.city": ("city", "city_id", lambda row: True),
    "film.country": ("country", "country_id", lambda row: True),
}


def count(landing: Path) -> dict[str, int]:
    """Table to rows, its quarantine too where it has one."""
    rows = {table: sum(len(list(_records(file))) for file in landing.glob(files)) for table, files in FILES.items()}
    for table, (folder, key, fits) in LOGS.items():
        rows |= _log(table, landing / "film/sakila_source/sakila" / folder, key, fits)
    rows["film.film_category"] = rows["film.film"]
    return rows | _events(landing / "streaming/player/event")


def _records(file: Path) -> Iterator[Record]:
    with file.open(newline="", encoding="utf-8") as text:
        yield from csv.DictReader(text)


def _log(table: str, folder: Path, key: str, fits: Callable[[Record], bool]) -> dict[str, int]:
    """The keys that are left when all changes are made, in the order of the times in the names."""
    keys: set[str] = set()
    bad = 0
    loads = sorted(folder.glob("LOAD*.csv"))
    for file in (*loads, *sorted(set(folder.rglob("*.csv")) - set(loads), key=lambda file: file.name)):
        for row in _records(file):
            if row.get("Op") == "D":
                keys.discard(row[key])
            elif fits(row):
                keys.add(row[key])
            else:
                bad += 1
    return {table: len(keys), **({f"{table}__quarantine": bad} if bad else {})}


def _events(folder: Path) -> dict[str, int]:
    seen: set[str] = set()
    bad = 0
    for file in folder.rglob("*.jsonl*"):
        text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        for line in text.decode().splitlines():
            if _is_event(line):
                seen.add(line)
            else:
                bad += 1
    return {"streaming.event": len(seen), "streaming.event__quarantine": bad, "streaming.streaming_films": len(seen)}


def _is_event(line: str) -> bool:
    try:
        event = json.loads(line)
        datetime.strptime(event["timestamp"], "%Y-%m-%dT%H:%M:%S.%f%z")
    except (ValueError, KeyError):
        return False
    return isinstance(event["film_id"], int) and event["eventType"] in {"rent", "buy", "trailer"}
