"""A file that ends inside quotes is known by its bytes, however it is packed and however long it is."""

import gzip
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from arrivals_world import Arrivals
from lakemesh.engine.duckdb.landed import unclosed as looked
from lakemesh.engine.duckdb.landed.unclosed import unclosed
from lakemesh.lake.store import File
from lakemesh.mesh.contract import Format

FORM = Format("csv")


def of(folder: Path, data: bytes, name: str = "a.csv", form: Format = FORM) -> bool:
    path = folder / name
    path.write_bytes(data)
    return unclosed(File(name, len(data), datetime.now(UTC), "1", str(path)), form)


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("", False),
        ("id,name\n1,a\n", False),
        ('id,name\n1,"a"\n', False),
        ('id,name\n1,"a', True),
        ('id,name\n1,"', True),
        ('"', True),
        ('""', False),
        ('"""', True),
        ('id,name\n1,"a\n2,b\n', True),
        ('id,name\n1,"a ""b"""\n', False),
        ('id,name\n1,"a ""b""\n', True),
        ('id,name\n1,a "b" c\n2,5" pipe\n', False),
        ('id,name\n1,5" pipe\n2,"x\n', True),
        ('id,name\n1,"a,"\n2,",b"\n3,"\n"\n', False),
        ('id,name\n1,"a,"\n2,",b\n', True),
        ('id,name\r\n1,"\r\n', True),
        ('id,name\n1,a""b\n2,"x\n', True),
        ('id,name\n1,""\n', False),
    ],
)
def test_a_quote_that_is_open_at_the_end_is_told(tmp_path: Path, text: str, open_: bool) -> None:
    assert of(tmp_path, text.encode()) == open_
    assert of(tmp_path, gzip.compress(text.encode()), "a.csv.gz") == open_
    assert of(tmp_path, text.encode("utf-16"), form=Format("csv", encoding="utf-16")) == open_
    swapped = text.replace('"', "'").replace(",", ";")
    assert of(tmp_path, swapped.encode(), form=Format("csv", delimiter=";", quote="'")) == open_
    assert not of(tmp_path, text.encode(), form=Format("csv", quote=""))


def test_it_does_not_matter_where_a_file_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(7)
    for _ in range(200):
        cells = ["x", '"y"', '"a,b"', '"c ""d"" e"', '"\n"', 'f"g', '""']
        rows = "".join(f"{chance.choice(cells)},{chance.choice(cells)}\n" for _ in range(chance.randint(0, 9)))
        end = chance.choice(["", '"', '"open\n1,2\n', '1,"open ""still""'])
        text = f"id,name\n{rows}{end}".encode()
        for size in (3, 20, 1 << 20):
            monkeypatch.setattr(looked, "_TAIL", size)
            assert of(tmp_path, text) == bool(end), text


def test_of_many_files_none_loses_what_follows_an_open_quote(tmp_path: Path) -> None:
    shop = Arrivals(tmp_path)
    shop.thing("id: int\nname: string")
    for number in range(40):
        torn = '1,"torn\n' + "2,lost?\n" * 100 if number % 10 == 3 else "3,whole\n"
        shop.put(f"in/{number:02}.csv", f"id,name\n0,first\n{torn}")
    assert shop.take() == {"read": 80, "inserted": 76, "quarantined": 4}
    assert shop.aside("_source_file, _source_line, _rule") == [
        (f"shop/orders/in/{number}3.csv", 3, "row") for number in range(4)
    ]
