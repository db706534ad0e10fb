"""Did you mean: words nearly right, and the words of others for ours."""

from collections.abc import Iterable
from difflib import get_close_matches

from lakemesh.declare.synonyms import ELSEWHERE, SYNONYMS, VALUES


def near(word: str, known: Iterable[str]) -> str:
    """The known word that is spelled most like this one, or nothing."""
    close = get_close_matches(word.lower(), list(known), 1, 0.7) or get_close_matches(word, list(known), 1, 0.7)
    return close[0] if close else ""


def meant(model: str, word: str, known: Iterable[str]) -> str:
    """The word of ours that an unknown one stands for, or nothing."""
    known = tuple(known)
    spellings = _spellings(word)
    theirs = SYNONYMS.get(model, {})
    for spelled in spellings:
        if spelled in known:
            return spelled
        if theirs.get(spelled) in known:
            return theirs[spelled]
    return near(word, known)


def suggest(model: str, word: str, known: Iterable[str]) -> str:
    """What to write instead of an unknown word."""
    known = tuple(known)
    for kind in (model, "Table" if model in ("Ingest", "Transform") else ""):
        if elsewhere := ELSEWHERE.get((kind, _spellings(word)[0])):
            return elsewhere
    ours = meant(model, word, known)
    if ours and any(SYNONYMS.get(model, {}).get(spelled) == ours for spelled in _spellings(word)):
        return f'Lakemesh says "{ours}"'
    return f'did you mean "{ours}"?' if ours else f"the words are {', '.join(known)}"


def _spellings(word: str) -> tuple[str, str]:
    lower = word.lower().replace("-", "_").strip()
    return lower, lower.replace("_", "")


def suggest_value(word: str, value: str, known: list[str]) -> str:
    """What to write instead of an unknown value of a word."""
    lower = value.lower().strip()
    if lower in known:
        return f'did you mean "{lower}"?'
    if ours := VALUES.get((word, lower)):
        return f'Lakemesh says "{ours}"' if ours in known else f'Lakemesh says "{ours}", which is not built yet'
    if close := near(value, known):
        return f'did you mean "{close}"?'
    return f"say {', '.join(known[:-1])} or {known[-1]}" if len(known) > 1 else f"say {known[0]}"
