"""How fast an archive is taken in: the real program, a fresh cache, its own progress reports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Build:
    """One run of `cable-tui index` from nothing, in seconds since the program's start."""

    cables: int = 0
    finished: dict[str, float] = field(default_factory=dict)
    """When each pass was done: facts, grammar, text."""
    wall: float = 0.0
    cpu: float = 0.0
    """User and system, over all its processes."""
    cache_bytes: int = 0


def environment(home: Path) -> dict[str, str]:
    """The environment of a program that keeps everything below `home`."""
    return {**os.environ, "CABLE_TUI_HOME": str(home)}


def build(archive: Path, home: Path) -> Build:
    """Index `archive` with an empty cache below `home`."""
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
                result.finished[stage] = time.perf_counter() - started
                stage = report["stage"]
            result.cables = report["cables"]
    result.wall = time.perf_counter() - started
    after = os.times()
    result.cpu = (
        after.children_user - before.children_user + after.children_system - before.children_system
    )
    result.cache_bytes = sum(f.stat().st_size for f in home.rglob("*") if f.is_file())
    return result
