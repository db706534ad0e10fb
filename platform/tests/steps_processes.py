"""What tests let other processes do to a product: runs that take its lock, and one that stands still in the middle."""

import ctypes
import multiprocessing
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

# The process that all others are forked from finds these modules by this, and by nothing else.
os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)

import lake_processes  # noqa: F401
from lakemesh.cli.app import main
from lakemesh.events import Event, Waiting
from lakemesh.steps.maintain import maintain
from steps_world import Shop

CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["lake_processes", "steps_processes"])


def run_many(root: str, worker: int, turns: int) -> None:
    """Lands one file and runs the product, turn after turn; each run takes the product's lock."""
    shop = Shop(Path(root))
    world = shop.world()
    for turn in range(turns):
        shop.land(f"shop/orders/in/{worker}-{turn}.csv", f"id\n{worker * 1000 + turn}\n")
        ran = shop.run(world)
        assert ran.state == "done", ran


def maintain_many(root: str, turns: int) -> None:
    """Maintains the whole lake, turn after turn, as ten days later: small files are joined, and what is old goes."""
    world = Shop(Path(root)).world()
    later = replace(world, clock=lambda: datetime.now(UTC) + timedelta(days=10))
    for _ in range(turns):
        maintain(later, None, False, lambda _: None)


def run_in_step(root: str, name: str, slow: bool) -> None:
    """One run; `slow`: it stands still before it writes, until it is told to go on. What it met lies in files."""
    shop = Shop(Path(root))

    def tell(event: Event) -> None:
        if isinstance(event, Waiting):
            Path(root, f"{name} waits").write_text(event.holder)

    world = shop.world()
    write = world.engine.write

    def slowly(*said):  # type: ignore[no-untyped-def]
        Path(root, f"{name} writes").touch()
        until(Path(root, "go on"))
        return write(*said)

    if slow:
        world.engine.write = slowly  # type: ignore[method-assign]
    ran = shop.run(world, tell)
    Path(root, f"{name} ran").write_text(f"{ran.id} {ran.state} {sum(turn.accounts.inserted for turn in ran.tables)}")


def until(file: Path) -> None:
    """Waits for a file; a minute and a half is too long."""
    for _ in range(9000):
        if file.exists():
            return
        sleep(0.01)
    raise AssertionError(f"{file.name} never came")


def ended(arguments: list[str], told: str) -> None:
    """One command of the command line, as its process would end, without root's leave to open every door. What it
    prints goes into a file."""
    with open(told, "w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    give_up(CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)
    main(arguments)


def give_up(*capabilities: int) -> None:
    """This process has these capabilities of root no longer; whoever is not root never had them."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, sets) == 0, os.strerror(ctypes.get_errno())
    for capability in capabilities:
        sets[0] &= ~(1 << capability)
    assert libc.capset(header, sets) == 0, os.strerror(ctypes.get_errno())
