"""What may lie where: folders and files by their names, and what is said of those that belong nowhere."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, TypeAlias

from lakemesh.declare.names import refused
from lakemesh.declare.unbuilt import PLACES, sentence
from lakemesh.declare.words import near
from lakemesh.errors import Mistake

At: TypeAlias = Callable[[Path, str, str], Mistake]

# Parts of a domain that are no products, built or not.
_BESIDE = ("functions", "rules", "forms")
_PRODUCT = ("product.yaml", "readers.yaml", "ingest", "transform", "seed", "sample", "tests", "quality")
_DOMAIN = ("domain.yaml", "sources.yaml")
_TEST = ("given", "before", "expect", "test.yaml")
_OTHERS = {
    "transforms": "transform",
    "transformations": "transform",
    "models": "transform",
    "sql": "transform",
    "curated": "transform",
    "ingests": "ingest",
    "ingestion": "ingest",
    "sources": "ingest",
    "landing": "ingest",
    "raw": "ingest",
    "staging": "ingest",
    "seeds": "seed",
    "data": "seed",
    "reference": "seed",
    "samples": "sample",
    "test": "tests",
    "unit_tests": "tests",
    "access.yaml": "readers.yaml",
    "grants.yaml": "readers.yaml",
    "contract.yaml": "product.yaml",
    "source.yaml": "sources.yaml",
}


def _visible(folder: Path) -> list[Path]:
    """What lies in a folder, by name; nothing where there is none. Notes for people and hidden files are left out."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if not path.name.startswith(".") and path.name not in ("README.md", "__pycache__")
    )


def folders(folder: Path) -> tuple[str, ...]:
    """The folders in a folder, by name."""
    return tuple(path.name for path in _visible(folder) if path.is_dir())


def products(domain: Path) -> tuple[str, ...]:
    """The folders of a domain that are products'."""
    return tuple(name for name in folders(domain) if name not in _BESIDE)


def tables(product: Path) -> tuple[tuple[str, Literal["ingest", "transform"]], ...]:
    """The tables that a product's files name, each with the folder that makes it."""
    ingest = {_stem(path.name) for path in _visible(product / "ingest") if path.suffix == ".yaml"}
    transform = {_stem(path.name) for path in _visible(product / "transform") if path.suffix in (".yaml", ".sql")}
    found: list[tuple[str, Literal["ingest", "transform"]]] = [(name, "ingest") for name in ingest]
    found += [(name, "transform") for name in transform]
    return tuple(sorted(one for one in found if re.fullmatch(r"\w+", one[0])))


def functions(domain: Path) -> tuple[str, ...]:
    """The functions that a domain's files name."""
    return tuple(path.stem for path in _visible(domain / "functions") if path.is_file() and path.suffix == ".sql")


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def mistakes(root: Path) -> Iterator[Mistake]:
    """Every file and folder that belongs nowhere, has a wrong name, or belongs to what is not built."""

    def at(path: Path, what: str, remedy: str) -> Mistake:
        return Mistake(path.relative_to(root).as_posix(), 0, 0, what, remedy)

    for path in _visible(root / "quality"):
        yield (
            at(path, sentence(path.name, PLACES[path.name]), "leave it out until then")
            if path.name in PLACES
            else at(path, "nothing of this name belongs in quality/", "remove it")
        )
    for domain in _visible(root / "domains"):
        if not domain.is_dir():
            yield at(domain, "a file lies where each domain has its folder", "move it into a domain, or remove it")
            continue
        if wrong := refused(domain.name, "domain"):
            yield at(domain, wrong.what, wrong.remedy)
        yield from _in_domain(domain, at)


def _in_domain(domain: Path, at: At) -> Iterator[Mistake]:
    for path in _visible(domain):
        if path.name == "functions" and path.is_dir():
            yield from _in_functions(path, at)
        elif path.name in PLACES:
            yield at(path, sentence(path.name, PLACES[path.name]), "leave it out until then")
        elif path.is_dir():
            if wrong := refused(path.name, "product"):
                yield at(path, wrong.what, wrong.remedy)
            yield from _in_product(path, at)
        elif path.name not in _DOMAIN:
            yield at(path, "no such file belongs to a domain", _instead(path.name, _DOMAIN))


