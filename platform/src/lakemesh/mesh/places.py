"""Where arrivals lie: the one place that says it. Pure, so a run and the templates agree on every prefix."""

from lakemesh.declare.names import ProductName


def files(product: ProductName, pattern: str) -> str:
    """The pattern of a product's own files, below the landing zone."""
    return f"{product.domain}/{product.product}/{pattern.lstrip('/')}"


def source(domain: str, name: str, table: str) -> str:
    """The folder into which a source of `sources.yaml` puts one table, below the landing zone: no slash at its end.
    DMS: `schema.table` becomes two folders. A stream: `table` is one."""
    return "/".join((domain, name, *table.split(".")))


def errors(domain: str, name: str) -> str:
    """The folder for what a stream could not deliver: outside the stream's own, so that it is never read as data."""
    return f"{domain}/{name}__errors"


def seed(product: ProductName, file: str) -> str:
    """A seed file, below the repository."""
    return f"{home(product)}/seed/{file}"


def home(product: ProductName) -> str:
    """A product's folder, below the repository."""
    return f"domains/{product.domain}/{product.product}"
