"""What of each node of a tree is read here, so that nothing that a SELECT says is passed over."""

from sqlglot import exp

READ = {"this", "expression", "expressions"}
ARGS: dict[type[exp.Expr], set[str]] = {
    exp.Column: {"table"},
    exp.Alias: {"alias"},
    exp.Literal: {"is_string"},
    exp.Identifier: {"quoted"},
    exp.Cast: {"to"},
    exp.TryCast: {"to", "safe"},
    exp.In: {"query"},
    exp.Between: {"low", "high"},
    exp.Like: {"negate"},
    exp.ILike: {"negate"},
    exp.Case: {"ifs", "default"},
    exp.Bracket: {"safe", "offset"},
    exp.Interval: {"unit"},
    exp.DPipe: {"safe"},
    exp.Concat: {"safe"},
    exp.StrPosition: {"substr"},
    exp.Trim: {"position"},
    exp.Substring: {"start", "length"},
    exp.Overlay: {"from_", "for_"},
    exp.Div: {"typed", "safe"},
    exp.Window: {"partition_by", "order", "spec", "alias", "over"},
    exp.Subquery: {"alias", "with_", "order", "limit", "offset", "joins"},
    exp.Select: {
        "with_", "from_", "joins", "laterals", "where", "group", "having",
        "order", "limit", "offset", "windows", "distinct", "hint",
    },
    exp.Exists: set(),
}  # fmt: skip


def unread(node: exp.Expr) -> bool:
    """Whether a node says more than is understood here."""
    known = ARGS.get(type(node), set())
    return any(value and key not in READ and key not in known for key, value in node.args.items())
