"""What is given out of a run's memory, with what its libraries take, is no more than the limit."""

import pytest

from lakemesh.engine.duckdb.session import BATCH, Session, Sessions, Shares

LIBRARIES = 224 << 20


@pytest.mark.parametrize("memory", [512 << 20, 10**9, 2 * 10**9, 64 * 10**9])
def test_shares_and_libraries_fit_into_the_limit(memory: int) -> None:
    shares = Shares(memory)
    assert LIBRARIES + shares.duckdb + shares.table + 2 * shares.beside <= memory
    # What is left is Arrow's and Python's own.
    assert shares.duckdb + shares.table >= (memory - LIBRARIES) * 3 // 4


def test_wide_rows_go_over_fewer_threads() -> None:
    assert Shares(2 * 10**9).threads(20) >= 16
    assert Shares(10**9).threads(1000) == 2
    assert Shares(512 << 20).threads(1000) == 1


def session(memory: int, columns: int) -> tuple[int, list[int]]:
    """Threads, and the sizes of batches, over a table of so many columns."""
    with Sessions(memory, None, None).alone(True, columns) as opened:
        (threads,) = opened.rows("SELECT current_setting('threads')")[0]
        listed = ", ".join(f"r AS c{n}" for n in range(columns))
        return int(str(threads)), sizes(opened, f"SELECT {listed} FROM range(30000) t(r)")


def sizes(opened: Session, query: str) -> list[int]:
    return [batch.num_rows for batch in opened.stream(query)]


def test_a_batch_holds_as_many_values_whatever_the_columns() -> None:
    threads, wide = session(512 << 20, 1000)
    assert threads == 1
    assert sum(wide) == 30_000
    assert max(wide) * 1000 <= BATCH * 100
    assert session(512 << 20, 10)[1] == [30_000]
