"""Where rows are put together: each column is grouped by, or stands in an aggregate."""

from collections.abc import Iterator

from sqlglot import exp

from lakemesh.sql import spark

# These wrap an aggregate's call, and belong to it.
_AROUND = (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)


def ungrouped(select: exp.Select) -> Iterator[exp.Column]:
    """The columns of a resolved SELECT that have several values where it yields one row, each once."""
    parts = [*select.expressions]
    having, order = select.args.get("having"), select.args.get("order")
    after = [part for part in (having, order) if part is not None]
    group = select.args.get("group")
    if group is None and having is None and not any(_aggregates(part) for part in (*parts, *after)):
        return
    if group is not None and group.args.get("all"):
        return
    by = [_bare(item) for item in _items(group)] if group is not None else []
    own = {source.alias_or_name for source in _sources(select)}
    told: set[str] = set()
    for part in (*parts, *after):
        for column in _loose(part, by):
            said = spark.render(column)
            if column.table in own and said not in told:
                told.add(said)
                yield column


def _sources(select: exp.Select) -> Iterator[exp.Expr]:
    from_ = select.args.get("from_")
    around = [from_.this] if from_ is not None else []
    around += [join.this for join in select.args.get("joins") or ()]
    while around:
        source = around.pop()
        yield source
        around += [join.this for join in source.args.get("joins") or ()]
        if isinstance(source, exp.Subquery) and isinstance(source.this, exp.Table):
            around.append(source.this)
    yield from select.args.get("laterals") or ()


def _items(group: exp.Expr) -> Iterator[exp.Expr]:
    """What is grouped by, out of ROLLUP, CUBE, GROUPING SETS and brackets."""
    parts = [*group.expressions]
    for key in ("rollup", "cube", "grouping_sets"):
        parts += group.args.get(key) or ()
    while parts:
        part = parts.pop()
        if isinstance(part, (exp.Rollup, exp.Cube, exp.GroupingSets, exp.Tuple)):
            parts += part.expressions
        else:
            yield part


def _loose(node: exp.Expr, by: list[exp.Expr]) -> Iterator[exp.Column]:
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, exp.Query) or _aggregate(part) or any(_same(part, item) for item in by):
            continue
        if isinstance(part, exp.Column):
            yield part
        else:
            stack.extend(part.iter_expressions(reverse=True))


def _aggregates(node: exp.Expr) -> bool:
    """Whether it makes one row of several."""
    return any(_aggregate(part) for part in node.walk(prune=lambda each: isinstance(each, exp.Query)))


def _aggregate(node: exp.Expr) -> bool:
    if _in_window(node):
        return False
    return (isinstance(node, _AROUND) and spark.aggregate(_called(node))) or (
        isinstance(node, exp.Anonymous) and spark.aggregate(node)
    )


def _in_window(node: exp.Expr) -> bool:
    """Whether it is the function of a window, seen through what is wrapped around it."""
    up = node
    while isinstance(up.parent, _AROUND) and up.parent.this is up:
        up = up.parent
    return isinstance(up.parent, exp.Window) and up.parent.this is up


def _called(node: exp.Expr) -> exp.Expr:
    while isinstance(node, _AROUND):
        node = node.this
    return node


def _same(node: exp.Expr, item: exp.Expr) -> bool:
    # Most nodes differ by their kind; a whole tree is compared only where it does not.
    return type(node) is type(item) and spark.render(node) == spark.render(item)


def _bare(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Paren):
        node = node.this
    return node
