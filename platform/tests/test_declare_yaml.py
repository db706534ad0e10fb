"""Text becomes values with their places; only true, false, null and plain numbers are not text."""

import pytest

from lakemesh.declare import yaml12
from lakemesh.declare.scalar import Value, written
from lakemesh.errors import Mistakes

PLAIN = """
on off yes no NO Y True TRUE False NULL Null ~ 01 1_000 0x10 0o17 +1 .5 5. 1e .inf .nan 2024-01-01 12:30:45 1e999 0..100
= <
"""


def value(text: str) -> Value:
    return yaml12.read(text, "film.yaml").value


@pytest.mark.parametrize(
    "word",
    PLAIN.split(),
)
def test_almost_every_plain_word_is_text(word: str) -> None:
    assert value(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    ("word", "number"), [("0", 0), ("-0", 0), ("12", 12), ("-7", -7), ("1.0", 1.0), ("1e3", 1000.0), ("2.5E-1", 0.25)]
)
def test_a_plain_number_is_one_of_json_and_keeps_its_spelling(word: str, number: float) -> None:
    read = value(f"[{word}]")
    assert isinstance(read, list)
    assert read[0] == number
    assert written(read[0]) == word


def test_true_false_and_null_are_themselves() -> None:
    assert value("[true, false, null]") == [True, False, None]


def test_a_word_without_a_value_is_null() -> None:
    assert value("a:\nb: 1") == {"a": None, "b": 1}


def test_quotes_make_text_of_anything() -> None:
    assert value("""["true", '1', "null", ""]""") == ["true", "1", "null", ""]


def test_a_word_on_the_left_is_always_text() -> None:
    assert value("no: 1\n1: 2\ntrue: 3") == {"no": 1, "1": 2, "true": 3}


def test_a_number_of_many_digits_is_text() -> None:
    digits = "9" * 5000
    assert value(f"a: {digits}") == {"a": digits}


def test_a_byte_order_mark_and_line_ends_of_windows_change_nothing() -> None:
    document = yaml12.read("\ufeffa: 1\r\nb:\r\n- 2\r\n", "film.yaml")
    assert document.value == {"a": 1, "b": [2]}
    assert document.where("b", 0) == (3, 3)


def test_every_word_and_value_knows_its_place() -> None:
    document = yaml12.read("key: [film_id, title]\ncolumns:\n  film_id: int\n  title: {type: string}\n", "film.yaml")
    assert document.where("key") == (1, 1)
    assert document.where("key", 1) == (1, 16)
    assert document.where("columns", "title", "type") == (4, 11)
    assert document.where("columns", "title", "type", value=True) == (4, 17)


def test_the_nearest_word_above_stands_for_one_that_is_not_there() -> None:
    document = yaml12.read("columns:\n  film_id: int\n", "film.yaml")
    assert document.where("columns", "film_id", "range") == (2, 3)
    assert document.where("columns", "film_id", "type", value=True) == (2, 12)
    assert document.where("columns", "gone") == (1, 1)


def test_text_in_block_form_is_read_as_it_stands() -> None:
    assert value("a: |\n  One # two: three,\n  four\nb: >\n  five\n  six\n") == {
        "a": "One # two: three,\nfour\n",
        "b": "five six\n",
    }


def test_a_plain_comma_and_hash_without_a_space_are_text() -> None:
    assert value("description: Films, one row each, C#1\nother: 1 # a comment") == {
        "description": "Films, one row each, C#1",
        "other": 1,
    }


def test_a_file_of_five_megabytes_is_refused_at_once() -> None:
    with pytest.raises(Mistakes, match="larger than 1 MB"):
        value("a: 1\n" * 1_000_000)


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 200_000, "- " * 200_000])
def test_no_depth_of_nesting_ends_in_a_traceback(text: str) -> None:
    with pytest.raises(Mistakes) as told:
        value(text)
    assert len(told.value.mistakes) == 1


def test_several_mistakes_of_one_file_are_told_together() -> None:
    with pytest.raises(Mistakes) as told:
        value("a: 1\na: 2\nb: {type: decimal(4, 2)}\nc: &x 1\n")
    assert [mistake.line for mistake in told.value.mistakes] == [2, 3, 4]
