"""Answers to a template's questions: said, asked or by default, and each checked before anything is made."""

from collections.abc import Callable, Mapping

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from lakemesh.declare.amounts import start as start_of
from lakemesh.declare.names import TableName, refused
from lakemesh.declare.words import near
from lakemesh.declare.wrong import Wrong
from lakemesh.errors import Mistake, Mistakes
from lakemesh.scaffold.making.template import Question, Template
from lakemesh.scaffold.spoken import Spoken

Ask = Callable[[Question, str, Callable[[str], str]], str]
"""Asks a person: the question, its default, and what raises Mistakes of an answer that will not do."""


Free = Callable[[str, str, Mapping[str, str]], None]
"""Raises Mistakes where an answer will not do in this repository: its question, itself, and the answers before it."""


def complete(
    template: Template, said: Mapping[str, str], known: Mapping[str, object], free: Free, ask: Ask | None
) -> dict[str, str]:
    """An answer to every question. `known`: what defaults may be made of beside the answers. Raises Mistakes: all."""
    names = tuple(question.name for question in template.questions)
    wrong = [_unknown(template, word, names) for word in said if word not in names]
    found: dict[str, str] = {}
    for question in template.questions:
        checked = _checked(question, free, dict(found))
        try:
            if question.name in said:
                found[question.name] = checked(said[question.name])
                continue
            default = rendered(question.default, {**known, **found})
            found[question.name] = ask(question, default, checked) if ask else checked(default)
        except Mistakes as mistakes:
            wrong += mistakes.mistakes
            found[question.name] = said.get(question.name, "")
    if wrong:
        raise Mistakes(*wrong)
    return found


def rendered(text: str, values: Mapping[str, object]) -> str:
    """A default, made of the answers before it: those are values, and are not rendered themselves."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, extensions=[Spoken])
    return environment.from_string(text).render(cookiecutter=values)


def _unknown(template: Template, word: str, names: tuple[str, ...]) -> Mistake:
    meant = near(word, names)
    remedy = f'did you mean "{meant}"?' if meant else f"it asks for: {', '.join(names)}"
    return Mistake("", 0, 0, f'the template {template.name} asks for no "{word}"', remedy)


def _checked(question: Question, free: Free, before: Mapping[str, str]) -> Callable[[str], str]:
    def check(said: str) -> str:
        told = said.strip() if question.name in _PLAIN else said
        wrong = _wrong(question, told)
        if wrong is not None:
            raise Mistakes(Mistake(question.name, 0, 0, wrong.what, wrong.remedy))
        free(question.name, told, before)
        return told

    return check


_PLAIN = ("domain", "product", "table", "source", "reads", "owner", "steward", "team", "source_table", "start")
_LONGEST_TEXT = 1000


def _wrong(question: Question, said: str) -> Wrong | None:
    if not said.strip():
        return Wrong("nothing is said", f"say {question.name}: {question.sentence}")
    if question.choices:
        if said in question.choices:
            return None
        meant = near(said, question.choices)
        listed = ", ".join(question.choices)
        return Wrong(f'"{said}" is none of {listed}', f'did you mean "{meant}"?' if meant else "say one of them")
    match question.name:
        case "domain" | "product" | "table" | "source" as kind:
            return refused(said, kind)
        case "reads":
            try:
                TableName.parse(said)
            except Mistakes as mistakes:
                return Wrong(mistakes.mistakes[0].what, mistakes.mistakes[0].remedy)
        case "start":
            try:
                start_of(said)
            except Wrong as wrong:
                return wrong
        case "source_table":
            if not all(part and part.replace("_", "").isalnum() for part in said.split(".")) or said.count(".") != 1:
                return Wrong(f'"{said}" names no table of a database', "say schema.table, such as public.customer")
        case _:
            return _wrong_text(said)
    return None


def _wrong_text(said: str) -> Wrong | None:
    if len(said) > _LONGEST_TEXT:
        return Wrong(f"it has {len(said)} characters", f"say it in {_LONGEST_TEXT}")
    if odd := sorted({hex(ord(letter)) for letter in said if _odd(letter)}):
        return Wrong(f"it holds characters that no text has: {', '.join(odd)}", "leave them out")
    return None


def _odd(letter: str) -> bool:
    return (not letter.isprintable() and letter not in "\n\t") or "\ud800" <= letter <= "\udfff"
