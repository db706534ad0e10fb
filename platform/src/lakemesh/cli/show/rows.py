"""Rows as an aligned table in plain text that fits the terminal."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from lakemesh.cli.show.cells import cell, cut, is_number, one_line, width

GAP = "  "
NARROWEST = 8
"""Text is not cut below this; columns on the right are left out instead."""


def table(
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
    columns: int | None = None,
    right: Collection[str] = (),
    whole: Collection[str] = (),
) -> Iterator[str]:
    """Lines: names, a rule, rows. Numbers and what is named in `right` stand on the right. They are never cut, nor is
    what is named in `whole`."""
    kept = list(rows)
    numbers = [all(row[i] is None or is_number(row[i]) for row in kept) for i in range(len(names))]
    on_right = [name in right or (numbers[i] and bool(kept)) for i, name in enumerate(names)]
    uncut = [on_right[i] or name in whole for i, name in enumerate(names)]
    cells = [[cell(value) for value in row] for row in kept]
    heads = [one_line(name) for name in names]
    full = [max([width(heads[i]), *(width(row[i]) for row in cells)]) for i in range(len(names))]
    least = [max([min(full[i], NARROWEST), *(width(row[i]) for row in cells if uncut[i])]) for i in range(len(names))]
    widths = _fit(full, least, columns)
    yield _line(heads, widths, on_right)
    yield GAP.join("─" * of for of in widths)
    for row in cells:
        yield _line(row, widths, on_right)
    if left_out := heads[len(widths) :]:
        said = f"… and {len(left_out)} more column{'' if len(left_out) == 1 else 's'}: {', '.join(left_out)}"
        yield said if columns is None else cut(said, columns)


def _fit(full: list[int], least: list[int], columns: int | None) -> list[int]:
    """Widths within `columns`: the widest give way first, then the last columns go."""
    if columns is None:
        return full
    while len(least) > 1 and sum(least) + len(GAP) * (len(least) - 1) > columns:
        least = least[:-1]
    widths = full[: len(least)]
    room = columns - len(GAP) * (len(widths) - 1)
    while sum(widths) > room:
        gives = [i for i in range(len(widths)) if widths[i] > least[i]]
        if not gives:
            break
        widths[max(gives, key=lambda i: widths[i])] -= 1
    return widths


def _line(cells: list[str], widths: list[int], on_right: list[bool]) -> str:
    parts = []
    for text, of, right in zip(cells, widths, on_right, strict=False):
        shown = cut(text, of)
        fill = " " * (of - width(shown))
        parts.append(fill + shown if right else shown + fill)
    return GAP.join(parts).rstrip()
