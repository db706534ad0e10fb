"""Who is made before whom."""

from lakemesh.declare.names import TableName
from lakemesh.mesh.order import circles, order


def edges(text: str) -> dict[TableName, tuple[TableName, ...]]:
    """`a: b c, b:` as tables and what they need."""
    pairs = (part.partition(":") for part in text.split(","))
    return {
        TableName("d", name.strip()): tuple(TableName("d", each) for each in needs.split()) for name, _, needs in pairs
    }


def names(tables: tuple[TableName, ...]) -> str:
    return " ".join(table.table for table in tables)


def test_a_table_comes_after_what_it_reads() -> None:
    assert names(order(edges("a: b, b: c, c:"))) == "c b a"


def test_tables_that_do_not_need_each_other_come_by_name() -> None:
    assert names(order(edges("c:, a:, b:"))) == "a b c"


def test_what_is_not_there_does_not_count() -> None:
    assert names(order(edges("a: gone"))) == "a"


def test_a_circle_and_what_leans_on_it_are_left_out() -> None:
    assert names(order(edges("a: b, b: a, c: a, d:"))) == "d"


def test_a_table_comes_after_what_it_refers_to() -> None:
    assert names(order(edges("a:, b:"), edges("a: b"))) == "b a"


def test_a_reference_that_would_close_a_circle_does_not_count() -> None:
    assert names(order(edges("a: b, b:"), edges("b: a"))) == "b a"
    assert names(order(edges("a:, b:"), edges("a: b, b: a"))) == "a b"


def test_a_table_may_refer_to_itself() -> None:
    assert names(order(edges("a:"), edges("a: a"))) == "a"


def test_a_reference_out_of_a_circle_of_references_still_counts() -> None:
    assert names(order(edges("a:, b:, z:"), edges("a: b z, b: a"))).split().index("z") == 1
    assert names(order(edges("a:, b:, z:"), edges("a: b z, b: a"))).endswith("a")


def test_each_circle_is_told_once_the_shortest_way_round() -> None:
    assert [names(circle) for circle in circles(edges("a: b, b: c a, c: a, d: d, e: a"))] == ["a b", "d"]


def test_a_long_chain_is_no_trouble() -> None:
    chain = {TableName("d", f"t{n:04}"): (TableName("d", f"t{n + 1:04}"),) for n in range(2000)}
    assert len(order(chain)) == 2000
