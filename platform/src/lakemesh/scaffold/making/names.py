"""Whether a name is free: in the tree, and in the names that AWS gives to what is made of it."""

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistake, Mistakes

_AWS = 64
"""Characters that IAM allows in the name of a role."""
_AROUND = len("-run-")


def domain_is_free(tree: Tree, domain: str) -> None:
    """Raises Mistakes where there is such a domain."""
    if (tree.root / "domains" / domain).exists():
        raise Mistakes(
            Mistake("domain", 0, 0, f"there is a domain {domain} already", f"make products in it: {domain}/…")
        )


def domain_is_there(tree: Tree, domain: str) -> None:
    """Raises Mistakes where there is no such domain."""
    if domain not in tree.domains():
        there = ", ".join(tree.domains()) or "none yet"
        remedy = f"make it first: make new-domain NAME={domain}; there are: {there}"
        raise Mistakes(Mistake("domain", 0, 0, f"there is no domain {domain}", remedy))


def product_is_there(tree: Tree, name: ProductName) -> None:
    """Raises Mistakes where there is no such product."""
    if name not in tree.products():
        there = ", ".join(str(one) for one in tree.products(name.domain)) or "none yet"
        raise Mistakes(Mistake("product", 0, 0, f"there is no product {name}", f"there are: {there}"))


def source_fits(tree: Tree, domain: str, source: str) -> None:
    """Raises Mistakes where the domain's sources cannot be read, so that none can be added."""
    tree.sources(domain)


def table_is_there(tree: Tree, table: TableName) -> None:
    """Raises Mistakes where no product makes such a table."""
    if not tree.homes(table):
        raise Mistakes(Mistake("reads", 0, 0, f"there is no table {table}", "name one that `make status` lists"))


def product_is_free(tree: Tree, name: ProductName) -> None:
    """Raises Mistakes: such a product already, or its names together too long for AWS."""
    if (tree.root / "domains" / str(name)).exists():
        raise Mistakes(Mistake("product", 0, 0, f"there is a product {name} already", "give it another name"))
    mesh = tree.organisation()
    env = max((len(one) for one in mesh.environments), default=0)
    spelled = len(mesh.name) + env + _AROUND + len(name.domain) + len(name.product) + 1
    if spelled > _AWS:
        raise Mistakes(
            Mistake(
                "product",
                0,
                0,
                f"{name} is too long: the role of its runs would have {spelled} characters, and AWS allows {_AWS}",
                f"take {spelled - _AWS} off the name of the product",
            )
        )


def table_is_free(tree: Tree, table: TableName) -> None:
    """Raises Mistakes where another product of the domain makes such a table."""
    homes = tree.homes(table)
    if homes:
        raise Mistakes(
            Mistake("table", 0, 0, f"there is a table {table} already, in {homes[0].path}", "give it another name")
        )
