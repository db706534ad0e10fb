"""A new domain, a new product, a new table of a product: answers, files, and where they go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from lakemesh.declare.files import text_of
from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.tree import Tree
from lakemesh.declare.words import near
from lakemesh.errors import Mistake, Mistakes
from lakemesh.scaffold.drafts.draft import Draft, draft
from lakemesh.scaffold.drafts.found import Found
from lakemesh.scaffold.making import git, lock, names, place
from lakemesh.scaffold.making.answers import Ask, complete
from lakemesh.scaffold.making.lock import Lock, Made
from lakemesh.scaffold.making.reads import Reads
from lakemesh.scaffold.making.render import render
from lakemesh.scaffold.making.template import ARRIVES, Template, template
from lakemesh.scaffold.spoken import words

DOMAIN_FILES = ".domain/"
"""Below a product's template: what goes into the files of its domain, word by word."""
PROMISE = ("product.yaml", "readers.yaml")
"""A product's own files; all others of a template belong to its table."""

Study = Callable[[TableName], Reads]
"""What another product's table has: of which columns a table is made that reads it."""


@dataclass(frozen=True, slots=True)
class New:
    """What was made: the folder, its files as paths below the repository, and what was added to others."""

    folder: str
    files: tuple[str, ...]
    answers: Mapping[str, str]
    added: tuple[str, ...] = ()


def domain(tree: Tree, said: Mapping[str, str], ask: Ask | None = None) -> New:
    """`domains/<domain>`, from templates/domain. Raises Mistakes, and then nothing was made."""
    made_of = template(tree.root, "domain")

    def free(question: str, answer: str, before: Mapping[str, str]) -> None:
        if question == "domain":
            names.domain_is_free(tree, answer)

    answers = complete(made_of, said, {"_mesh": tree.organisation().name}, free, ask)
    files = render(made_of.folder, answers)
    folder = f"domains/{answers['domain']}"
    record = Lock((_made(made_of, answers),))
    place.folder(tree.root, folder, {**files, lock.NAME: str(record).encode()})
    return New(folder, _below(folder, files), answers)


def product(tree: Tree, arrives: str, said: Mapping[str, str], study: Study, ask: Ask | None = None) -> New:
    """`domains/<domain>/<product>`, from templates/product-<arrives>. Raises Mistakes, and then nothing was made."""
    made_of = template(tree.root, f"product-{_arrives(arrives)}")
    answers = complete(made_of, said, {}, _free(tree, new_product=True), ask)
    files, for_domain, answers = _rendered(made_of, answers, study)
    folder = f"domains/{answers['domain']}/{answers['product']}"
    record = Lock((_made(made_of, answers),))
    added = _additions(tree, answers["domain"], for_domain)
    place.folder(tree.root, folder, {**files, lock.NAME: str(record).encode()})
    _add(tree, added)
    return New(folder, _below(folder, files), answers, tuple(added))


def drafted(
    tree: Tree, found: Sequence[Found], said: Mapping[str, str], ask: Ask | None = None
) -> tuple[New, tuple[Draft, ...]]:
    """A product of files that are there: its promise from templates/product-files, its tables as they were drafted.
    Raises Mistakes, and then nothing was made."""
    made_of = template(tree.root, "product-files")
    given = dict(said)
    if len(found) > 1 and "table" in given:
        raise Mistakes(
            Mistake("table", 0, 0, f"{len(found)} tables are made", "leave it out; each has its file's name")
        )
    given.setdefault("table", found[0].table)
    if len(found) > 1 and "product" in given:
        told = ", ".join(words(each.table) for each in found[:5]) + (" and more" if len(found) > 5 else "")
        given.setdefault("description", f"{words(given['product']).capitalize()}: {told}.")
    answers = complete(made_of, given, {}, _free(tree, new_product=True), ask)
    where = answers["domain"]
    tables = [replace(found[0], table=answers["table"]), *found[1:]]
    for each in tables:
        names.table_is_free(tree, TableName(where, each.table))
    drafts = tuple(draft(each, where) for each in tables)
    rendered = render(made_of.folder, answers)
    publishes = ", ".join(each.table for each in tables)
    promise = rendered[PROMISE[0]].decode().replace(f"publishes: [{tables[0].table}]", f"publishes: [{publishes}]")
    files = {PROMISE[0]: promise.encode()}
    for one in drafts:
        files.update(one.files)
    folder = f"domains/{where}/{answers['product']}"
    record = Lock((_made(made_of, answers, PROMISE[:1]),))
    place.folder(tree.root, folder, {**files, lock.NAME: str(record).encode()})
    return New(folder, _below(folder, files), answers), drafts


