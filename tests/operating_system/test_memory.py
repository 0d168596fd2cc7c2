"""Memory has a limit on every system, by another call on each."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
from typing import Any

import pytest

from cable_tui.operating_system import memory
from tests.operating_system.systems import become, module

_TAKE = """
from cable_tui.operating_system import memory
memory.limit(1 << 30, 75)
try:
    bytearray(2 << 30)
except MemoryError:
    print("refused")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a limit of Linux")
def test_linux_refuses_more(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TAKE], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "refused\n"


class _Now(threading.Thread):
    """A thread that runs at once."""

    def start(self) -> None:
        self.run()


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    statuses: list[int] = []
    monkeypatch.setattr(threading, "Thread", _Now)
    monkeypatch.setattr("cable_tui.operating_system.memory.time.sleep", lambda _: None)
    monkeypatch.setattr(os, "_exit", statuses.append)
    return statuses


def test_macos_is_looked_at_from_time_to_time(
    monkeypatch: pytest.MonkeyPatch, ended: list[int]
) -> None:
    sizes = iter([0, 10, 50, 200])
    usage = module(getrusage=lambda _: module(ru_maxrss=next(sizes)), RUSAGE_SELF=0)
    become(monkeypatch, "darwin", resource=usage)
    memory.limit(100, 75)
    assert ended == [75]
    assert list(sizes) == []


def test_windows_is_looked_at_from_time_to_time(
    monkeypatch: pytest.MonkeyPatch, ended: list[int]
) -> None:
    sizes = iter([0, 10, 50, 200])

    class Ask:
        argtypes: tuple[object, ...] = ()

        def __call__(self, _process: int, counters: Any, size: int) -> int:
            # PROCESS_MEMORY_COUNTERS: two numbers of 32 bits, then sizes; the first is the peak.
            assert size == 8 + 8 * ctypes.sizeof(ctypes.c_size_t)
            counters._obj.peak = next(sizes)
            return 1

    class Current:
        restype: object = None

        def __call__(self) -> int:
            return -1

    kernel = module(GetCurrentProcess=Current(), K32GetProcessMemoryInfo=Ask())
    become(monkeypatch, "win32", resource=None)
    monkeypatch.setattr(ctypes, "windll", module(kernel32=kernel), raising=False)
    memory.limit(100, 75)
    assert ended == [75]
    assert list(sizes) == []


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_a_system_that_lacks_the_call_has_no_limit(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    become(monkeypatch, platform, resource=None)
    memory.limit(100, 75)


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_function_that_is_not_there_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    become(monkeypatch, platform)
    memory.call_c("no_function_of_any_library", 1)
