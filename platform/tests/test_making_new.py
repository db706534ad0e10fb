"""What is made from the templates passes everything at once, and what cannot be made leaves nothing behind."""

import itertools
import os
import pty
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import lakemesh.scaffold.making.place as place
from cli_says import Enter, Tell
from lakemesh.declare import yaml12
from lakemesh.declare.names import refused
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistakes
from lakemesh.scaffold import spoken
from lakemesh.scaffold.making import lock, new
from lakemesh.scaffold.making.answers import _wrong_text
from lakemesh.scaffold.making.reads import Reads
from lakemesh.scaffold.making.template import template
from making_world import ROOT, files, git, repository


@pytest.fixture(autouse=True)
def root(tmp_path: Path, enter: Enter) -> Path:
    return enter(repository(tmp_path / "a mesh"))


def choices(name: str) -> Iterator[tuple[str, ...]]:
    """Every choice that a template leaves, as arguments."""
    asked = [question for question in template(ROOT, name).questions if question.choices]
    for chosen in itertools.product(*(question.choices for question in asked)):
        yield tuple(f"--{q.name.replace('_', '-')}={answer}" for q, answer in zip(asked, chosen, strict=True))


def test_every_template_with_every_choice_passes_its_tests_and_the_check_at_once(root: Path, tell: Tell) -> None:
    assert tell("new", "domain", "--name=sales")[0] == 0
    made = []
    for arrives in ("files", "changes", "stream", "seed"):
        for number, chosen in enumerate(choices(f"product-{arrives}")):
            if arrives == "changes" and number:
                chosen = (*chosen, f"--source=source_{number}")
            made.append(f"sales/{arrives}_{number}")
            code, told = tell(
                "new", "product", "--domain=sales", f"--name={arrives}_{number}", f"--arrives={arrives}", *chosen
            )
            assert code == 0, told
    code, told = tell("new", "product", "--domain=sales", "--name=counts", "--arrives=derived", "--reads=sales.files_0")
    assert code == 0, told
    assert tell("check") == (0, f"{len(made) + 1} products checked: no errors.\n")
    assert len(made) == 12
    # Each kind once: what differs among the rest is one word.
    for product in (
        "sales/files_0",
        "sales/files_5",
        "sales/changes_0",
        "sales/stream_0",
        "sales/seed_0",
        "sales/counts",
    ):
        code, told = tell("test", product)
        assert (code, told.splitlines()[-1]) == (0, "2 passed, 0 failed"), told


def test_a_product_runs_on_its_sample(root: Path, tell: Tell) -> None:
    tell("new", "domain", "--name=sales")
    tell("new", "product", "--domain=sales", "--name=orders", "--arrives=files")
    code, told = tell("run", "sales/orders", "--sample")
    assert code == 0, told
    assert "sales.orders  published     2         2" in told


def test_a_table_more_is_made_in_a_product_that_is_there(root: Path, tell: Tell) -> None:
    tell("new", "domain", "--name=sales")
    tell("new", "product", "--domain=sales", "--name=orders", "--arrives=files")
    before = files(root / "domains/sales/orders")
    code, told = tell("new", "table", "--product=sales/orders", "--name=refunds", "--arrives=stream")
    assert code == 0, told
    after = files(root / "domains/sales/orders")
    assert {path for path in before if after[path] != before[path]} == {lock.NAME}
    assert "ingest/refunds.yaml" in after
    assert "sales_stream: {by: stream, flush: 60 seconds}" in (root / "domains/sales/sources.yaml").read_text()
    code, told = tell("test", "sales/orders")
    assert code == 0, told
    held = lock.read(root, "domains/sales/orders")
    assert held is not None
    assert [made.template for made in held.made] == ["product-files", "product-stream"]
    assert "product.yaml" not in held.made[1].only


def test_the_lock_has_neither_paths_nor_times_and_its_template_is_found_in_git(root: Path, tell: Tell) -> None:
    tell("new", "domain", "--name=sales")
    held = lock.read(root, "domains/sales")
    assert held is not None
    (made,) = held.made
    assert (made.template, made.version, made.answers["domain"]) == ("domain", 1, "sales")
    assert str(root) not in str(held)
    assert git(root, "rev-parse", "HEAD:templates/domain").strip() == made.tree


