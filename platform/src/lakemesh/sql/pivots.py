"""PIVOT as what it stands for: one aggregate to a column, over the rows of its value, grouped by what is left."""

from sqlglot import exp


def plain(pivot: exp.Pivot) -> bool:
    """Whether it can be written so: of a subquery that names its columns, for one column, with its values written."""
    source = pivot.parent
    fields: list[exp.Expr] = list(pivot.args.get("fields") or ())
    if pivot.args.get("unpivot") or not isinstance(source, exp.Subquery) or len(source.args["pivots"]) != 1:
        return False
    if len(fields) != 1 or not isinstance(fields[0], exp.In) or not isinstance(fields[0].this, exp.Column):
        return False
    values = [value.this if isinstance(value, exp.PivotAlias) else value for value in fields[0].expressions]
    return bool(_names(source)) and all(isinstance(value, (exp.Literal, exp.Boolean)) for value in values)


def unfolded(tree: exp.Expr) -> exp.Expr:
    """The same tree without those pivots; what is not plain is left."""
    for pivot in list(tree.find_all(exp.Pivot)):
        if plain(pivot) and pivot.parent is not None:
            pivot.parent.replace(_grouped(pivot, pivot.parent))
    return tree


def _names(source: exp.Expr) -> list[str]:
    """The columns of a subquery by name; none where one is not known."""
    inner = source.this
    names = [item.alias_or_name for item in inner.expressions] if isinstance(inner, exp.Select) else []
    return [] if "*" in names or "" in names else names


def _grouped(pivot: exp.Pivot, source: exp.Expr) -> exp.Subquery:
    (field,) = pivot.args["fields"]
    on, aggregates = field.this, pivot.expressions
    used = {column.name.lower() for part in (on, *aggregates) for column in part.find_all(exp.Column)}
    kept = [exp.column(name) for name in _names(source) if name.lower() not in used]
    items: list[exp.Expr] = [one.copy() for one in kept]
    for value in field.expressions:
        said = value.this if isinstance(value, exp.PivotAlias) else value
        called = value.args["alias"].name if isinstance(value, exp.PivotAlias) else str(said.this)
        for aggregate in aggregates:
            inner = aggregate.this if isinstance(aggregate, exp.Alias) else aggregate
            many = len(aggregates) > 1
            suffix = aggregate.alias if isinstance(aggregate, exp.Alias) else str(inner.sql(dialect="spark"))
            name = exp.to_identifier(f"{called}_{suffix}" if many else called, quoted=True)
            rows = exp.Where(this=exp.EQ(this=on.copy(), expression=said.copy()))
            count = exp.Anonymous(this="count", expressions=[exp.Star()])
            some = exp.GT(this=exp.Filter(this=count, expression=rows.copy()), expression=exp.Literal.number(0))
            # Without any row it is null, a count too.
            made = exp.If(this=some, true=exp.Filter(this=inner.copy(), expression=rows))
            items.append(exp.Alias(this=exp.Case(ifs=[made]), alias=name))
    base = source.copy()
    base.set("pivots", None)
    base.set("alias", exp.TableAlias(this=exp.to_identifier("_pivoted", quoted=True)))
    query = exp.Select(expressions=items, from_=exp.From(this=base))
    if kept:
        query.set("group", exp.Group(expressions=kept))
    alias = pivot.args.get("alias") or source.args.get("alias")
    return exp.Subquery(this=query, alias=alias.copy() if alias is not None else None)
