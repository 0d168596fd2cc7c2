"""Memory has a limit on every system, by another call on each."""

from __future__ import annotations

import ctypes
import gc
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
def test_linux_refuses_more() -> None:
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


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    calls: list[tuple[str, int]] = []
    monkeypatch.setattr(memory, "call_c", lambda name, *values: calls.append((name, values[-1])))
    return calls


def test_memory_is_given_back_now_and_then(
    called: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([100.0, 101.0, 104.9, 105.0, 106.0])
    monkeypatch.setattr(memory, "_given", [0.0])
    monkeypatch.setattr("cable_tui.operating_system.memory.time.monotonic", lambda: next(clock))
    for _ in range(5):
        memory.give_back()
    assert called == [("malloc_trim", 0)] * 2


def test_threads_share_one_pool(called: list[tuple[str, int]]) -> None:
    memory.use_one_arena()
    assert called == [("mallopt", 1)]


def test_large_freed_blocks_are_kept_up_to_a_size(called: list[tuple[str, int]]) -> None:
    memory.keep_freed_memory()
    assert called == [("mallopt", 0), ("mallopt", 256 << 20)]


def _looks(monkeypatch: pytest.MonkeyPatch, seconds: list[tuple[str, float]]) -> list[float]:
    """When all was looked through, while at some seconds a key came or it was asked for."""
    now, looked = [0.0], list[float]()
    before = gc.get_threshold()
    monkeypatch.setattr("cable_tui.operating_system.memory.time.monotonic", lambda: now[0])
    monkeypatch.setattr(
        "cable_tui.operating_system.memory.gc.collect", lambda: looked.append(now[0])
    )
    tidier = memory.GarbageCollector()
    try:
        for what, now[0] in seconds:
            (tidier.touched if what == "key" else tidier.look)()
    finally:
        gc.set_threshold(*before)
    return looked


def test_it_is_looked_for_what_nobody_holds_when_the_reader_rests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = [("", 1.0), ("key", 1.5), ("", 1.8), ("key", 1.9), ("", 2.2)]
    assert _looks(monkeypatch, [*first, ("", 2.4), ("", 3.0), ("", 4.0)]) == [2.4]


def test_a_reader_who_does_nothing_is_looked_after_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _looks(monkeypatch, [("", 10.0 * at) for at in range(10)]) == [30, 60, 90]
