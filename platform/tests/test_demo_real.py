"""The example mesh on its real data, against what plain Python and plain DuckDB make of the same files."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from demo_world import Demo
from repository_files import ROOT

# One worker runs them all, for the mesh is run once for each worker.
pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    made = Demo(tmp_path_factory.mktemp("demo"))
    made.word("demo", "--plain")
    return made


def test_published_rows_are_as_many_as_the_files_hold(demo: Demo) -> None:
    assert demo.expected["flights.departure"] == 336_776
    assert demo.expected["weather.observation"] == 26_115
    found = {name: demo.catalog.load_table(name).scan().count() for name in demo.expected}
    assert found == demo.expected


def test_every_account_adds_up(demo: Demo) -> None:
    turns = [turn for run in demo.runs for turn in run["tables"]]
    assert len(turns) >= 23
    for turn in turns:
        read, *fates = turn["accounts"].values()
        assert read == sum(fates), turn["table"]
    told = {turn["table"]: turn["accounts"] for turn in turns}
    for name, rows in demo.expected.items():
        if name.endswith("__quarantine"):
            assert told[name.removesuffix("__quarantine")]["quarantined"] == rows


def test_quarantine_and_deletes_are_empty_where_nothing_was_wrong_or_gone(demo: Demo) -> None:
    beside = [name for name in demo.snapshots() if "__" in name]
    full = {name: demo.table(name).num_rows for name in beside}
    assert {name for name, rows in full.items() if rows and name.endswith("__quarantine")} == {
        name for name in demo.expected if name.endswith("__quarantine")
    }
    gone = demo.table("film.film__deletes").column("film_id").to_pylist()
    assert sorted(gone) == [17, 204, 391, 640, 988]


def test_changes_of_films_were_applied_in_the_order_of_time(demo: Demo) -> None:
    dearer = "select film_id from film__film where rental_rate = 5.99 order by film_id"
    assert demo.ask(dearer, "film.film") == [(number,) for number in range(101, 107)]
    assert demo.ask("select name from film__category where category_id = 16", "film.category") == [("Sports",)]


def test_a_film_with_its_category_has_these_columns_and_no_others(demo: Demo) -> None:
    """Film, joined with its category; without what rentals need, and without what was joined on twice."""
    own = ["film_id", "title", "description", "release_year", "language_id", "original_language_id"]
    own += ["length", "rating", "special_features", "category_id", "category_name"]
    assert demo.table("film.film_category").column_names == own
    sent = ["timestamp", "eventtype", "film_id_streaming", "distributor", "platform", "state"]
    assert demo.table("streaming.streaming_films").column_names == [*sent, *own]


def test_every_event_is_one_row_and_counted_once_known_or_not(demo: Demo) -> None:
    events = demo.expected["streaming.event"]
    assert demo.table("streaming.streaming_films").num_rows == events
    streams = dict(demo.ask("select * from streaming__category_streams", "streaming.category_streams"))
    assert sum(streams.values()) == events
    assert None not in streams
    assert streams["(unknown)"] > 0
    assert min(streams.values()) > 0


def test_a_second_run_publishes_nothing_and_moves_no_snapshot(demo: Demo) -> None:
    before, runs = demo.snapshots(), len(demo.runs)
    demo.word("run", "--all", "--plain")
    assert demo.snapshots() == before
    again = demo.runs[runs:]
    assert len(again) == runs
    assert {turn["state"] for run in again for turn in run["tables"]} == {"nothing new"}


BY_HAND = {
    "film.film_category": """
        select film_id, f.title, f.description, f.release_year, f.language_id, f.original_language_id, f.length,
            f.rating, f.special_features, l.category_id, c.name
        from film__film f left join film__film_category_link l using (film_id)
        left join film__category c on c.category_id = l.category_id
    """,
    "film.country_customers": """
        select country, count(customer_id) from film__country join film__city using (country_id)
        join film__address using (city_id) join film__customer using (address_id) group by country
    """,
    "streaming.category_streams": """
        select coalesce(c.category_name, '(unknown)'), count(*)
        from streaming__event e left join film__film_category c using (film_id) group by all
    """,
    "flights.delay_monthly": """
        select time_hour::timestamp::date - (day(time_hour) - 1)::int, origin, count(*),
            count(*) filter (dep_time is null), count(*) filter (dep_delay > 15), round(avg(dep_delay), 1)
        from flights__departure group by all
    """,
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_curated_table_is_what_a_query_by_hand_gives(demo: Demo, name: str) -> None:
    inputs = [table for table in demo.snapshots() if table.replace(".", "__") in BY_HAND[name]]
    by_hand = demo.ask(BY_HAND[name], *inputs)
    found = demo.ask(f"select * from {name.replace('.', '__')}", name)
    assert sorted(found, key=repr) == sorted(by_hand, key=repr)
    assert len(found) > 10


@dataclass
class Group:
    """What is asked of some flights, added up one by one."""

    flights: int = 0
    on_time: int = 0
    late: int = 0
    cancelled: int = 0
    delays: list[int] = field(default_factory=list)

    def add(self, flight: dict[str, str]) -> None:
        self.flights += 1
        self.on_time += flight["arr_delay"] != "NA" and int(flight["arr_delay"]) <= 15
        if flight["dep_delay"] == "NA":
            self.cancelled += 1
        else:
            self.delays.append(int(flight["dep_delay"]))
            self.late += int(flight["dep_delay"]) > 15

    @property
    def delay(self) -> float:
        return sum(self.delays) / len(self.delays)

    def share(self, part: int) -> float:
        return 100 * part / self.flights


@pytest.fixture(scope="module")
def groups(demo: Demo) -> dict[tuple[str, ...], Group]:
    """Flights by weather, by maker and age, and by airline and route, from the text of the files."""
    weather = {(row["origin"], row["time_hour"]): row for row in demo.landed("weather/observations/*.csv")}
    planes = {row["tailnum"]: row for row in demo.landed("fleet/aircraft/*.csv")}
    airlines = {row["carrier"]: row["name"] for row in demo.landed("flights/network/airlines.csv")}
    makers = dict(_pairs(ROOT / "domains/fleet/aircraft/seed/maker.csv"))
    made: defaultdict[tuple[str, ...], Group] = defaultdict(Group)
    for flight in demo.landed("flights/departures/daily/*.csv"):
        plane = planes.get(flight["tailnum"], {"manufacturer": "", "year": "NA"})
        maker = makers.get(plane["manufacturer"], "other or unknown")
        made[_kind(weather.get((flight["origin"], flight["time_hour"]))),].add(flight)
        made[maker, _age(flight["year"], plane["year"])].add(flight)
        made[airlines[flight["carrier"]], flight["origin"], flight["dest"]].add(flight)
    return made


def _pairs(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text().splitlines()[1:]:
        spelled, _, maker = line.rpartition(",")
        yield spelled.strip('"'), maker


def _kind(row: dict[str, str] | None) -> str:
    if row is None:
        return "not measured"
    measured = {name: float(row[name]) for name in ("visib", "precip", "wind_speed", "temp") if row[name] != "NA"}
    if measured.get("visib", 10) < 1:
        return "fog"
    if measured.get("precip", 0) > 0:
        return "heavy rain or snow" if measured["precip"] >= 0.1 else "light rain or snow"
    if 20 <= measured.get("wind_speed", 0) <= 200:
        return "strong wind"
    return "frost" if measured.get("temp", 99) <= 32 else "fair"


def _age(flown: str, built: str) -> str:
    if built == "NA":
        return "not known"
    years = int(flown) - int(built)
    return "up to 5 years" if years <= 5 else "6 to 15 years" if years <= 15 else "over 15 years"


def near(value: float) -> object:
    """As an answer rounds it: to one digit."""
    return pytest.approx(value, abs=0.0501)


def test_which_weather_delays_flights(demo: Demo, groups: dict[tuple[str, ...], Group]) -> None:
    answer = demo.question("1_weather.sql")
    for row in answer:
        of = groups[str(row["weather"]),]
        told = (row["flights"], row["mean_delay"], row["late_share"], row["cancelled_share"])
        assert told == (of.flights, near(of.delay), near(of.share(of.late)), near(of.share(of.cancelled)))
    kinds = [key[0] for key in groups if len(key) == 1 and key != ("not measured",)]
    assert [row["weather"] for row in answer] == sorted(kinds, key=lambda kind: -groups[kind,].delay)
    assert answer[0]["weather"] == "heavy rain or snow"


def test_whose_aircraft_leave_late(demo: Demo, groups: dict[tuple[str, ...], Group]) -> None:
    answer = demo.question("2_aircraft.sql")
    many = [key for key, of in groups.items() if len(key) == 2 and of.flights >= 5000 and key[0] != "other or unknown"]
    worst = sorted(many, key=lambda key: (-round(groups[key].share(groups[key].late), 1), *key))[:8]
    assert [(row["maker"], row["age"]) for row in answer] == worst
    for row in answer:
        of = groups[str(row["maker"]), str(row["age"])]
        told = (row["flights"], row["mean_delay"], row["late_share"])
        assert told == (of.flights, near(of.delay), near(of.share(of.late)))


def test_which_airline_arrives_on_time(demo: Demo, groups: dict[tuple[str, ...], Group]) -> None:
    answer = demo.question("3_routes.sql")
    daily = [key for key, of in groups.items() if len(key) == 3 and of.flights >= 365]
    best = sorted(daily, key=lambda key: (-round(groups[key].share(groups[key].on_time), 1), key[0], key[2]))[:8]
    assert [(row["airline"], row["origin"], row["dest"]) for row in answer] == best
    for row in answer:
        of = groups[str(row["airline"]), str(row["origin"]), str(row["dest"])]
        assert (row["flights"], row["on_time_share"]) == (of.flights, near(of.share(of.on_time)))
