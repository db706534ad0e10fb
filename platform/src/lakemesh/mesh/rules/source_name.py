"""A source has no product's name: both are folders of the landing zone."""

from collections.abc import Iterator

from lakemesh.declare.names import ProductName
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    known = set(view.tree.products())
    for domain in dict.fromkeys(product.domain for product in view.products):
        try:
            sources = view.tree.sources(domain)
        except Mistakes:
            continue
        for name in sources:
            path = f"domains/{domain}/sources.yaml"
            if ProductName(domain, name) in known:
                what = f'the source "{name}" has the name of a product, and both are folders of the landing zone'
                yield view.mistake(path, (name,), what, f"call it otherwise, such as {name}_source")
            elif name.endswith("__errors"):
                what = f'the source "{name}" has the name of the folder for what a stream could not deliver'
                yield view.mistake(path, (name,), what, "call it otherwise")
