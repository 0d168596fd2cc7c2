"""What it costs to find who is named in cables: the command over a dump, for a query and for all.

Nothing of it is in the cache: the texts of the cables are read each time, by one process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

QUERIES = ("origin:rabat date:2006", "origin:rabat", "")
"""From few cables to all."""


class Cost(NamedTuple):
    """What one question cost."""

    query: str
    cables: int
    seconds: float
    cpu: float
    memory: int
    """Bytes at most."""
    people: int


def costs(dump: Path, home: Path) -> Iterator[Cost]:
    """Each question, asked once; the cache of the dump is in `home`."""
    for query in QUERIES:
        argv = [sys.executable, "-m", "cable_tui", "people", str(dump), *query.split()]
        began = time.perf_counter()
        with subprocess.Popen(
            [*argv, "--json", "--no-index", "--with-protected"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "CABLE_TUI_HOME": str(home)},
        ) as process:
            assert process.stdout is not None
            answer = json.loads(process.stdout.read())
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        yield Cost(
            query or "all",
            answer["cables"],
            seconds,
            used.ru_utime + used.ru_stime,
            used.ru_maxrss * 1024,
            len(answer["people"]),
        )
