"""Files that nobody has described become a product whose check, test and run pass, and what was unsure is said."""

import gzip
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cli_says import Enter, Tell
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistakes
from lakemesh.scaffold.drafts.draft import Draft, draft
from lakemesh.scaffold.drafts.found import found
from lakemesh.scaffold.making import new
from making_world import files, repository


@pytest.fixture(autouse=True)
def root(tmp_path: Path, enter: Enter) -> Path:
    folder = enter(repository(tmp_path / "mesh"))
    new.domain(Tree(folder), {"domain": "shop"})
    return folder


def unknown(place: Path) -> Path:
    """A folder as a stranger sends it: four shapes of files, in three formats."""
    place.mkdir()
    lines = ["Customer ID;Vorname;E-Mail;Geburtsdatum;Umsatz;Status;PLZ;Größe"]
    lines += [
        f"{n};Jörg{n};j{n}@example.org;{n % 28 + 1:02}.{n % 12 + 1:02}.1980;{n},{n % 90 + 10};"
        f"{('aktiv', 'inaktiv')[n % 2]};0{1000 + n};{('NA', '1', '2')[n % 3]}"
        for n in range(1, 61)
    ]
    (place / "Customers 2024.csv").write_text("\n".join(lines) + "\n", "latin-1")
    for year in (2023, 2024):
        rows = [f'{year}{n:03},{n},{year}-03-{n % 28 + 1:02}T10:00:00Z,{n}.50,"a, b"' for n in range(1, 41)]
        text = "\n".join(["order_id,customer_id,ordered_at,amount,note", *rows, ""])
        (place / f"orders-{year}.csv").write_text(text)
    with gzip.open(place / "events.jsonl.gz", "wt") as stream:
        for n in range(50):
            at = f"2024-01-{n % 28 + 1:02}T00:00:00Z"
            event = {"id": f"e{n}", "at": at, "device": {"os": "ios"}, "eventType": "rent"}
            stream.write(json.dumps(event) + "\n")
    codes = pa.table({"code": [f"c{n}" for n in range(30)], "size": pa.array(range(30), pa.int64())})
    pq.write_table(codes, place / "code.parquet")
    (place / "README.md").write_text("Nothing of this is data.")
    return place


def test_a_folder_of_unknown_files_becomes_a_published_and_tested_product_by_commands_alone(
    root: Path, tell: Tell, tmp_path: Path
) -> None:
    place = unknown(tmp_path / "what they sent")
    code, told = tell("new", "product", "--domain=shop", "--name=mixed", f"--from={place}")
    assert code == 0, told
    assert "? Customers 2024.csv is not UTF-8, and is taken for latin-1" in told
    assert "shop.orders: 5 columns, 80 rows seen, write: append, key: order_id" in told
    assert tell("check") == (0, "1 product checked: no errors.\n")
    code, told = tell("test", "shop/mixed")
    assert (code, told.splitlines()[-1]) == (0, "2 passed, 0 failed"), told
    for name, files_ in (("customers", "Cust*"), ("orders", "orders*"), ("events", "ev*"), ("code", "*.parquet")):
        target = root / ".lake/landing/shop/mixed" / name
        target.mkdir(parents=True)
        for file in place.glob(files_):
            shutil.copy(file, target)
    code, told = tell("run", "shop/mixed")
    assert code == 0, told
    question = "select sum(umsatz) as a, count(groesse) as b, max(geburtsdatum) as c from shop.customers"
    turnover = sum(n + (n % 90 + 10) / 100 for n in range(1, 61))
    assert tell("query", question, "--format=csv") == (0, f"a,b,c\n{turnover:.2f},40,1980-12-24\n")
    assert "shop.orders     published    80        80" in told


def test_no_value_of_the_files_gets_into_git(root: Path, tmp_path: Path) -> None:
    place = tmp_path / "people.csv"
    rows = [f"{n},Zebedee{n},zebedee{n}@secret.example" for n in range(900_100, 900_150)]
    place.write_text("id,first_name,email\n" + "\n".join(rows) + "\n")
    new.drafted(Tree(root), found(place), {"domain": "shop", "product": "people_list"})
    made = b"".join(data for path, data in files(root).items() if path.startswith("domains/shop/people_list"))
    assert b"Zebedee" not in made
    assert b"zebedee" not in made
    assert made.count(b"classification: personal") == 2


def drafted(tmp_path: Path, text: str, name: str = "thing.csv", encoding: str = "utf-8") -> Draft:
    (tmp_path / name).write_bytes(text.encode(encoding))
    (one,) = found(tmp_path / name)
    return draft(one, "shop")