def test_the_same_answers_make_the_same_files_whatever_the_day(tmp_path: Path) -> None:
    two = [repository(tmp_path / name) for name in ("one", "two")]
    for folder in two:
        new.domain(Tree(folder), {"domain": "sales"})
        new.product(Tree(folder), "files", {"domain": "sales", "product": "orders"}, nothing)
    assert files(two[0]) == files(two[1])


def nothing(table: object) -> Reads:
    raise AssertionError(table)


REFUSED = [
    ("sales", "there is a domain sales already"),
    ("Sales", "names are lowercase"),
    ("select", "reserved word of SQL"),
    ("json", "module of Python"),
    ("x" * 41, "at most 40"),
    ("../outside", "names are lowercase"),
    ("/etc/sales", "names are lowercase"),
    ("a\nb: c", "names are lowercase"),
    ("{{ 7 * 7 }}", "names are lowercase"),
    ("", "nothing is said"),
]


@pytest.mark.parametrize(("name", "told"), REFUSED)
def test_a_name_that_will_not_do_is_refused_with_the_reason_and_nothing_is_made(
    root: Path, name: str, told: str
) -> None:
    new.domain(Tree(root), {"domain": "sales"})
    before = files(root)
    with pytest.raises(Mistakes) as raised:
        new.domain(Tree(root), {"domain": name})
    assert told in str(raised.value)
    assert "\n  → " in str(raised.value)
    assert files(root) == before


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            {"domain": "sale", "product": "orders"},
            "there is no domain sale\n  → make it first: make new-domain NAME=sale",
        ),
        ({"domain": "sales", "product": "ingest"}, "a word of the tree itself"),
        ({"domain": "sales", "product": "orders"}, "there is a product sales/orders already"),
        (
            {"domain": "sales", "product": "more", "table": "orders"},
            "there is a table sales.orders already, in domains/",
        ),
        ({"domain": "sales", "product": "more", "start": "6am"}, "6am"),
        ({"domain": "sales", "product": "more", "write": "upsert"}, '"upsert" is none of merge, append, replace'),
        ({"domain": "sales", "product": "more", "fromat": "csv"}, 'did you mean "format"?'),
        ({"domain": "sales", "product": "m" * 40}, "the role of its runs would have"),
    ],
)
def test_a_product_that_cannot_be_made_is_told_why_and_nothing_is_made(
    root: Path, said: dict[str, str], told: str
) -> None:
    (root / "platform/mesh.yaml").write_text(
        (root / "platform/mesh.yaml").read_text().replace("name: acme", "name: a-long-organisation")
        if told.startswith("the role")
        else (root / "platform/mesh.yaml").read_text()
    )
    new.domain(Tree(root), {"domain": "sales"})
    if said["product"] != "m" * 40:
        new.product(Tree(root), "files", {"domain": "sales", "product": "orders"}, nothing)
    before = files(root)
    with pytest.raises(Mistakes) as raised:
        new.product(Tree(root), "files", said, nothing)
    assert told in str(raised.value)
    assert files(root) == before


def test_every_wrong_answer_is_told_at_once(root: Path) -> None:
    new.domain(Tree(root), {"domain": "sales"})
    with pytest.raises(Mistakes) as raised:
        new.product(
            Tree(root), "files", {"domain": "sales", "product": "Orders", "format": "xml", "start": "soon"}, nothing
        )
    assert len(raised.value.mistakes) >= 3


ODD = "\n\t :#'\"{}%|>-&*!@`,[]\\?~=.é日🚲\u00a0\u2028\u200f\ufeff\x85\x00\x1b\r01aZ"


def odd_texts(count: int) -> Iterator[str]:
    draw = random.Random(7)
    yield from (
        "true",
        "null",
        "~",
        "1",
        "1e3",
        "- a",
        "a: b",
        "# a",
        "|-",
        "%YAML 1.1",
        "...",
        "---",
        "a\n---\nb",
        "'",
        '"',
    )
    for _ in range(count):
        yield "".join(draw.choices(ODD, k=draw.randint(1, 25)))


