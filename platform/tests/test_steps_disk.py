"""The disk is full at some step of a run: the message says so, readers see what they saw, the next run succeeds.

On a small disk of its own where mounting is allowed, and everywhere by a limit that the system puts on this process."""

import resource
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.lake import runs
from lakemesh.steps.world import World
from steps_processes import CONTEXT
from steps_world import PRODUCT, Shop

ORDERS = "description: Orders.\nfrom: in/*.csv\nwrite: merge\nkey: [id]\nmax_bad: 90 %\n"
ORDERS += "columns:\n  id: int\n  said: string\n"
SIZE = 24 << 20
STEPS = ("run record", "write", "manifests", "metadata", "SQLite", "ledger", "last record")
UNTOLD = ("last record",)
"""What fills the disk after the publish: the run went well, and only its record lags behind."""


def mounts() -> bool:
    """Whether this user may mount a small disk."""
    with suppress(OSError):
        tried = ["unshare", "--mount", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"]
        return subprocess.run(tried, capture_output=True).returncode == 0
    return False


# Where mounting is not allowed there is one way only, and the names of the tests say which.
WAYS = ("a small disk", "a limit") if mounts() else ("a limit",)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> None:
    """Not a byte is left on the disk of this folder."""
    with suppress(OSError), open(folder / "ballast", "ab", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)


def limit() -> None:
    """From now on, each file that this process makes larger is refused, by the system itself."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def a_shop(root: Path) -> Shop:
    shop = Shop(root)
    shop.ingest("orders", ORDERS)
    shop.land("shop/orders/in/0.csv", "id,said\n1,a\n2,b\nx,c\n")
    shop.run()
    rows = "".join(f"{n},{'y' * 50}{n * n}\n" for n in range(3, 2000))
    shop.land("shop/orders/in/1.csv", "id,said\nz,d\n" + rows)
    return shop


def before(world: World, step: str, full: Callable[[], None]) -> None:
    """The disk is full from that step of the run on."""
    lake = world.lake
    holder, name = {
        "run record": (lake.store, "write"),
        "write": (world.engine, "write"),
        "manifests": (lake, "commit"),
        "metadata": (lake._catalog, "_write_metadata"),
        "SQLite": (lake._catalog, "_write_metadata"),
        "ledger": (lake.store, "write"),
        "last record": (lake.store, "write"),
    }[step]
    act = getattr(holder, name)
    wanted = {"run record": ("_runs/", b"running"), "ledger": ("_ledger/", b""), "last record": ("_runs/", b"done")}

    def watched(*args, **words):  # type: ignore[no-untyped-def]
        if step == "SQLite":
            # The metadata is written, and what names it is not.
            act(*args, **words)
            full()
            return None
        folder, said = wanted.get(step, ("", b""))
        if step not in wanted or (args[0].startswith(folder) and said in args[1]):
            full()
        return act(*args, **words)

    setattr(holder, name, watched)


def told(shop: Shop, step: str, full: Callable[[], None]) -> tuple[str, str]:
    """How the run ended, and what it said."""
    world = shop.world()
    before(world, step, full)
    try:
        ran = shop.run(world)
    except Mistakes as mistakes:
        return "raised", str(mistakes)
    return ran.state, ran.tables[0].note + "".join(str(event) for event in shop.told)


def run_into_a_limit(root: str, step: str) -> None:
    """In a process of its own, whose limit is nobody else's."""
    state, said = told(Shop(Path(root)), step, limit)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    Path(root, "told").write_text(f"{state}\n{said}")


def judge(shop: Shop, step: str, state: str, said: str) -> None:
    """What holds while the disk is full."""
    name = TableName("shop", "orders")
    if step in UNTOLD:
        assert state == "done", said
        assert "could not be written" in said
        assert len(shop.rows("orders")) == 1999
        return
    assert state in ("raised", "failed"), said
    assert "→ " in said
    assert any(word in said for word in ("no room left", "may write", "takes no more")), said
    assert "what was published stays as it was" in said
    lake = shop.lake()
    head = lake.head(name)
    assert head is not None
    assert shop.rows("orders", "id", lake) == [(1,), (2,)]
    assert set(lake.ledger(head).files) == {"shop/orders/in/0.csv"}


def judge_after(shop: Shop) -> None:
    """What holds once there is room again, and the product was run."""
    assert shop.run().state == "done"
    assert len(shop.rows("orders")) == 1999
    aside = [("shop/orders/in/0.csv", 4), ("shop/orders/in/1.csv", 2)]
    assert shop.rows("orders__quarantine", "_source_file, _source_line") == aside
    lake = shop.lake()
    assert [table for table in lake.tables() if lake.branches(table)] == []
    assert [run.id for run in runs.runs(lake.store, PRODUCT) if run.state == "running"] == []
    assert all(turn.accounts.balanced for run in runs.runs(lake.store, PRODUCT) for turn in run.tables)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("way", WAYS)
def test_a_disk_that_is_full_at_any_step_costs_nothing(
    tmp_path: Path, way: str, step: str, request: pytest.FixtureRequest
) -> None:
    if way == "a small disk":
        folder: Path = request.getfixturevalue("small_disk")
        shop = a_shop(folder)
        state, said = told(shop, step, lambda: fill(folder))
        (folder / "ballast").unlink()
    else:
        shop = a_shop(tmp_path)
        child = CONTEXT.Process(target=run_into_a_limit, args=(str(tmp_path), step))
        child.start()
        child.join(120)
        assert child.exitcode == 0
        state, _, said = (tmp_path / "told").read_text().partition("\n")
    judge(shop, step, state, said)
    judge_after(shop)