def column(tmp_path: Path, *values: str) -> tuple[str, str]:
    """The declared type of a column with these values, and what was unsure."""
    body = "".join(f"{n},{value}\n" for n, value in enumerate(values * (40 // len(values) + 1)))
    made = drafted(tmp_path, f"id,v\n{body}")
    return made.columns[1].declared, "; ".join(made.unsure)


@pytest.mark.parametrize(
    ("values", "declared"),
    [
        (("1", "-2", "+3"), "int not null"),
        (("1", "3000000000"), "bigint not null"),
        (("01", "002"), "string not null"),
        (("1" * 19, "2" * 25), "string not null"),
        (("1.5", "22.25", "3"), "decimal(12,2) not null"),
        (("12345678901.25",), "decimal(18,2) not null"),
        (("0.12345678",), "double not null"),
        (("1e5", "2.5E-3"), "double not null"),
        (("true", "FALSE"), "boolean not null"),
        (("2024-01-31",), "date not null"),
        (("31/01/2024", "01/02/2024"), "date not null"),
        (("01/31/2024",), "date not null"),
        (("1/2/2024", "31/12/2024"), "date not null"),
        (("2024-01-31 10:00", "2024-01-31T10:00:00.123+02:00"), "timestamp not null"),
        (("2024-01-31", "2024-01-31 10:00:00"), "timestamp not null"),
        (("1", "NA"), "int"),
        (("1", ""), "int"),
        (("a", "1"), "string not null"),
        (("", ""), "string"),
        (("31/01/2024", "2024-01-31"), "string not null"),
        (("31/31/2024", "12/31/2024"), "string not null"),
        (("1.200.300", "1"), "string not null"),
    ],
)
def test_a_type_is_what_every_value_fits(tmp_path: Path, values: tuple[str, ...], declared: str) -> None:
    assert column(tmp_path, *values)[0] == declared


def test_what_is_unsure_is_said(tmp_path: Path) -> None:
    assert "no value tells the day from the month" in column(tmp_path, "01/02/2024")[1]
    assert "has no time zone, and is taken for UTC" in column(tmp_path, "2024-01-31 10:00:00")[1]
    assert "always empty" in column(tmp_path, "")[1]
    assert "all but 1 values look like numbers or times" in column(tmp_path, *["7"] * 40, "x")[1]
    made = drafted(tmp_path, "a,b\n1,2\n1,2\n1\n3,4\n")
    assert "1 lines of thing do not have as many cells as its header" in made.unsure
    assert "thing has no key: no columns were found that tell its rows apart" in made.unsure


def test_a_key_is_what_tells_rows_apart(tmp_path: Path) -> None:
    rows = "".join(f"s{n % 3},2024-01-{n // 3 + 1:02},{n % 2}\n" for n in range(60))
    made = drafted(tmp_path, f"station,day,v\n{rows}")
    assert [one.name for one in made.key] == ["station", "day"]
    made = drafted(tmp_path, "amount,thing_id\n" + "".join(f"{n},{n + 7}\n" for n in range(60)))
    assert [one.name for one in made.key] == ["thing_id"]


def test_few_values_are_categories_and_a_wide_file_keeps_its_columns_in_a_file_of_their_own(tmp_path: Path) -> None:
    made = drafted(tmp_path, "id,kind\n" + "".join(f"{n},{'ab'[n % 2]}\n" for n in range(80)))
    assert made.columns[1].one_of == ("a", "b")
    header = ",".join(f"c{n}" for n in range(60))
    made = drafted(tmp_path, f"{header}\n" + "".join(",".join([str(n)] * 60) + "\n" for n in range(30)))
    assert made.files["ingest/thing.columns.csv"].decode().count("\n") == 61
    assert b"columns:" not in made.files["ingest/thing.yaml"]


def test_headers_become_names_and_names_keep_their_header(tmp_path: Path) -> None:
    made = drafted(tmp_path, "Order ID,order-id,2nd,userName,Größe\n1,2,3,4,5\n")
    assert [one.name for one in made.columns] == ["order_id", "order_id_2", "n_2nd", "user_name", "groesse"]
    assert 'as: "Größe"' in made.files["ingest/thing.yaml"].decode()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", b"a,a\n1,2\n", "has no header that names each column once"),
        ("a.csv", b"a,,b\n1,2,3\n", "has no header that names each column once"),
        ("a.json", b"[{}]", "is one list, not JSON lines"),
        ("a.parquet", b"PAR1 no", "cannot be read"),
        ("a.csv.gz", b"no gzip", "cannot be read"),
        ("a.xlsx", b"x", "holds no CSV, JSON lines or Parquet"),
        ("a.csv", b"", "holds no CSV, JSON lines or Parquet"),
    ],
)
def test_a_file_that_cannot_be_drafted_is_named(root: Path, tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    before = files(root)
    with pytest.raises(Mistakes) as raised:
        new.drafted(Tree(root), found(tmp_path / name), {"domain": "shop", "product": "mixed"})
    assert told in str(raised.value)
    assert files(root) == before
