"""How fast an archive is taken in: the real program, a fresh cache, its own progress reports."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

PASSES = ("facts", "grammar", "text", "echoes")
COLUMNS = (*PASSES[:-1], "sentences")
"""The headings of the passes in tables."""
"""As the progress reports name them; the last compares sentences."""
_COMPLETE = "complete"
"""A file in the home of an archive whose whole index was built."""
_CSV = """
import csv, sys
csv.field_size_limit(1 << 30)
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.reader(file, escapechar="\\\\", doublequote=False):
        pass
"""


@dataclass(slots=True)
class Build:
    """One run of `cable-tui index` from nothing, in seconds since the program's start."""

    cables: int = 0
    first: float = 0.0
    """When the first report said that there are cables to browse."""
    finished: dict[str, float] = field(default_factory=dict)
    """When each pass was done."""
    wall: float = 0.0
    cpu: float = 0.0
    """User and system, over all its processes."""
    cache_bytes: int = 0
    facts_cpu: float = 0.0
    """User and system until the pass over the facts was done."""
    memory: int = 0
    """Bytes of anonymous memory, the most that all its processes had at once; 0 off Linux."""

    def done(self, stage: str) -> float:
        """When a pass was done: one without a report, with the one before it."""
        earlier = PASSES[: PASSES.index(stage) + 1]
        return max((self.finished[each] for each in earlier if each in self.finished), default=0.0)


def environment(home: Path) -> dict[str, str]:
    """The environment of a program that keeps everything below `home`."""
    return {**os.environ, "CABLE_TUI_HOME": str(home)}


class Kill(NamedTuple):
    """The moment at which the program is killed."""

    stage: str
    share: float
    """Of the cables of this pass."""


def is_complete(home: Path) -> bool:
    """Whether the last build below `home` reached its end."""
    return (home / _COMPLETE).exists()


def build(archive: Path, home: Path, kill: Kill | None = None) -> Build:
    """Index `archive` below `home`, and continue there if the last run was killed.

    A program that is killed takes its workers with it; their seconds count as last seen.
    """
    command = [sys.executable, "-m", "cable_tui", "index", str(archive), "--progress"]
    result = Build()
    before = os.times()
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        stage = "walk"
        for line in process.stdout:
            report = json.loads(line)
            if report["stage"] != stage:
                result.finished.setdefault(stage, time.perf_counter() - started)
                stage = report["stage"]
            elif stage == "facts" and report["done"] == report["total"]:
                result.finished[stage] = time.perf_counter() - started
                result.facts_cpu = _cpu(process.pid)
            result.cables = report["cables"]
            if result.cables and not result.first:
                result.first = time.perf_counter() - started
            result.memory = max(result.memory, anonymous(process.pid))
            if kill and stage == kill.stage and report["done"] >= kill.share * report["total"] > 0:
                result.cpu = _cpu(process.pid)
                process.kill()
                break
    result.wall = time.perf_counter() - started
    after = os.times()
    if not kill:
        result.cpu = (
            after.children_user
            - before.children_user
            + after.children_system
            - before.children_system
        )
        home.mkdir(parents=True, exist_ok=True)
        (home / _COMPLETE).touch()
    result.cache_bytes = sum(f.stat().st_size for f in home.rglob("*") if f.is_file())
    return result


def size(archive: Path) -> int:
    """Bytes of the user's own files."""
    files = archive.rglob("*") if archive.is_dir() else (archive,)
    return sum(file.stat().st_size for file in files if file.is_file())


def csv_cpu(dump: Path) -> float:
    """CPU seconds that a program takes to read every row of the dump with Python's csv module."""
    before = os.times()
    subprocess.run([sys.executable, "-c", _CSV, str(dump)], check=True)
    after = os.times()
    return (
        after.children_user - before.children_user + after.children_system - before.children_system
    )


def anonymous(pid: int) -> int:
    """RssAnon of a process and its children, in bytes, from /proc; 0 off Linux."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"^RssAnon:\s*(\d+) kB", status, re.MULTILINE)
    return (int(found[1]) << 10 if found else 0) + sum(map(anonymous, _children(pid)))


def _children(pid: int) -> list[int]:
    """Of all its threads: a worker belongs to the thread that started it."""
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, file.read_text(encoding="ascii").split())
    return found


def _cpu(pid: int) -> float:
    """User and system seconds of a process and its children, those that have ended too."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    ticks = sum(map(int, text.rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK") + sum(map(_cpu, _children(pid)))
