"""Amounts as people say them."""

from datetime import timedelta

import pytest

from lakemesh.declare import amounts
from lakemesh.declare.wrong import Wrong

EVERY = ("every 5 minutes", "every 1 hour")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("26 hours", timedelta(hours=26)),
        ("1 hour", timedelta(hours=1)),
        ("60 seconds", timedelta(minutes=1)),
        ("2 weeks", timedelta(days=14)),
        ("0 days", timedelta(0)),
    ],
)
def test_a_duration_is_exact(text: str, span: timedelta) -> None:
    assert amounts.duration(text) == span


@pytest.mark.parametrize(
    ("text", "size"), [("2 GB", 2_000_000_000), ("2 GiB", 2_147_483_648), ("512 MB", 512_000_000), ("512MiB", 2**29)]
)
def test_a_size_is_decimal_or_binary_as_its_unit_says(text: str, size: int) -> None:
    assert amounts.size(text) == size


@pytest.mark.parametrize(("text", "share"), [("5 %", 0.05), ("0.5%", 0.005), ("100 %", 1.0), ("0", 0.0)])
def test_a_share_is_in_percent(text: str, share: float) -> None:
    assert amounts.share(text) == share


@pytest.mark.parametrize("text", ["3 years", "90 days", "1 month", "2 weeks"])
def test_a_retention_may_be_in_months_and_years(text: str) -> None:
    assert amounts.retention(text) == text


@pytest.mark.parametrize(
    "text",
    [*EVERY, "hourly", "daily at 06:30", "cron(30 6 ? * MON-FRI *)", "arrival", "inputs", "by hand"],
)
def test_each_way_to_start_is_known(text: str) -> None:
    assert amounts.start(text) == text


@pytest.mark.parametrize(
    ("text", "sides"),
    [("0..100", ("0", "100")), ("0..", ("0", "")), ("..-1", ("", "-1")), ("1.5..2.5", ("1.5", "2.5"))],
)
def test_a_range_has_one_side_or_two(text: str, sides: tuple[str, str]) -> None:
    assert amounts.bounds(text) == sides


@pytest.mark.parametrize("read", [amounts.duration, amounts.retention, amounts.size, amounts.share, amounts.start])
@pytest.mark.parametrize(
    "text", ["", " ", "x", "-1 days", "1,000 MB", "1_000 days", "999999999 weeks", "1.5 hours", "5"]
)
def test_what_is_no_amount_is_told_with_an_example(read: object, text: str) -> None:
    assert callable(read)
    with pytest.raises(Wrong) as told:
        read(text)
    assert told.value.remedy


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("every day 6am", "say daily at 06:00"),
        ("every day at 18:45", "say daily at 18:45"),
        ("daily at 6", "such as daily at 06:00"),
        ("daily 12pm", "such as daily at 12:00"),
        ("at 06:30", "say daily at 06:30"),
        ("daily", "such as daily at 06:30"),
        ("every hour", "say hourly"),
        ("each monday", "say cron(…), such as cron("),
        ("now and then", "say every 5 minutes, hourly"),
        ("every 5 apples", ""),
    ],
)
def test_a_start_in_other_words_is_told_in_ours(said: str, meant: str) -> None:
    with pytest.raises(Wrong) as wrong:
        amounts.start(said)
    assert meant in f"{wrong.value.remedy}"
