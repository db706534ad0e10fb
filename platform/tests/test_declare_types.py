"""Types are Spark SQL's, and others are told what Spark SQL calls theirs."""

import pytest

from lakemesh.declare.foreign import FOREIGN
from lakemesh.declare.types import KNOWN, PRIMITIVES, Array, Decimal, MapOf, Primitive, Struct, parse
from lakemesh.declare.wrong import Wrong


@pytest.mark.parametrize("name", PRIMITIVES)
def test_each_primitive_is_itself(name: str) -> None:
    assert parse(name) == Primitive(name)


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("decimal(12,2)", Decimal(12, 2)),
        (" decimal ( 12 , 2 ) ", Decimal(12, 2)),
        ("array<string>", Array(Primitive("string"))),
        ("map<string, array<int>>", MapOf(Primitive("string"), Array(Primitive("int")))),
        ("struct<sku: string, qty: int>", Struct((("sku", Primitive("string")), ("qty", Primitive("int"))))),
        ("struct<`odd name`:int>", Struct((("odd name", Primitive("int")),))),
        ("array<struct<price:decimal(4,2)>>", Array(Struct((("price", Decimal(4, 2)),)))),
    ],
)
def test_a_type_is_read_with_what_stands_in_it(text: str, type: object) -> None:
    assert parse(text) == type


@pytest.mark.parametrize("text", ["decimal(12,2)", "array<map<string,int>>", "struct<a:int,b:array<date>>"])
def test_a_type_written_out_is_the_type_that_was_read(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize("name", [name for name in FOREIGN if "(" not in name])
def test_a_type_of_others_is_told_by_ours(name: str) -> None:
    with pytest.raises(Wrong) as told:
        parse(name)
    assert any(word in told.value.remedy for word in KNOWN)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("varchar(255)", "write string, with `length: ..255`"),
        ("numeric(10,2)", "write decimal(10,2)"),
        ("number(9)", "write decimal(9,0)"),
        ("double precision", "write double"),
        ("timestamp with time zone", "write timestamp"),
        ("character varying(20)", "write string"),
        ("text[]", "write array<string>"),
        ("array<varchar>", "write string"),
        ("Timestamp", "write it in lowercase: timestamp"),
        ("string?", "write string"),
        ("bigit", "did you mean bigint?"),
    ],
)
def test_the_remedy_is_what_to_write(text: str, remedy: str) -> None:
    with pytest.raises(Wrong) as told:
        parse(text)
    assert told.value.remedy == remedy


def test_a_type_nested_without_end_is_refused() -> None:
    with pytest.raises(Wrong, match="levels deep"):
        parse("array<" * 10_000 + "int" + ">" * 10_000)
