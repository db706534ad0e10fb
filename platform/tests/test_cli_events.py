"""Events on a terminal, in a log, and for a program."""

import io
import json
import os
import pty
import subprocess
import sys

from lakemesh.cli.show.amounts import count, seconds, size, span
from lakemesh.cli.show.lines import Lines
from lakemesh.cli.show.plain import Plain
from lakemesh.events import Event, Noted, Progress, RunBegan, RunEnded, TableBegan, TableEnded, Waiting

RUN: list[Event] = [
    Waiting("flights.departures", "run 7 (process 1 on laptop)"),
    RunBegan("r1", "flights/departures", ("flights.departure",)),
    TableBegan("flights.departure", 31_000_000),
    Progress("flights.departure", "read", 1000, 0.1),
    Progress("flights.departure", "write", 336_776, 0.9),
    TableEnded("flights.departure", "published", {"read": 336_776, "inserted": 336_764, "quarantined": 12}, 2.14),
    Noted("2 rows came late", "make backfill"),
    RunEnded("r1", "flights/departures", "done", 2.5),
]


def test_a_log_gets_one_plain_line_for_each_event_and_little_of_the_progress() -> None:
    stream, clock = io.StringIO(), iter(range(0, 100, 3))
    tell = Plain(stream, lambda: float(next(clock)))
    for event in RUN:
        tell(event)
    assert stream.getvalue().splitlines() == [
        "waiting: flights/departures is held by run 7 (process 1 on laptop)",
        "flights/departures: 1 table, run r1",
        "flights.departure: reading 31 MB",
        "flights.departure: write, 336,776 rows, 90%",
        "flights.departure: published, 336,776 rows read, 336,764 inserted, 12 quarantined in 2.1 s",
        "note: 2 rows came late",
        "  → make backfill",
        "flights/departures: done in 2.5 s",
    ]


def test_a_program_gets_every_event_as_json() -> None:
    stream = io.StringIO()
    tell = Lines(stream)
    for event in RUN:
        tell(event)
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [one["event"] for one in told] == [
        "waiting", "run_began", "table_began", "progress", "progress", "table_ended", "noted", "run_ended",
    ]  # fmt: skip
    assert told[5]["accounts"] == {"read": 336_776, "inserted": 336_764, "quarantined": 12}
    assert told[1]["tables"] == ["flights.departure"]


CODE = """
import sys, time
sys.path[:0] = {path!r}
from test_cli_events import RUN
from lakemesh.cli.show.show import telling
with telling(sys.stdout, False, False) as tell:
    for event in RUN:
        tell(event)
        time.sleep(0.05)
"""


def on_a_terminal(**environment: str) -> str:
    """What 80 columns of a real terminal are sent."""
    here, there = pty.openpty()
    wanted = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "CI")}
    wanted |= {"TERM": "xterm", "COLUMNS": "80", "LINES": "24", **environment}
    run = subprocess.Popen(
        [sys.executable, "-c", CODE.format(path=[os.path.dirname(__file__)])], stdout=there, env=wanted
    )
    os.close(there)
    told = b""
    while True:
        try:
            part = os.read(here, 65536)
        except OSError:
            break
        if not part:
            break
        told += part
    os.close(here)
    assert run.wait() == 0
    return told.decode()


def test_a_person_sees_a_bar_and_then_one_line_for_each_table() -> None:
    told = on_a_terminal()
    assert "━" in told
    assert "✓" in told
    assert "336,776 rows, 12 quarantined, 2.1 s" in told
    assert "\x1b[32m" in told


def test_no_colour_where_none_is_wanted() -> None:
    assert "\x1b[32m" not in on_a_terminal(NO_COLOR="1")


def test_a_dumb_terminal_gets_plain_lines() -> None:
    assert "\x1b[" not in on_a_terminal(TERM="dumb")


def test_amounts_are_said_as_people_say_them() -> None:
    from datetime import timedelta

    assert [count(1, "table"), count(2, "query")] == ["1 table", "2 queries"]
    assert [seconds(0.44), seconds(59.97), seconds(125), seconds(3725)] == [
        "0.4 s",
        "1 min 00 s",
        "2 min 05 s",
        "1 h 02 min",
    ]
    assert [size(812), size(1_440_000), size(31_000_000), size(999_600)] == ["812 bytes", "1.4 MB", "31 MB", "1.0 MB"]
    hours = [timedelta(seconds=40), timedelta(minutes=90), timedelta(hours=26), timedelta(days=3)]
    assert [span(one) for one in hours] == ["40 seconds", "90 minutes", "26 hours", "3 days"]
