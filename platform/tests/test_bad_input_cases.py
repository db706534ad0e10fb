"""Hundreds of bad files, each with what must become of it: rows, quarantine, or a stop that says why."""

import pytest

import bad_input_cells
import bad_input_csv
import bad_input_files
from bad_input_world import Case, Landed

CASES = (*bad_input_csv.CASES, *bad_input_cells.CASES, *bad_input_files.CASES)
STOPS = [case for case in CASES if case.stops]
TAKEN = [case for case in CASES if not case.stops]
# A log takes no file twice: what is set aside of one is mended by a later change.
MENDED = [case for case in CASES if not case.ignored and (case.stops or case.table.write != "cdc")]


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Landed:
    made = Landed(tmp_path_factory.mktemp("bad"), CASES)
    made.live()
    return made


def test_there_are_enough_of_them_and_no_two_are_one() -> None:
    assert len(CASES) >= 200
    assert len({str(case) for case in CASES}) == len(CASES)


def test_before_and_after_everything_is_published(landed: Landed) -> None:
    assert landed.first.state == "done"
    assert [run.state for run in landed.runs[-2:]] == ["done", "done"]
    assert all(turn.accounts.balanced for run in landed.runs for turn in run.tables)


@pytest.mark.parametrize("case", STOPS, ids=str)
def test_what_stops_says_why_and_leaves_what_readers_see(landed: Landed, case: Case) -> None:
    found = landed.found[case]
    assert case.stops in found.told
    assert landed.path(case) in found.told
    assert "\n  → " in found.told
    assert found.untouched


@pytest.mark.parametrize("case", TAKEN, ids=str)
def test_what_is_taken_is_seen_or_set_aside_to_the_last_line(landed: Landed, case: Case) -> None:
    found = landed.found[case]
    if case.ignored:
        assert (found.rows, found.aside, found.entry) == ([], [], None)
        return
    assert sorted(found.rows, key=repr) == sorted(case.rows, key=repr)
    assert sorted(((line, rule) for line, rule, _ in found.aside), key=repr) == sorted(case.aside, key=repr)
    assert all(raw for _, _, raw in found.aside)
    assert found.entry is not None
    accounts = found.entry.accounts
    assert accounts.balanced
    told = {word: number for word, number in accounts.as_json().items() if number and word != "read"}
    seen = {"inserted": len(case.rows), "quarantined": len(case.aside), **case.more}
    assert told == {word: number for word, number in seen.items() if number}


@pytest.mark.parametrize("case", MENDED, ids=str)
def test_once_it_is_mended_the_next_run_takes_it(landed: Landed, case: Case) -> None:
    assert landed.found[case].mended
