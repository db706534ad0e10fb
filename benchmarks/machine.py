"""What it was measured on, and of what."""

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import RIVALS, ROOT

_OURS = ("duckdb", "pyarrow", "pyiceberg", "sqlglot")
_RIVALS = ("dlt", "polars", "pyspark")


def machine() -> str:
    """Cores, memory, system, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return (
        f"{os.cpu_count()} cores ({_chip()}), {memory:.0f} GB of memory, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def packages() -> str:
    """Those that work, of ours and of the rivals."""
    ours = [f"{name} {version(name)}" for name in _OURS]
    return ", ".join([*ours, *_rivals()])


def commit() -> str:
    """The commit that lies here, and whether the program differs from it."""
    found = _git("rev-parse", "--short", "HEAD") or "unknown"
    return f"{found}, changed" if _git("status", "--porcelain", "--", "platform/src") else found


def _rivals() -> list[str]:
    if not RIVALS.exists():
        return []
    ask = f"from importlib.metadata import version as v; print(*[f'{{n}} {{v(n)}}' for n in {_RIVALS}], sep=', ')"
    told = subprocess.run([str(RIVALS), "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    return [told] if told else []


def _chip() -> str:
    try:
        named = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        named = None
    return named[1].strip() if named else platform.machine()


def _git(*words: str) -> str:
    told = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip() if told.returncode == 0 else ""
