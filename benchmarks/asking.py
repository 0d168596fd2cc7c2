"""A command that is run once, in a process of its own, and what that cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command answered and cost."""

    answer: Any
    """Its JSON; None where it printed none."""
    status: int
    seconds: float
    cpu: float
    memory: int
    """Bytes of resident memory at most, mapped files counted."""


def asked(home: Path, *arguments: str) -> Asked:
    """Run `cable-tui` with arguments and the caches below `home`."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "cable_tui", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "CABLE_TUI_HOME": str(home)},
    ) as process:
        assert process.stdout is not None
        answer = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Asked(
        json.loads(answer) if answer.startswith(b"{") else None,
        process.returncode,
        time.perf_counter() - began,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss * 1024,
    )
