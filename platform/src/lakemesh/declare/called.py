"""What sources and readers may be called."""

from lakemesh.declare.names import refused
from lakemesh.declare.scalar import shown
from lakemesh.declare.unbuilt import sentence
from lakemesh.declare.wrong import Wrong


def source(name: str) -> Wrong | None:
    """What is wrong with the name of a source, if anything."""
    wrong = refused(name, "source")
    return Wrong(wrong.what, wrong.remedy, word=True) if wrong else None


def reader(name: str) -> Wrong | None:
    """What is wrong with the name of a reader, if anything."""
    domain, colon, _ = name.partition(":")
    if colon:
        return Wrong(sentence(name, "readers that are a group of a domain"), f"name the domain: {domain}", word=True)
    if "/" in name:
        return Wrong(
            f'"{shown(name)}" is a product, and a reader is a whole domain',
            f"name the domain: {name.partition('/')[0]}",
            word=True,
        )
    wrong = refused(name, "domain")
    return Wrong(wrong.what, wrong.remedy, word=True) if wrong else None
