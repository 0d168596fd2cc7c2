"""What an export costs in each format, in one process and with two workers, in turns.

A child of this module runs the command and says at its end how much CPU its own process and its
workers took, because nothing outside can part the two. With two free processors, an export takes
at least the CPU of its own process, and at least half of all its CPU. Other work on the machine
changes this bound less than the clock.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import building
from benchmarks.table import MIB, BenchmarkFolders, Effort, table_heading, table_row

WORKERS = 2
BAR = 1.7
"""How many times as fast an export with workers is, at least."""
_WAIT = 0.1
"""Seconds between two looks at the memory."""


class Run(NamedTuple):
    """What one export cost."""

    seconds: float
    own: float
    """Seconds of CPU of the process that writes the file."""
    workers: float
    """Seconds of CPU of its workers."""
    memory: int
    """Bytes of anonymous memory, the most that all its processes had at once; 0 off Linux."""

    @property
    def cpu(self) -> float:
        """Seconds of CPU of all processes."""
        return self.own + self.workers

    @property
    def bound(self) -> float:
        """Seconds that it takes at least on two processors."""
        return max(self.own, self.cpu / WORKERS)


def pairs(archive: Path, home: Path, form: str, count: int) -> Iterator[tuple[Run, Run]]:
    """Export an archive several times, in turns without workers and with two."""
    for _ in range(count):
        yield _run(archive, home, form, 0), _run(archive, home, form, WORKERS)


def _run(archive: Path, home: Path, form: str, workers: int) -> Run:
    with tempfile.TemporaryDirectory(prefix="cable-tui-bench-") as folder:
        words = ["export", str(archive), "--format", form, "--no-index", "-o", f"{folder}/file"]
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks.exporting", str(workers), *words],
            env=building.environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            most, ended = [0], threading.Event()
            watch = threading.Thread(target=_watch, args=(process.pid, most, ended))
            watch.start()
            answer = process.communicate()[0]
            ended.set()
            watch.join()
        seconds, own, of_workers = json.loads(answer.splitlines()[-1])
        return Run(seconds, own, of_workers, most[0])


def _watch(pid: int, most: list[int], ended: threading.Event) -> None:
    while not ended.wait(_WAIT):
        most[0] = max(most[0], building.anonymous(pid))


def measured(workers: int, words: list[str]) -> None:
    """Run a command in this process with a number of workers, and print what it cost."""
    from cable_tui import cli
    from cable_tui.archive import export_parts

    parts_module: Any = export_parts
    parts_module.pool_size = lambda _: workers
    before = os.times()
    if cli.main(words):
        raise RuntimeError(f"{words}: the export failed")
    used = os.times()
    own = used.user + used.system - before.user - before.system
    of_workers = used.children_user + used.children_system
    print(json.dumps([used.elapsed - before.elapsed, own, of_workers]))


def exporting(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """Every list format: the median of some pairs."""
    from cable_tui.exports.lists import FORMATS

    yield from table_heading(
        f"Exports in one process and with {WORKERS} workers",
        "format", "s, one process", "s, workers", f"times as fast, bar {BAR}", "CPU, one process",
        "CPU, own and workers'", "times as fast at best", "MB, one process", "MB, workers",
    )  # fmt: skip
    for form in FORMATS:
        yield table_row(form, *_cells(list(pairs(places.dump, places.home, form, effort.pairs))))
    yield ""
    yield f"Load {os.getloadavg()[0]:.1f}, {effort.pairs} pairs."


def _cells(measured_pairs: list[tuple[Run, Run]]) -> Iterator[str]:
    def median(value: Callable[[Run, Run], float]) -> float:
        return statistics.median(value(*pair) for pair in measured_pairs)

    yield f"{median(lambda alone, _: alone.seconds):.2f}"
    yield f"{median(lambda _, shared: shared.seconds):.2f}"
    yield f"{median(lambda alone, shared: alone.seconds / shared.seconds):.2f}"
    yield f"{median(lambda alone, _: alone.cpu):.2f}"
    own = median(lambda _, shared: shared.own)
    of_workers = median(lambda _, shared: shared.workers)
    yield f"{own:.2f} + {of_workers:.2f}"
    yield f"{median(lambda alone, shared: alone.cpu / shared.bound):.2f}"
    yield f"{median(lambda alone, _: alone.memory) / MIB:.0f}"
    yield f"{median(lambda _, shared: shared.memory) / MIB:.0f}"


if __name__ == "__main__":
    measured(int(sys.argv[1]), sys.argv[2:])
