"""Processes beside this one, by the calls of each system."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from cable_tui.operating_system import processes
from tests.operating_system.systems import become, module


def test_a_process_apart_has_no_console_and_a_group_of_its_own_on_windows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert processes.apart() == processes.apart(quiet=True) == 0
    become(monkeypatch, "win32")
    # "Process Creation Flags" and "Scheduling Priorities" of Microsoft's documentation.
    assert processes.apart() == 0x08000200
    assert processes.apart(quiet=True) == 0x08004200


def test_a_process_that_has_ended_needs_not_give_way() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
        processes.give_way(process.pid, 10)


def test_a_system_without_priorities_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("setpriority", "nice"):
        monkeypatch.delattr(os, name)
    processes.give_way(os.getpid(), 10)
    processes.give_way_more(5)


def test_a_worker_of_windows_works_when_nobody_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    kernel = module(
        GetCurrentProcess=lambda: -1,
        SetPriorityClass=lambda process, priority: asked.append((process, priority)),
    )
    become(monkeypatch, "win32", ctypes=module(windll=module(kernel32=kernel)))
    processes.give_way_more(5)
    assert asked == [(-1, 0x40)]


def test_there_is_a_processor_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert processes.processors() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert processes.processors() == os.cpu_count()


class _Pipe:
    """The input of a process of Windows: what each look at it finds, and what is read."""

    def __init__(self, *found: int | OSError) -> None:
        self.found: Iterator[int | OSError] = iter(found)
        self.read: list[int] = []

    def peek(self, _handle: int, _size: int) -> tuple[int, int]:
        found = next(self.found)
        if isinstance(found, OSError):
            raise found
        return found, 0


def _wait_on_windows(monkeypatch: pytest.MonkeyPatch, pipe: _Pipe, content: bytes = b"") -> None:
    become(
        monkeypatch,
        "win32",
        msvcrt=module(get_osfhandle=lambda descriptor: descriptor),
        _winapi=module(PeekNamedPipe=pipe.peek),
    )

    def read(_descriptor: int, size: int) -> bytes:
        pipe.read.append(size)
        return content

    monkeypatch.setattr("cable_tui.operating_system.processes.time.sleep", lambda _: None)
    monkeypatch.setattr(os, "read", read)
    processes.wait_for_end_of_input()


def test_on_windows_nobody_waits_in_a_read_of_the_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    # Python's issue 78961: a process that has the same input would hang as it starts.
    pipe = _Pipe(0, 0, BrokenPipeError(32, "The pipe has been ended"))
    _wait_on_windows(monkeypatch, pipe)
    assert pipe.read == []


def test_what_comes_on_the_pipe_is_read_over(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = _Pipe(3, 0, BrokenPipeError(32, "The pipe has been ended"))
    _wait_on_windows(monkeypatch, pipe)
    assert pipe.read == [3]


def test_an_input_that_is_no_pipe_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = _Pipe(OSError(22, "Incorrect function"))
    _wait_on_windows(monkeypatch, pipe)
    assert pipe.read == [4096]


def test_an_input_that_is_closed_is_noticed() -> None:
    code = "from cable_tui.operating_system.processes import wait_for_end_of_input as w; w()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(b"x")
        process.stdin.close()
        assert process.wait(30) == 0


def test_a_process_is_there_until_it_has_ended_and_can_be_asked_to() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert processes.is_there(process.pid)
        processes.ask_to_end(process.pid)
        assert process.wait(30) != 0
    assert not processes.is_there(process.pid)
    processes.ask_to_end(process.pid)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize(
    ("soft", "hard", "wanted", "allowed"),
    [
        (64, 256, 128, 128),
        (64, 256, 1000, 256),
        (128, 128, 100, 128),
        (128, 128, 1000, 128),
    ],
)
def test_as_many_files_may_be_open_as_are_wanted_and_allowed(
    soft: int, hard: int, wanted: int, allowed: int
) -> None:
    code = f"""
import resource
from cable_tui.operating_system.processes import allow_open_files
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
print(allow_open_files({wanted}), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(allowed), str(allowed), str(hard)]


def test_windows_has_no_limit_of_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    become(monkeypatch, "win32")
    assert processes.allow_open_files(10_000) == 10_000


def test_a_process_of_windows_is_not_asked_whether_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    become(monkeypatch, "win32")
    monkeypatch.setattr(os, "kill", None)  # signal 0 is ^C there
    assert processes.is_there(os.getpid())


def test_a_container_is_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    here = processes.machine()
    assert here == processes.machine()
    monkeypatch.setattr(os, "readlink", lambda _: "pid:[1]")
    assert processes.machine() != here
    monkeypatch.delattr(os, "uname", raising=False)
    monkeypatch.setenv("COMPUTERNAME", "DESK")
    assert processes.machine() == "DESK pid:[1]"


class _Loop:
    """A loop as asyncio has it on Windows, where it takes no handlers of signals."""

    def __init__(self) -> None:
        self.called: list[object] = []

    def add_signal_handler(self, *_: object) -> None:
        raise NotImplementedError

    def call_soon_threadsafe(self, end: Any, status: int) -> None:
        end(status)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> dict[int, Any]:
    """The signals of Windows, and the handlers that are set."""
    handlers: dict[int, Any] = {}
    for name in ("SIGHUP", "SIGCONT"):
        monkeypatch.delattr(signal, name, raising=False)
    monkeypatch.setattr(signal, "SIGBREAK", 21, raising=False)
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    return handlers


def test_a_console_that_is_closed_ends_the_program_as_a_terminal_that_hangs_up(
    windows: dict[int, Any],
) -> None:
    assert processes.endings() == {signal.SIGTERM: 143, 21: 129}


def test_without_handlers_of_the_loop_the_system_calls_it(windows: dict[int, Any]) -> None:
    ended: list[int] = []
    loop: Any = _Loop()
    processes.on_ending(loop, ended.append)
    windows[21](21, None)
    assert ended == [129]


def test_a_system_without_stops_does_not_go_on(windows: dict[int, Any]) -> None:
    loop: Any = _Loop()
    processes.on_continue(loop, lambda: None)


def test_interrupt_is_for_the_other_program_and_then_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with processes.interrupt_for_others():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(("name", "status"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_an_ending_unwinds_the_program(name: str, status: int) -> None:
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip(f"no {name} here")
    # Where the tests themselves run under nohup, SIGHUP would be ignored, and stay so.
    given = signal.signal(number, signal.SIG_DFL)
    try:
        with pytest.raises(SystemExit) as raised, processes.endings_as_exit():
            signal.raise_signal(number)
        assert raised.value.code == status
        assert signal.getsignal(number) is signal.SIG_DFL
    finally:
        signal.signal(number, given)
