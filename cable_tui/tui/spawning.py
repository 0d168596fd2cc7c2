"""How the process that indexes is started: on the first start before anything else is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NICE = 10
"""How much the builder gives way to the room."""


def command(path: Path, cache: Path) -> list[str]:
    """What is run. `-P` keeps a folder of cables from being searched for Python modules."""
    return [
        *(sys.executable, "-P", "-m", "cable_tui"),
        *("index", str(path), "--progress", "--cache", str(cache)),
    ]


def spawn(argv: list[str]) -> subprocess.Popen[str]:
    """Start it, out of the way of the room. Raises `OSError`."""
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # the terminal's ^C is the room's business
    )
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
    return process


def early(path: Path, cache: Path) -> subprocess.Popen[str] | None:
    """The builder, where there is no cable to be shown before it has read some; None else.

    That it cannot be started is found out again where it can be said.
    """
    from cable_tui.archive.first import first

    lines, _ = first(path, cache, 1)
    if lines:
        return None
    try:
        return spawn(command(path, cache))
    except OSError:
        return None
