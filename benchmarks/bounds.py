"""What inputs cost that are as large, or as odd, as the program takes; time and most memory.

Each is a command in a process of its own, on the forty cables of the demo.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.table import MIB, Effort, table_heading, table_row
from cable_tui import demo

MEMORY = 500
"""MB at most."""
_WHOLE_SECONDS = 300
"""Of a newsroom, from which a run is no quick one."""
Inputs = Callable[[Path, float], Iterator[tuple[str, ...]]]
"""A name, and the words of a command line, of each input, which is written into a folder that has
the cables in `demo`; with a part below 1 they are that much smaller."""


class Cost(NamedTuple):
    """A command that was run."""

    what: str
    status: int
    seconds: float
    memory: int
    """Bytes at most; no fewer than this process has, which the system counts in."""


def bounds_of(title: str, inputs: Inputs, effort: Effort) -> Iterator[str]:
    """Return the table of what inputs cost."""
    columns = ("what", "exit status", "seconds", "MB of memory", "bar")
    yield from table_heading(title, *columns)
    part = 1.0 if effort.seconds >= _WHOLE_SECONDS else 0.05
    for each in _costs(inputs, part):
        memory = f"{each.memory / MIB:,.0f}"
        yield table_row(each.what, str(each.status), f"{each.seconds:.1f}", memory, str(MEMORY))


def _costs(inputs: Inputs, part: float) -> Iterator[Cost]:
    with tempfile.TemporaryDirectory(prefix="cable-tui-bounds-") as made:
        folder = Path(made)
        demo.write(folder / "demo")
        _run(folder, "index", "index", str(folder / "demo"))
        for what, *words in inputs(folder, part):
            yield _run(folder, what, *words)


def bookmarks_and_settings(folder: Path, part: float) -> Iterator[tuple[str, ...]]:
    """The largest bookmarks and settings that are taken."""
    count = int(100_000 * part)
    marks = folder / "lists.json"
    marks.write_text(json.dumps(_marks(count)))
    yield f"bookmarks import, {count:,} lists", "bookmarks", "import", str(marks)
    settings = folder / "dots.toml"
    lines = (".".join([f"k{i}", *"a" * 49]) for i in range(int(9_000 * part)))
    settings.write_text("".join(f"{each} = 1\n" for each in lines))
    yield "paths, 1 MB of settings with 49 dots a line", "paths", "--config", str(settings)
    settings = folder / "deep.toml"
    settings.write_text("x = " + "[" * int(1_000_000 * part))
    yield "paths, settings with arrays in arrays", "paths", "--config", str(settings)
    yield "paths, settings without an end", "paths", "--config", "/dev/zero"


def _marks(count: int) -> dict[str, object]:
    marks = [
        {"uid": f"{i:016x}", "ref": f"09RABAT{i}", "created": "2026-01-01T00:00:00Z"}
        for i in range(1, 101)
    ]
    lists = [{"name": f"list {i}", "marks": [f"{i % 100 + 1:016x}"]} for i in range(count)]
    return {"format": "cable-tui marks", "version": 1, "marks": marks, "lists": lists}


def _run(folder: Path, what: str, *words: str) -> Cost:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "cable_tui", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "CABLE_TUI_HOME": str(folder / "home")},
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    return Cost(what, process.returncode, seconds, used.ru_maxrss << 10)
