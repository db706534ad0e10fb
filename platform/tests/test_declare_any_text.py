"""Whatever stands in a file, it is read or told what is wrong; nothing ends in a traceback."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_

from lakemesh.declare import cells, yaml12
from lakemesh.declare.columns import Column
from lakemesh.declare.declaration import Declaration
from lakemesh.declare.domain import Domain, Source
from lakemesh.declare.ingest import Ingest
from lakemesh.declare.mesh import Organisation
from lakemesh.declare.product import Product
from lakemesh.declare.readers import Reader
from lakemesh.declare.transform import Transform
from lakemesh.declare.types import parse
from lakemesh.declare.wrong import Wrong, Wrongs
from lakemesh.errors import Mistake, Mistakes

CASES = sorted((Path(__file__).parent / "bad_declarations").rglob("*.case"))
TEXTS = [case.read_text("utf-8").split("==>\n")[0] for case in CASES]
MODELS: tuple[type[Declaration], ...] = (Organisation, Domain, Source, Product, Reader, Ingest, Transform, Column)
WORDS = sorted({word for model in MODELS for word in model.known()})
MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))

scalars = any_.none() | any_.booleans() | any_.integers() | any_.floats() | any_.text(max_size=12)
plain = any_.sampled_from(
    ["0..1", "int", "5 %", "3 days", "[a]", "a.csv", "merge", "date", "2024-02-30", "..", "a b", "$."]
)
values = any_.recursive(
    scalars | plain,
    lambda inside: any_.lists(inside, max_size=3) | any_.dictionaries(any_.sampled_from(WORDS), inside, max_size=4),
    max_leaves=12,
)


def told(read: Callable[[], object]) -> tuple[Mistake | Wrong, ...]:
    """What is wrong, in whatever way it is told; nothing where it can be read."""
    try:
        read()
    except Mistakes as mistakes:
        return mistakes.mistakes
    except Wrongs as wrongs:
        return wrongs.wrongs
    except Wrong as wrong:
        return (wrong,)
    return ()


def read(text: str) -> None:
    wrong = told(lambda: yaml12.read(text, "film.yaml"))
    assert all(one.what and one.remedy for one in wrong)
    if not wrong:
        for model in MODELS:
            judge(model, yaml12.read(text, "film.yaml").value)


def judge(model: type[Declaration], value: object) -> None:
    for wrong in told(lambda: model.read(value)):
        assert wrong.what
        assert wrong.remedy
        assert "pydantic" not in str(wrong)
        assert "Input should" not in str(wrong)


@MANY
@given(any_.text())
def test_any_text_is_read_or_told(text: str) -> None:
    read(text)


@MANY
@given(any_.text(alphabet=":-[]{}#&*!|>'\"%@`, \n\tab1.?~=<", max_size=60))
def test_any_punctuation_is_read_or_told(text: str) -> None:
    read(text)


@MANY
@given(any_.sampled_from(TEXTS), any_.integers(0, 400), any_.integers(0, 6), any_.text(max_size=4))
def test_any_slip_of_the_pen_is_read_or_told(text: str, at: int, gone: int, new: str) -> None:
    read(text[:at] + new + text[at + gone :])


@MANY
@given(any_.sampled_from(MODELS), values)
def test_any_value_is_a_declaration_or_told(model: type[Declaration], value: object) -> None:
    judge(model, value)


@MANY
@given(any_.text(alphabet='name,type\n";|a int\r', max_size=80))
def test_any_spreadsheet_is_read_or_told(text: str) -> None:
    for whole in (text, "name,type,one_of\n" + text):
        assert all(one.what and one.remedy for one in told(partial(cells.read, whole, "film.columns.csv")))


@MANY
@given(any_.text(alphabet="arymapstucdeilng<>(),:` 0123`", max_size=40))
def test_any_type_is_a_type_or_told(text: str) -> None:
    assert all(one.remedy for one in told(lambda: parse(str(parse(text)))))