def table(tree: Tree, arrives: str, said: Mapping[str, str], study: Study, ask: Ask | None = None) -> New:
    """A table more in a product that is there. Raises Mistakes, and then nothing was made."""
    made_of = template(tree.root, f"product-{_arrives(arrives)}")
    answers = complete(made_of, said, {}, _free(tree, new_product=False), ask)
    rendered, for_domain, answers = _rendered(made_of, answers, study)
    folder = f"domains/{answers['domain']}/{answers['product']}"
    files = {path: data for path, data in rendered.items() if path not in PROMISE}
    held = lock.read(tree.root, folder) or Lock()
    record = Lock((*held.made, _made(made_of, answers, tuple(sorted(files)))))
    added = _additions(tree, answers["domain"], for_domain)
    place.beside(tree.root, {f"{folder}/{path}": data for path, data in files.items()})
    place.replace(tree.root / folder / lock.NAME, str(record).encode())
    _add(tree, added)
    return New(folder, _below(folder, files), answers, tuple(added))


def _arrives(said: str) -> str:
    if said not in ARRIVES:
        meant = near(said, ARRIVES)
        listed = ", ".join(ARRIVES)
        remedy = f'did you mean "{meant}"?' if meant else f"it is one of: {listed}"
        raise Mistakes(Mistake("arrives", 0, 0, f'nothing arrives by "{said}"', remedy))
    return said


def _free(tree: Tree, new_product: bool) -> Callable[[str, str, Mapping[str, str]], None]:
    def free(question: str, answer: str, before: Mapping[str, str]) -> None:
        where = before.get("domain", "")
        match question:
            case "domain":
                names.domain_is_there(tree, answer)
            case "product" if new_product:
                names.product_is_free(tree, ProductName(where, answer))
            case "product":
                names.product_is_there(tree, ProductName(where, answer))
            case "table":
                names.table_is_free(tree, TableName(where, answer))
            case "source":
                names.source_fits(tree, where, answer)
            case "reads":
                names.table_is_there(tree, TableName.parse(answer))

    return free


def _rendered(
    made_of: Template, answers: dict[str, str], study: Study
) -> tuple[dict[str, bytes], dict[str, bytes], dict[str, str]]:
    """The product's files, what goes to its domain, and the answers with what was found out for them."""
    more: dict[str, str] = {}
    if "reads" in answers:
        reads = study(TableName.parse(answers["reads"]))
        answers = {**answers, "by": ", ".join(reads.by)}
        more = {"_given": reads.given, "_expect": reads.expect}
    files = render(made_of.folder, {**answers, **more})
    own = {path: data for path, data in files.items() if not path.startswith(DOMAIN_FILES)}
    for_domain = {
        path.removeprefix(DOMAIN_FILES): data for path, data in files.items() if path.startswith(DOMAIN_FILES)
    }
    return own, for_domain, answers


def _additions(tree: Tree, domain: str, files: Mapping[str, bytes]) -> dict[str, str]:
    """What each file of the domain becomes: lines are added whose word it does not have."""
    told: dict[str, str] = {}
    for name, data in files.items():
        path = f"domains/{domain}/{name}"
        there = text_of(tree.root, path) if (tree.root / path).is_file() else _heading(name)
        known = {line.partition(":")[0] for line in there.splitlines() if line[:1].isalpha()}
        new = [line for line in data.decode().splitlines() if line.strip() and line.partition(":")[0] not in known]
        if new:
            told[path] = there + ("" if there.endswith("\n") else "\n") + "\n".join(new) + "\n"
    return told


def _heading(name: str) -> str:
    return f"# yaml-language-server: $schema=../../docs/reference/schemas/{PurePosixPath(name).stem}.json\n"


def _add(tree: Tree, added: Mapping[str, str]) -> None:
    for path, text in added.items():
        place.replace(tree.root / path, text.encode())


def _made(made_of: Template, answers: dict[str, str], only: tuple[str, ...] = ()) -> Made:
    return Made(made_of.name, made_of.version, git.tree(made_of.root, made_of.name), answers, only)


def _below(folder: str, files: Mapping[str, bytes]) -> tuple[str, ...]:
    return tuple(f"{folder}/{path}" for path in sorted(files))
