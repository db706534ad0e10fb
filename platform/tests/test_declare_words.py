"""The words of others lead to ours, and to none that does not exist."""

import pytest

from lakemesh.declare import words
from lakemesh.declare.columns import Column
from lakemesh.declare.declaration import Declaration
from lakemesh.declare.domain import Domain, Source
from lakemesh.declare.ingest import Format, Ingest
from lakemesh.declare.mesh import Defaults, Environment, Organisation
from lakemesh.declare.product import Fresh, Product
from lakemesh.declare.readers import Reader, Show
from lakemesh.declare.transform import Transform
from lakemesh.declare.wrong import Wrongs

MODELS: tuple[type[Declaration], ...] = (
    *(Ingest, Transform, Column, Format, Product, Fresh, Domain, Source, Reader, Show, Organisation, Environment),
    Defaults,
)
SPOKEN = [(model, theirs, ours) for model in MODELS for theirs, ours in words.SYNONYMS.get(model.__name__, {}).items()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_an_unknown_word_is_a_mistake_everywhere(model: type[Declaration]) -> None:
    with pytest.raises(Wrongs, match='unknown word "qwertz"'):
        model.read({"qwertz": 1})


def test_a_word_of_others_is_told_by_ours() -> None:
    told = 0
    for model, theirs, ours in SPOKEN:
        if ours in model.known() and theirs not in model.known():
            remedy = words.suggest(model.__name__, theirs, model.known())
            assert remedy == f'Lakemesh says "{ours}"' or (model.__name__, theirs) in told_otherwise(), (theirs, remedy)
            told += 1
    assert told > 100


def told_otherwise() -> set[tuple[str, str]]:
    """Words for which a sentence says more than one word of ours could."""
    kinds = {"Table": ("Ingest", "Transform")}
    return {(model, word) for kind, word in words.ELSEWHERE for model in kinds.get(kind, (kind,))}


@pytest.mark.parametrize("theirs", sorted({theirs for _, theirs, _ in SPOKEN}))
def test_each_word_of_others_stands_for_one_that_some_file_has(theirs: str) -> None:
    ours = {ours for _, other, ours in SPOKEN if other == theirs}
    known = {word for model in MODELS for word in model.known()}
    assert ours <= known


@pytest.mark.parametrize(
    ("word", "value", "remedy"),
    [
        ("write", "upsert", 'Lakemesh says "merge"'),
        ("write", "scd2", 'Lakemesh says "history"'),
        ("write", "Replace", 'did you mean "replace"?'),
        ("write", "x", "say append, replace, merge, window, cdc, history or daily_copy"),
    ],
)
def test_a_value_of_others_is_told_by_ours(word: str, value: str, remedy: str) -> None:
    known = ["append", "replace", "merge", "window", "cdc", "history", "daily_copy"]
    assert words.suggest_value(word, value, known) == remedy