def _in_functions(folder: Path, at: At) -> Iterator[Mistake]:
    """One function, one file."""
    for path in _visible(folder):
        if path.is_dir() or path.suffix != ".sql":
            yield at(path, "functions/ has one file of SQL for each function", "keep <function>.sql in it")
        elif wrong := refused(path.stem, "function"):
            yield at(path, wrong.what, wrong.remedy)


def _in_product(product: Path, at: At) -> Iterator[Mistake]:
    for path in _visible(product):
        if path.name not in _PRODUCT or path.is_dir() == ("." in path.name):
            what = "folder" if path.is_dir() else "file"
            yield at(path, f"no such {what} belongs to a product", _instead(path.name, _PRODUCT))
    yield from _in_quality(product, at)
    for kind in ("ingest", "transform"):
        yield from _in_tables(product / kind, kind, at)
    for test in _visible(product / "tests"):
        if not test.is_dir():
            yield at(
                test, "a file lies where each test has its folder", "move it into a folder whose name says what is true"
            )
            continue
        for path in _visible(test):
            if path.name not in _TEST:
                yield at(path, "nothing of this name belongs to a test", _instead(path.name, _TEST))


def _in_quality(product: Path, at: At) -> Iterator[Mistake]:
    """One file of rules for each table that has any."""
    names = [name for name, _ in tables(product)]
    for path in _visible(product / "quality"):
        stem = _stem(path.name)
        if path.is_dir() or path.suffix != ".yaml":
            remedy = f"rename it to {stem}.yaml" if path.suffix in (".yml", ".json") else "keep <table>.yaml in it"
            yield at(path, "no such file belongs into quality/", remedy)
        elif stem not in names:
            close = near(stem, names)
            meant = f'did you mean "{close}.yaml"?' if close else f"its tables are {', '.join(names) or 'none yet'}"
            yield at(path, f'the product has no table "{stem}" that these rules could be of', meant)


def _in_tables(folder: Path, kind: str, at: At) -> Iterator[Mistake]:
    """One table, one name: a contract, its SELECT, its columns."""
    names = {path.name for path in _visible(folder)}
    for path in _visible(folder):
        stem, suffix = _stem(path.name), path.suffix
        if path.is_dir():
            yield at(path, f"a folder lies where {kind}/ has the files of its tables", "move its files up")
        elif path.name.endswith(".columns.csv"):
            table = path.name.removesuffix(".columns.csv")
            if f"{table}.yaml" not in names:
                yield at(path, "these columns have no contract", f"write {table}.yaml beside it")
        elif suffix == ".yaml" or (suffix == ".sql" and kind == "transform"):
            if wrong := refused(stem, "table"):
                yield at(path, wrong.what, wrong.remedy)
            if kind == "transform" and suffix == ".yaml" and f"{stem}.sql" not in names:
                yield at(path, "there is no SELECT beside this contract", f"write {stem}.sql")
        elif suffix in (".yml", ".json", ".toml"):
            yield at(path, f"contracts are .yaml, not {suffix}", f"rename it to {stem}.yaml")
        elif suffix == ".sql":
            yield at(path, "a SELECT makes a table in transform/, not in ingest/", "move it there, or remove it")
        elif suffix == ".csv":
            yield at(path, "columns belong into <table>.columns.csv, rows into seed/ or sample/", "rename or move it")
        else:
            yield at(
                path,
                f"no such file belongs into {kind}/",
                f"keep <table>.yaml in it{' and <table>.sql' if kind == 'transform' else ''}",
            )


def _instead(name: str, known: tuple[str, ...]) -> str:
    """What a stray file was probably meant to be."""
    lower = name.lower()
    meant = _OTHERS.get(lower, "")
    if lower.endswith(".yml"):
        meant = lower.removesuffix(".yml") + ".yaml"
    if meant not in known:
        meant = near(lower, known)
    return f'did you mean "{meant}"?' if meant else f"what may lie here: {', '.join(known)}"
