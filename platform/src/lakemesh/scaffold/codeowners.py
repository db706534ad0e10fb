"""CODEOWNERS: who reviews which folder, from `team:` in the declarations."""

from lakemesh.declare.tree import Tree

PATH = "CODEOWNERS"
HEAD = """\
# Who reviews what: generated from `team:` in domain.yaml and product.yaml by `make docs`. Change those, not this.
# The last line that matches a file decides.
"""


def codeowners(tree: Tree) -> str:
    """The whole file: each domain's team for its folder, and a product's own team where it has one."""
    lines = []
    for domain in tree.domains():
        team = tree.domain(domain).team
        if team:
            lines.append((f"/domains/{domain}/", team))
        for name in tree.products(domain):
            own = tree.product(name).team
            if own and own != team:
                lines.append((f"/domains/{name}/", own))
    width = max((len(folder) for folder, _ in lines), default=0)
    return HEAD + "".join(f"{folder:<{width}} {team}\n" for folder, team in lines)
