"""Every function of Spark is known to be proved, different, Spark's alone, or refused; each is told with what to do."""

import click
import pytest
from click.testing import CliRunner

from lakemesh.cli.functions import command
from lakemesh.engine.proved import known
from lakemesh.errors import Mistakes
from lakemesh.scaffold.functions import functions
from lakemesh.sql.builtins import NAMES


def said(*arguments: str) -> str:
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return click.unstyle(done.output)


def test_each_function_stands_somewhere_and_what_is_not_proved_has_a_way_out() -> None:
    every = known()
    assert {one.name for one in every} > NAMES
    assert len({one.name for one in every}) == len(every)
    assert all(one.remedy for one in every if one.standing != "proved")
    assert all(one.why for one in every if one.standing in ("differs", "Spark only"))


def test_most_of_what_spark_has_is_proved() -> None:
    assert sum(one.standing == "proved" for one in known()) >= 340


def test_one_function_is_told_with_what_proves_it() -> None:
    told = said("--name", "Date_Trunc()")
    assert told.startswith("date_trunc() is proved\n  Dates and times:")
    assert "select id, to_date(date_trunc('month', ts)) as m" in told


def test_one_that_differs_is_told_with_the_reason_and_what_to_use() -> None:
    assert said("--name", "hash").split("\n")[:3] == [
        "hash(): differs",
        "  the engines compute other values",
        "  → use md5 or sha2, which are one everywhere",
    ]


def test_a_name_that_spark_does_not_have_is_a_mistake() -> None:
    with pytest.raises(Mistakes, match=r"Spark has no function datetrunc\(\)"):
        said("--name", "datetrunc")


def test_without_a_name_all_are_told_by_how_they_stand() -> None:
    told = said()
    assert "  crc32: the engines compute other values; use md5 or sha2" in told
    assert "  now: use :now, which backfills, tests and AS_OF set" in told


def test_the_page_has_every_function() -> None:
    page = functions(known())
    assert all(f"`{one.name}`" in page for one in known())
    assert "| `crc32`, `hash`, `xxhash64` | the engines compute other values | use md5 or sha2" in page
