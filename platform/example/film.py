"""A film rental's database, shaped like Sakila, as DMS leaves it: a full load a table, then files of changes.

    film/sakila_source/sakila/<table>/LOAD00000001.csv
    film/sakila_source/sakila/<table>/20240301-061512345.csv
    film/sakila_source/sakila/<table>/2024/03/02/20240302-173005210.csv

The second file of changes lies in a date folder, so the order of paths is not the order of time. Three changes of a
film and one of a customer are broken, as a source would break them."""

from collections.abc import Iterator
from itertools import product
from typing import TypeAlias

from dice import Dice
from landing import Landing, as_csv
from words import (
    CATEGORIES,
    COUNTRIES,
    FAMILY,
    FEATURES,
    FIRST,
    GIVEN,
    PEOPLE,
    PLACES,
    PLOTS,
    RATINGS,
    SECOND,
    STREETS,
)

Row: TypeAlias = tuple[object, ...]
FILMS, CUSTOMERS, CITIES = 1000, 600, 120
LOADED, FRIDAY, SATURDAY = "2024-02-15 05:03:42", "2024-03-01 06:14:58", "2024-03-02 17:29:31"
FIRST_CHANGES, SECOND_CHANGES = "20240301-061512345.csv", "2024/03/02/20240302-173005210.csv"
HEADERS = {
    "film": "film_id,title,description,release_year,language_id,original_language_id,rental_duration,rental_rate,"
    "length,replacement_cost,rating,special_features,last_update",
    "category": "category_id,name,last_update",
    "film_category": "film_id,category_id,last_update",
    "customer": "customer_id,first_name,last_name,email,address_id,last_update",
    "address": "address_id,address,district,postal_code,city_id,last_update",
    "city": "city_id,city,country_id,last_update",
    "country": "country_id,country,last_update",
}
DELETED = (17, 204, 391, 640, 988)
"""Films that are gone in the end. Film 17 was deleted, came back, and was deleted for good."""


def land(landing: Landing) -> Iterator[str]:
    """Lands all seven tables and tells of each."""
    full = _full(Dice(1895))
    changes = _changes(full)
    for table, header in HEADERS.items():
        folder = f"film/sakila_source/sakila/{table}"
        landing.put(f"{folder}/LOAD00000001.csv", as_csv([header.split(","), *full[table]]))
        files = changes.get(table, {})
        for name, rows in files.items():
            landing.put(f"{folder}/{name}", as_csv([["Op", *header.split(",")], *rows]))
        changed = sum(len(rows) for rows in files.values())
        yield f"{table}: {len(full[table]):,} rows in a full load, {changed} changes in {len(files)} files"


def _full(dice: Dice) -> dict[str, list[Row]]:
    titles = dice.some([f"{first} {second}" for first, second in product(FIRST, SECOND)], FILMS + 5)
    return {
        "film": [_film(dice, number, title) for number, title in enumerate(titles[:FILMS], 1)],
        "category": [(number, name, LOADED) for number, name in enumerate(CATEGORIES, 1)],
        "film_category": [(number, 1 + dice.below(len(CATEGORIES)), LOADED) for number in range(1, FILMS + 1)],
        "customer": [_customer(dice, number) for number in range(1, CUSTOMERS + 1)],
        "address": [_address(dice, number) for number in range(1, CUSTOMERS + 4)],
        "city": [
            (number, dice.one(FIRST) + dice.one(PLACES), 1 + dice.below(len(COUNTRIES)), LOADED)
            for number in range(1, CITIES + 1)
        ],
        "country": [(number, name, LOADED) for number, name in enumerate(COUNTRIES, 1)],
    }


def _film(dice: Dice, number: int, title: str, updated: str = LOADED) -> Row:
    a, b = dice.some(PEOPLE, 2)
    features = ",".join(feature for feature in FEATURES if dice.below(2))
    return (
        *(number, title, dice.one(PLOTS).format(a=a, b=b), 1995 + dice.below(29), 1 + dice.below(6), ""),
        *(3 + dice.below(5), dice.one(("0.99", "2.99", "4.99")), 46 + dice.below(140), f"{9 + dice.below(21)}.99"),
        *(dice.one(RATINGS), features, updated),
    )


def _customer(dice: Dice, number: int, updated: str = LOADED) -> Row:
    given, family = dice.one(GIVEN), dice.one(FAMILY)
    return (number, given, family, f"{given}.{family}.{number}@example.org".lower(), number, updated)


def _address(dice: Dice, number: int) -> Row:
    flat = f", Flat {1 + dice.below(30)}" if dice.below(4) == 0 else ""
    street = f"{1 + dice.below(240)} {dice.one(STREETS)}{flat}"
    district, code = f"{dice.one(FIRST)} District", f"{dice.below(90000) + 10000}"
    return (number, street, district, code, 1 + dice.below(CITIES), LOADED)


def _changes(full: dict[str, list[Row]]) -> dict[str, dict[str, list[Row]]]:
    """Table to file to rows, each with its operation first."""
    dice = Dice(1900)
    new = [_film(dice, FILMS + n, f"The {dice.one(FIRST)} {dice.one(SECOND)} {n}", FRIDAY) for n in range(1, 6)]
    film, link = full["film"], full["film_category"]
    shorter = [(*row[:8], int(str(row[8])) - 1, *row[9:12], FRIDAY) for row in film[100:112]]
    dearer = [(*row[:7], "5.99", *row[8:12], SATURDAY) for row in shorter[:6]]
    back = (*film[16][:12], SATURDAY)
    broken = [
        ("U", *film[300][:10], "X", film[300][11], FRIDAY),
        ("U", *film[301][:3], "soon", *film[301][4:12], SATURDAY),
        ("I", 1006, "A Film Without a Year", "", "n/a", *film[302][4:12], SATURDAY),
    ]
    customers = full["customer"]
    return {
        "film": {
            FIRST_CHANGES: [
                *(("I", *row) for row in new),
                *(("U", *row) for row in shorter),
                *(("D", *film[number - 1]) for number in DELETED[:3]),
                broken[0],
            ],
            SECOND_CHANGES: [
                *(("U", *row) for row in dearer),
                *(("D", *film[number - 1]) for number in DELETED[3:]),
                ("I", *back),
                ("D", *back),
                *broken[1:],
            ],
        },
        "category": {SECOND_CHANGES: [("U", 16, "Sports", SATURDAY)]},
        "film_category": {
            # Film 1005 has no category yet.
            FIRST_CHANGES: [
                *(("I", FILMS + n, n, FRIDAY) for n in range(1, 5)),
                *(("D", *link[number - 1]) for number in DELETED[:3]),
            ],
            SECOND_CHANGES: [
                *(("U", number, 1 + number % 16, SATURDAY) for number in (5, 50, 500)),
                *(("D", *link[number - 1]) for number in DELETED[3:]),
            ],
        },
        "customer": {
            FIRST_CHANGES: [
                *(("I", *_customer(dice, CUSTOMERS + n, FRIDAY)) for n in range(1, 4)),
                *(("U", *row[:3], f"moved.{row[0]}@example.org", row[4], FRIDAY) for row in customers[40:48]),
                ("U", *customers[99][:3], "no address", *customers[99][4:5], FRIDAY),
                *(("D", *row) for row in customers[200:203]),
            ]
        },
    }
