import pytest

from lakemesh.errors import Mistakes, Stopped
from lakemesh.lake.landing.batch import Batch
from landing_world import APPEND, CDC, MERGE, REPLACE, Zone, files

DAILY = files("crm/people/daily/*.csv")


def test_append_takes_each_file_once(tmp_path):
    zone = Zone(tmp_path, DAILY)
    assert zone.run() is None
    zone.land("crm/people/daily/1.csv", "crm/people/daily/2.csv")
    assert zone.names() == ["1.csv", "2.csv"]
    zone.run()
    assert zone.run() is None
    zone.land("crm/people/daily/3.csv")
    assert zone.names() == ["3.csv"]


def test_files_come_in_the_order_of_their_names_and_numbers_count_as_numbers(tmp_path):
    zone = Zone(tmp_path, DAILY)
    zone.land(*(f"crm/people/daily/part-{n}.csv" for n in (10, 9, 100)))
    assert zone.names() == ["part-9.csv", "part-10.csv", "part-100.csv"]


def test_a_file_outside_the_pattern_and_a_marker_are_no_files(tmp_path):
    zone = Zone(tmp_path, DAILY)
    zone.land(
        "crm/people/daily/_SUCCESS",
        "crm/people/daily/.1.csv",
        "crm/people/daily/_1.csv",
        "crm/people/1.csv",
        "crm/people/daily/1.txt",
    )
    assert zone.waits() is None


def test_append_refuses_a_changed_file_and_names_the_way_out(tmp_path):
    zone = Zone(tmp_path, DAILY)
    zone.land("crm/people/daily/1.csv")
    zone.run()
    zone.land("crm/people/daily/1.csv", text="id\n2\n")
    with pytest.raises(Mistakes) as caught:
        zone.waits()
    assert "crm/people/daily/1.csv" in str(caught.value)
    assert "--replace-file" in str(caught.value)
    batch = zone.waits(replace_file=True)
    assert batch is not None
    assert batch.replaces == ("crm/people/daily/1.csv",)


def test_the_same_content_written_again_is_no_change(tmp_path):
    zone = Zone(tmp_path, DAILY)
    zone.land("crm/people/daily/1.csv")
    zone.run()
    zone.land("crm/people/daily/1.csv")
    assert zone.waits() is None


def test_replace_is_exactly_the_files_that_match_now(tmp_path):
    zone = Zone(tmp_path, DAILY, REPLACE)
    zone.land("crm/people/daily/1.csv", "crm/people/daily/2.csv")
    zone.run()
    assert zone.waits() is None
    (tmp_path / "crm/people/daily/1.csv").unlink()
    batch = zone.run()
    assert batch is not None
    assert [file.path for file in batch.files] == ["crm/people/daily/2.csv"]
    assert set(zone.ledger.files) == {"crm/people/daily/2.csv"}


def test_replace_by_nothing_is_refused(tmp_path):
    zone = Zone(tmp_path, DAILY, REPLACE)
    with pytest.raises(Stopped, match=r"no file is there"):
        zone.waits()


def test_replace_is_never_split(tmp_path):
    zone = Zone(tmp_path, DAILY, REPLACE)
    zone.land("crm/people/daily/1.csv", "crm/people/daily/2.csv")
    assert zone.names(limit_bytes=1) == ["1.csv", "2.csv"]


def test_merge_takes_a_changed_file_again_and_keeps_its_rows(tmp_path):
    zone = Zone(tmp_path, DAILY, MERGE)
    zone.land("crm/people/daily/1.csv", "crm/people/daily/2.csv")
    zone.run()
    zone.land("crm/people/daily/1.csv", text="id\n2\n")
    batch = zone.waits()
    assert batch is not None
    assert ([file.path for file in batch.files], batch.replaces) == (["crm/people/daily/1.csv"], ())


def test_a_log_of_changes_refuses_a_changed_file_whatever_is_said(tmp_path):
    zone = Zone(tmp_path, DAILY, CDC)
    zone.land("crm/people/daily/1.csv")
    zone.run()
    zone.land("crm/people/daily/1.csv", text="id\n2\n")
    with pytest.raises(Mistakes, match=r"make rebuild TABLE=crm\.customer"):
        zone.waits(replace_file=True)


@pytest.mark.parametrize("write", [APPEND, MERGE, REPLACE, CDC])
def test_a_held_file_waits_until_its_content_is_another(tmp_path, write):
    zone = Zone(tmp_path, DAILY, write)
    zone.land("crm/people/daily/1.csv")
    zone.run()
    zone.land("crm/people/daily/2.csv", text="id\nbad\n")
    zone.run()
    zone.hold("crm/people/daily/2.csv")
    assert zone.waits() is None
    zone.land("crm/people/daily/2.csv", text="id\n2\n")
    assert "2.csv" in zone.names()


def test_what_is_too_much_for_one_publish_is_several(tmp_path):
    zone = Zone(tmp_path, DAILY)
    zone.land(*(f"crm/people/daily/{n}.csv" for n in range(1, 6)))
    taken: list[tuple[int, bool]] = []
    while isinstance(batch := zone.run(limit_bytes=12), Batch):
        taken.append((len(batch.files), batch.more))
    assert taken == [(2, True), (2, True), (1, False)]


def test_a_file_larger_than_the_limit_is_taken_alone(tmp_path):
    zone = Zone(tmp_path, DAILY)
    zone.land("crm/people/daily/1.csv", "crm/people/daily/2.csv")
    assert zone.names(limit_bytes=1) == ["1.csv"]


def test_take_newest_is_the_last_that_landed(tmp_path):
    zone = Zone(tmp_path, files("crm/people/daily/*.csv", take="newest"), REPLACE)
    zone.land("crm/people/daily/z.csv", "crm/people/daily/a.csv")
    assert zone.names() == ["a.csv"]


def test_a_folder_is_taken_when_it_is_finished_and_whole(tmp_path):
    zone = Zone(tmp_path, files("crm/people/*/part-*.csv", delivery="folder"))
    zone.land("crm/people/monday/part-1.csv", "crm/people/monday/part-2.csv", "crm/people/tuesday/part-1.csv")
    assert zone.waits() is None
    zone.land("crm/people/monday/_SUCCESS")
    assert zone.names(limit_bytes=1) == ["part-1.csv", "part-2.csv"]
    zone.run()
    assert zone.waits() is None
    zone.land("crm/people/tuesday/_SUCCESS")
    assert zone.names() == ["part-1.csv"]


def test_a_manifest_says_which_files_belong_together(tmp_path):
    zone = Zone(tmp_path, files("crm/people/*.csv", delivery="manifest"))
    zone.land("crm/people/a.csv", "crm/people/b.csv", "crm/people/c.csv")
    assert zone.waits() is None
    zone.land("crm/people/one.manifest", text='{"files": ["b.csv", "a.csv"]}')
    assert zone.names(limit_bytes=1) == ["b.csv", "a.csv"]


def test_a_manifest_that_names_a_file_that_is_not_there_stops(tmp_path):
    zone = Zone(tmp_path, files("crm/people/*.csv", delivery="manifest"))
    zone.land("crm/people/one.manifest", text='["a.csv"]')
    with pytest.raises(Stopped, match=r"lists crm/people/a.csv"):
        zone.waits()
    zone.land("crm/people/one.manifest", text="a.csv")
    with pytest.raises(Stopped, match="is no manifest"):
        zone.waits()
