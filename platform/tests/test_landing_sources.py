import pytest

from lakemesh.errors import Mistakes, Stopped
from lakemesh.mesh.contract import Arrival, Format
from landing_world import APPEND, CDC, CSV, REPLACE, Zone

FOLDER = "crm/shop/sales/customer"
DMS = Arrival("dms", FOLDER, CSV)
STREAM = Arrival("stream", "crm/clicks/event", Format("json"))


def test_a_full_load_comes_before_changes_and_changes_in_the_order_of_time(tmp_path):
    zone = Zone(tmp_path, DMS, CDC)
    zone.land(
        f"{FOLDER}/2024/01/31/20240131-101500123.csv",
        f"{FOLDER}/20240130-101500123.csv",
        f"{FOLDER}/LOAD0000000A.csv",
        f"{FOLDER}/LOAD00000002.csv",
    )
    batch = zone.waits()
    assert batch is not None
    assert zone.names() == ["LOAD00000002.csv", "LOAD0000000A.csv", "20240130-101500123.csv", "20240131-101500123.csv"]
    assert batch.full == {f"{FOLDER}/LOAD00000002.csv", f"{FOLDER}/LOAD0000000A.csv"}


def test_only_the_changes_that_are_new_are_taken(tmp_path):
    zone = Zone(tmp_path, DMS, CDC)
    zone.land(f"{FOLDER}/LOAD00000001.csv", f"{FOLDER}/20240130-101500123.csv")
    zone.run()
    assert zone.waits() is None
    zone.land(f"{FOLDER}/20240131-101500123.csv", f"{FOLDER}/20240129-101500123.csv")
    batch = zone.waits(limit_bytes=1)
    assert batch is not None
    assert ([file.path for file in batch.files], batch.full, batch.more) == (
        [f"{FOLDER}/20240129-101500123.csv"],
        frozenset(),
        True,
    )


def test_a_full_load_made_again_reloads_the_table_with_the_changes_after_it_only(tmp_path):
    zone = Zone(tmp_path, DMS, CDC)
    zone.land(f"{FOLDER}/LOAD00000001.csv", f"{FOLDER}/20240130-000000000.csv")
    zone.run()
    zone.land(f"{FOLDER}/20240131-000000000.csv")
    zone.land(f"{FOLDER}/LOAD00000001.csv", text="id\n7\n")
    zone.land(f"{FOLDER}/20240201-000000000.csv")
    batch = zone.run(limit_bytes=1)
    assert batch is not None
    assert [file.path for file in batch.files] == [f"{FOLDER}/LOAD00000001.csv", f"{FOLDER}/20240201-000000000.csv"]
    assert {file.path for file in batch.past} == {
        f"{FOLDER}/20240130-000000000.csv",
        f"{FOLDER}/20240131-000000000.csv",
    }
    assert not batch.more
    assert zone.waits() is None


def test_what_a_full_load_has_overtaken_stays_so_in_a_rebuild(tmp_path):
    zone = Zone(tmp_path, DMS, CDC)
    zone.land(f"{FOLDER}/LOAD00000001.csv", f"{FOLDER}/20240130-000000000.csv")
    zone.run()
    zone.land(f"{FOLDER}/LOAD00000001.csv", text="id\n7\n")
    zone.run()
    kept = {path: entry for path, entry in zone.ledger.files.items() if entry.accounts.read == 0}
    zone.ledger = type(zone.ledger)(kept)
    assert zone.names() == ["LOAD00000001.csv"]


def test_a_full_load_may_come_after_the_first_changes(tmp_path):
    zone = Zone(tmp_path, DMS, CDC)
    zone.land(f"{FOLDER}/20240130-000000000.csv")
    zone.run()
    zone.land(f"{FOLDER}/LOAD00000001.csv")
    assert zone.names() == ["LOAD00000001.csv", "20240130-000000000.csv"]


def test_a_changed_file_of_changes_is_refused(tmp_path):
    zone = Zone(tmp_path, DMS, CDC)
    zone.land(f"{FOLDER}/20240130-000000000.csv")
    zone.run()
    zone.land(f"{FOLDER}/20240130-000000000.csv", text="id\n7\n")
    with pytest.raises(Mistakes, match="never rewritten"):
        zone.waits()


def test_a_file_that_dms_did_not_write_stops(tmp_path):
    zone = Zone(tmp_path, DMS, CDC)
    zone.land(f"{FOLDER}/export.csv")
    with pytest.raises(Stopped, match=r"export.csv is not named as DMS"):
        zone.waits()


def test_a_neighbour_of_the_same_source_is_not_read(tmp_path):
    zone = Zone(tmp_path, DMS, CDC)
    zone.land("crm/shop/sales/customer_note/LOAD00000001.csv")
    assert zone.waits() is None


def test_a_stream_is_taken_hour_by_hour_and_its_errors_are_not(tmp_path):
    zone = Zone(tmp_path, STREAM, APPEND)
    zone.land(
        "crm/clicks/event/2024/03/02/21/b.gz",
        "crm/clicks/event/2024/03/02/20/c.jsonl",
        "crm/clicks__errors/event/2024/03/02/20/d.jsonl",
    )
    assert zone.names() == ["c.jsonl", "b.gz"]
    zone.run()
    assert zone.waits() is None


@pytest.mark.parametrize(
    "path", ["x.jsonl", "2024/03/x.jsonl", "2024/13/02/20/x.jsonl", "2024/03/02/20/deeper/x.jsonl"]
)
def test_a_file_of_a_stream_lies_in_an_hour(tmp_path, path):
    zone = Zone(tmp_path, STREAM, APPEND)
    zone.land(f"crm/clicks/event/{path}")
    with pytest.raises(Stopped, match="does not lie in a folder of an hour"):
        zone.waits()


def test_a_seed_is_taken_when_its_content_changes(tmp_path):
    zone = Zone(tmp_path, Arrival("seed", "domains/crm/people/seed/customer.csv", CSV), REPLACE)
    with pytest.raises(Mistakes, match="is not there"):
        zone.waits()
    zone.land("domains/crm/people/seed/customer.csv")
    zone.run()
    assert zone.waits() is None
    zone.land("domains/crm/people/seed/customer.csv", text="id\n2\n")
    assert zone.names() == ["customer.csv"]