def test_ten_thousand_odd_texts_come_back_as_they_were_typed() -> None:
    refused = 0
    for said in odd_texts(10_000):
        if _wrong_text(said):
            refused += 1
            continue
        value = yaml12.read(f"description: {spoken.text(said)}\nowner: a\n", "").value
        assert value == {"description": said, "owner": "a"}
    assert 0 < refused < 9_000


def test_a_description_comes_back_whole_in_the_declaration_and_in_the_lock(root: Path) -> None:
    for number, said in enumerate(text for text in odd_texts(60) if not _wrong_text(text) and text.strip()):
        name = f"described_{number}"
        new.domain(Tree(root), {"domain": name, "description": said})
        value = yaml12.read((root / f"domains/{name}/domain.yaml").read_text(), "").value
        assert isinstance(value, dict)
        assert value["description"] == said
        assert list(value) == ["description", "owner", "steward", "team"]
        held = lock.read(root, f"domains/{name}")
        assert held is not None
        assert held.made[0].answers["description"] == said


@pytest.mark.parametrize(
    "text", ["{{ cookiecutter.domain }}", "{% include '/etc/passwd' %}", "a\nowner: b", "true", "~", "1"]
)
def test_an_answer_is_never_a_template_nor_yaml(root: Path, text: str) -> None:
    new.domain(Tree(root), {"domain": "sales", "description": text, "owner": "a@example.org"})
    assert Tree(root).domain("sales").description == text
    assert Tree(root).domain("sales").owner == "a@example.org"


def test_ten_thousand_odd_names_are_refused_or_plain() -> None:
    draw = random.Random(11)
    taken = 0
    for _ in range(10_000):
        name = "".join(draw.choices("ab_/.\\ {}%-A0é\n", k=draw.randint(1, 6)))
        if refused(name, "product") is None:
            taken += 1
            assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
    assert taken > 100


def test_a_disk_that_refuses_in_the_middle_leaves_nothing_half_made(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = Tree(root)
    new.domain(tree, {"domain": "sales"})
    new.product(Tree(root), "files", {"domain": "sales", "product": "orders"}, nothing)
    before = files(root)
    for after in range(5):
        write, done = place._write, []

        def tired(
            path: Path, data: bytes, write: Callable[..., None] = write, done: list[Path] = done, n: int = after
        ) -> None:
            if len(done) == n:
                raise KeyboardInterrupt
            done.append(path)
            write(path, data)

        monkeypatch.setattr(place, "_write", tired)
        with pytest.raises(KeyboardInterrupt):
            new.product(Tree(root), "files", {"domain": "sales", "product": "more"}, nothing)
        with pytest.raises(KeyboardInterrupt):
            new.table(Tree(root), "seed", {"domain": "sales", "product": "orders", "table": "code"}, nothing)
        monkeypatch.undo()
        assert files(root) == before
        assert not [path for path in (root / "domains").rglob("*") if path.name.startswith(".making")]


def test_a_terminal_is_asked_in_sentences_and_asked_again_where_an_answer_will_not_do(root: Path) -> None:
    new.domain(Tree(root), {"domain": "sales"})
    answers = ["files", "sales", "Orders", "orders", "", "", "jsonl", "", ""]
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "lakemesh.cli", "new", "product"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "platform/src")}
    ran = subprocess.Popen(
        call, cwd=root, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    out, err = ran.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert ran.returncode == 0, err
    assert "What are the files? (csv, jsonl) [csv]" in err
    assert 'call it "orders"' in err
    assert "1. make test PRODUCT=sales/orders" in out
    assert (root / "domains/sales/orders/sample/orders.jsonl").is_file()


def test_without_a_terminal_what_must_be_said_is_named(tell: Tell) -> None:
    code, told = tell("new", "domain")
    assert code == 1
    assert "domain: nothing is said\n  → say domain: What is the domain called?" in told
