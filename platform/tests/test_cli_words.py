"""The words of `lakemesh`: help, exit codes, and what is said when something is wrong."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from lakemesh import __version__
from lakemesh.cli import app
from lakemesh.cli.app import lakemesh, outcome
from lakemesh.cli.engines import opened
from lakemesh.cli.words import WORDS
from lakemesh.errors import Mistake, Mistakes, Stopped
from lakemesh.lake.local import local
from lakemesh.lake.place import Place

PROGRAM = [sys.executable, "-m", "lakemesh.cli"]


@pytest.mark.parametrize("word", WORDS)
def test_the_table_of_contents_says_what_the_command_says(word: str) -> None:
    command = lakemesh.get_command(click.Context(lakemesh), word)
    assert command is not None
    assert command.name == word
    assert (command.help or "").splitlines()[0] == WORDS[word]


def test_every_file_of_a_command_is_in_the_table_of_contents() -> None:
    files = {file.stem for file in Path(app.__file__).parent.glob("*.py") if "command(" in file.read_text()}
    assert {name for name in files if name not in ("app", "options", "words")} == {
        word.replace("-", "_") for word in WORDS
    }


@pytest.mark.parametrize("word", WORDS)
def test_every_option_is_explained_and_every_line_fits_a_terminal(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = lakemesh.get_command(click.Context(lakemesh), word)
    assert command is not None
    assert [option.name for option in command.params if isinstance(option, click.Option) and not option.help] == []
    assert outcome([word, "--help"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_help_imports_nothing_that_makes_it_wait() -> None:
    told = "import sys; from lakemesh.cli.app import outcome; outcome(['--help']); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    heavy = {"pyarrow", "duckdb", "pyiceberg", "sqlglot", "pydantic", "yaml", "sqlalchemy", "jinja2", "cookiecutter"}
    assert not heavy & set(ran.stderr.split())


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["--version"]) == 0
    assert capsys.readouterr().out == f"lakemesh {__version__}\n"


@pytest.mark.parametrize("arguments", [["staus"], ["status", "--jsno"], ["rollback", "a.b"], ["run"], ["query"]])
def test_wrong_use_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(arguments) == 2
    assert "Usage: lakemesh" in capsys.readouterr().err


def test_a_misspelt_word_is_met_with_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    outcome(["staus"])
    assert "'status'" in capsys.readouterr().err


def test_all_mistakes_are_told_in_order_and_end_with_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Mistakes(Mistake("b.yaml", 3, 1, "no such word", "say key"), Mistake("a.yaml", 0, 0, "is empty"))
    ends(monkeypatch, broken)
    assert outcome(["check"]) == 1
    assert capsys.readouterr().err == "a.yaml: is empty\nb.yaml:3:1: no such word\n  → say key\n2 mistakes to mend.\n"


def test_data_stopped_by_its_contract_ends_with_3(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends(monkeypatch, Stopped("12 % of the rows do not fit", "look into the quarantine"))
    assert outcome(["check"]) == 3
    assert capsys.readouterr().err == "12 % of the rows do not fit\n  → look into the quarantine\n"


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    ends(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        outcome(["check"])


def test_outside_a_repository_a_sentence_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LAKEMESH_ROOT", raising=False)
    for arguments in (["check"], ["check", "--root", str(tmp_path)]):
        assert outcome(arguments) == 1
        told = capsys.readouterr().err
        assert "platform/mesh.yaml" in told
        assert "Traceback" not in told


def test_without_java_spark_ends_in_one_sentence_and_without_its_jars_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = local(Place("local", str(tmp_path / "lake"), {}, 1 << 30))
    (tmp_path / "platform/spark").mkdir(parents=True)
    (tmp_path / "platform/spark/jars.txt").write_text("# One.\norg.example:a-jar:1.0 0123\n")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Mistakes, match="the engine spark needs Java, and there is none"):
        opened("spark", lake, tmp_path, tmp_path)
    (tmp_path / "java").write_text("#!/bin/sh\n")
    (tmp_path / "java").chmod(0o755)
    with pytest.raises(Mistakes, match="make spark"):
        opened("spark", lake, tmp_path, tmp_path)


def test_ctrl_c_ends_in_one_line_with_130(tmp_path: Path) -> None:
    code = (
        "import sys, time, click\nfrom lakemesh.cli import app\n"
        "def wait():\n    print('now', flush=True)\n    time.sleep(60)\n"
        "app.lakemesh.get_command = lambda ctx, word: click.Command(word, callback=wait)\napp.main(['check'])"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=-1, stderr=-1, text=True) as run:
        assert run.stdout is not None
        run.stdout.readline()
        run.send_signal(signal.SIGINT)
        _, told = run.communicate(timeout=20)
    assert run.returncode == 130
    assert told.strip() == "Interrupted. What was published stays; run it again to go on."


def test_ctrl_c_is_one_line_even_where_a_library_makes_an_error_of_it() -> None:
    code = (
        "import signal, click\nfrom lakemesh.cli import app\n"
        "def busy():\n    try:\n        signal.raise_signal(signal.SIGINT)\n"
        "    except KeyboardInterrupt:\n        raise RuntimeError('Query interrupted')\n"
        "app.lakemesh.get_command = lambda ctx, word: click.Command(word, callback=busy)\napp.main(['check'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr.count("\n")) == (130, 1)


def test_a_reader_who_leaves_early_hears_no_complaint() -> None:
    many = "import click\nfrom lakemesh.cli import app\ndef much():\n    for i in range(100000): click.echo('x' * 80)\n"
    code = f"{many}app.lakemesh.get_command = lambda ctx, word: click.Command(word, callback=much)\napp.main(['check'])"
    with subprocess.Popen([sys.executable, "-c", code], stdout=-1, stderr=-1) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 141


def test_an_empty_variable_of_make_is_no_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, object]] = []
    command = lakemesh.get_command(click.Context(lakemesh), "run")
    assert command is not None
    monkeypatch.setattr(command, "callback", lambda **said: seen.append(said))
    arguments = [
        "run",
        "--product",
        "",
        "--since=",
        "--strict",
        "",
        "--all",
        "--until",
        "2013-02-01",
        "--table=",
        "a/b",
    ]
    assert outcome(arguments) == 0
    assert (seen[0]["named"], seen[0]["products"], seen[0]["since"], seen[0]["tables"]) == ((), ("a/b",), None, ())
    assert (seen[0]["strict"], seen[0]["every"], str(seen[0]["until"])) == (True, True, "2013-02-01 00:00:00+00:00")


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("2013-01-31", "2013-01-31 00:00:00+00:00"),
        ("2013-01-31T06:30", "2013-01-31 06:30:00+00:00"),
        ("2013-01-31T06:30+01:00", "2013-01-31 05:30:00+00:00"),
        ("2013-01-31 06:30:00Z", "2013-01-31 06:30:00+00:00"),
        ("6409870138240413411", "6409870138240413411"),
    ],
)
def test_a_time_without_a_zone_is_utc(said: str, means: str) -> None:
    from lakemesh.cli.options import TimeOrSnapshot

    assert str(TimeOrSnapshot().convert(said, None, None)) == means


def test_a_wrong_time_is_told_how_to_write_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["backfill", "a/b", "--since", "yesterday", "--until", "2013-02-01"]) == 2
    assert "2013-01-31T06:30" in capsys.readouterr().err
    assert outcome(["backfill", "a/b", "--since", "2013-02-01", "--until", "2013-02-01"]) == 2
    assert "is not before" in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["completion", shell]) == 0
    assert "_LAKEMESH_COMPLETE" in capsys.readouterr().out


def test_a_shell_completes_words_and_products(tmp_path: Path) -> None:
    for file in ("platform/mesh.yaml", "domains/film/catalog/product.yaml", "domains/film/catalog/ingest/film.yaml"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()

    def completed(words: str) -> str:
        asked = {"_LAKEMESH_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        run = subprocess.run(PROGRAM, cwd=tmp_path, env=os.environ | asked, capture_output=True, text=True, check=False)
        return run.stdout

    assert "plain,status" in completed("lakemesh st")
    assert "film/catalog" in completed("lakemesh run fi")
    assert "film.film" in completed("lakemesh history --table fi")


def ends(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Every command ends in this."""

    def fail() -> None:
        raise error

    monkeypatch.setattr(lakemesh, "get_command", lambda ctx, word: click.Command(word, callback=fail))


def test_a_command_that_is_asked_alone_has_the_short_flag_for_help_too() -> None:
    for word in WORDS:
        command = lakemesh.get_command(click.Context(lakemesh), word)
        if command is None or isinstance(command, click.Group):
            continue
        alone = type(command)("alone", params=[])
        assert "-h, --help" in alone.get_help(click.Context(alone)), word
