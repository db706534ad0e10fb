"""Words of Lakemesh whose behaviour is not built yet: refused, never accepted and ignored. Meant to end empty."""

_WORDS = {
    ("Organisation", "tools"): "the account where the pipelines live",
    ("Organisation", "delivery"): "the pipeline that deploys the mesh",
    ("Domain", "budget"): "an alarm on what a domain costs",
    ("Domain", "groups"): "parts of a domain that others may grant to",
    ("Domain", "ring"): "getting updates of shared templates first",
    ("Show", "rows"): "showing a reader some of the rows",
    ("Ingest", "newer"): "reading a database by JDBC",
    ("Ingest", "workers"): "the number of Spark workers",
    ("Transform", "workers"): "the number of Spark workers",
}

_VALUES = {
    ("by", "jdbc"): "reading a database by JDBC",
}

PLACES = {
    "rules": "rules of governance",
    "glossary.yaml": "the glossary",
    "names.yaml": "the dictionary of column names",
    "forms": "fields that the organisation demands",
}
"""Files and folders that are refused as soon as something lies in them."""


def sentence(word: str, about: str) -> str:
    return f"`{word}` is a word of Lakemesh whose behaviour is not built yet: {about}"


def unbuilt_word(model: str, word: str) -> str:
    """The sentence that refuses a word, or nothing."""
    about = _WORDS.get((model, word))
    return sentence(word, about) if about else ""


def unbuilt_value(word: str, value: str) -> str:
    """The sentence that refuses what a word says, or nothing."""
    about = _VALUES.get((word, value))
    return sentence(f"{word}: {value}", about) if about else ""
