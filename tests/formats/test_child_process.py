"""A process that answers: it is killed when it is late, and ends with the one that asks."""

from __future__ import annotations

import os
import select
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.formats import child_process
from cable_tui.formats.child_process import Child, NoAnswer, current_patience, end_all, patience
from cable_tui.operating_system import confinement

ECHO = "from cable_tui.formats.child_answers import answer_requests as a; a(lambda data: data * 2)"
HANGS = (
    "import time; from cable_tui.formats.child_answers import answer_requests as a\n"
    "a(lambda data: time.sleep(600) if data == b'hang' else data)"
)
"""Hangs if it is asked to."""
ENDS = (
    "import os; from cable_tui.formats.child_answers import answer_requests as a\n"
    "a(lambda data: os._exit(75))"
)

TAKES = """
from cable_tui.formats.child_answers import answer_requests
def take(data):
    try:
        bytearray(int(data))
    except MemoryError:
        return b"refused"
    return b"had"
answer_requests(take)
"""
"""Takes as many bytes as it is asked to."""


def program(source: str) -> tuple[str, ...]:
    return (sys.executable, "-c", source)


@pytest.fixture
def hangs() -> Iterator[Child]:
    made = Child(program(HANGS))
    yield made
    made.close()


def test_one_process_answers_every_request() -> None:
    child = Child(program(ECHO))
    big = b"x" * (3 << 20)
    assert [child.ask(each, 60) for each in (b"a", b"", big)] == [b"aa", b"", big * 2]
    assert child.started == 1
    child.close()


def test_what_takes_too_long_is_killed_and_the_next_request_is_answered(hangs: Child) -> None:
    with pytest.raises(NoAnswer) as raised:
        hangs.ask(b"hang", 0.2)
    assert raised.value.late
    assert raised.value.seconds >= 0.2
    assert hangs.ask(b"a", 60) == b"a"
    assert hangs.started == 2


def test_whoever_has_little_patience_waits_no_longer(hangs: Child) -> None:
    with patience(0.1), pytest.raises(NoAnswer) as raised:
        hangs.ask(b"hang", 60)
    assert raised.value.late
    assert current_patience().longest == float("inf")


def test_a_process_that_ends_is_no_answer() -> None:
    child = Child(program(ENDS))
    with pytest.raises(NoAnswer) as raised:
        child.ask(b"x" * (1 << 20), 60)
    assert not raised.value.late
    assert str(raised.value) == ""


def test_a_process_that_is_gone_is_started_again(hangs: Child) -> None:
    assert hangs.ask(b"a", 60) == b"a"
    assert hangs._process
    hangs._process.kill()
    hangs._process.wait()
    assert hangs.ask(b"b", 60) == b"b"


def test_a_process_that_cannot_be_started_says_so() -> None:
    with pytest.raises(NoAnswer, match="does not start"):
        Child(("/nowhere/python",)).ask(b"", 60)


def test_a_process_that_ends_as_it_starts_says_so() -> None:
    with pytest.raises(NoAnswer, match="does not start: it exits"):
        Child(program("")).ask(b"", 60)


def test_a_slow_start_is_no_fault_of_the_request() -> None:
    child = Child(program(f"import time; time.sleep(0.5)\n{ECHO}"))
    with patience(0.4):
        assert child.ask(b"a", 60) == b"aa"
    child.close()


def test_all_processes_can_be_ended_while_they_are_waited_for(hangs: Child) -> None:
    assert hangs.ask(b"a", 60) == b"a"
    done: list[NoAnswer] = []

    def waits() -> None:
        with pytest.raises(NoAnswer) as raised:
            hangs.ask(b"hang", 600)
        done.append(raised.value)

    waiting = threading.Thread(target=waits)
    waiting.start()
    while waiting.is_alive():
        end_all()
        waiting.join(0.1)
    assert [none.late for none in done] == [False]


@pytest.mark.skipif(sys.platform != "linux", reason="macOS and Windows look from time to time")
def test_a_process_may_have_a_gibibyte() -> None:
    """The promise of SECURITY.md, of each process that reads files for another one."""
    child = Child(program(TAKES))
    assert [child.ask(str(size).encode(), 60) for size in (1 << 28, 1 << 30)] == [
        b"had",
        b"refused",
    ]
    child.close()


def test_an_answer_beyond_all_measure_is_none() -> None:
    child = Child(program(ECHO))
    child.most_answer = 10
    with pytest.raises(NoAnswer):
        child.ask(b"x" * 6, 60)
    assert child.ask(b"x" * 5, 60) == b"x" * 10
    child.close()


def test_a_request_that_is_broken_off_leaves_no_answer_for_the_next(
    hangs: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(child_process, "_exchange", interrupted)
        with pytest.raises(KeyboardInterrupt):
            hangs.ask(b"a", 60)
    assert hangs.ask(b"b", 60) == b"b"
    assert hangs.started == 2


ASKS = """
import sys
from cable_tui.formats.child_process import Child, command
from cable_tui.formats.tables.sqlite_reader import COMMAND
import json
child = Child(COMMAND)
child.hand(sys.argv[1], "")
child.ask(json.dumps({"open": sys.argv[1]}).encode(), 60)
print(child._process.pid, flush=True)
most = "printf('%.*c', 15000000, 'a')"
sql = f"SELECT instr({most}, printf('%.*c', 7000000, 'a') || 'b')"
child.ask(json.dumps({"ask": sql, "values": []}).encode(), 600)
"""
"""Asks for what takes an hour in one call of C."""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for a process as Linux does")
def test_a_process_in_a_call_without_end_ends_when_the_one_that_asks_is_killed(
    tmp_path: Path,
) -> None:
    """The end of a pipe is seen only by who reads it: a thread of it does."""
    made = tmp_path / "made.db"
    with closing(sqlite3.connect(made)) as db:
        db.execute("CREATE TABLE cable (refid, body)")
    with subprocess.Popen(
        [sys.executable, "-c", ASKS, str(made)], stdout=subprocess.PIPE
    ) as asking:
        assert asking.stdout
        child = os.pidfd_open(int(asking.stdout.readline()))
        try:
            assert select.select([child], [], [], 0.3)[0] == []  # it is at work
            asking.send_signal(signal.SIGKILL)
            assert select.select([child], [], [], 60)[0] == [child]
        finally:
            os.close(child)


TRIES = """
import socket
from cable_tui.formats.child_answers import answer_requests
def answer(asked):
    try:
        open(asked.decode()).close() if asked else socket.socket().close()
    except PermissionError:
        return b"refused"
    return b"allowed"
answer_requests(answer)
"""


def test_a_process_opens_no_file_but_the_one_that_it_was_handed_and_no_socket(
    tmp_path: Path,
) -> None:
    able = confinement.possible()
    if not (able.files or able.network):
        pytest.skip("this kernel has neither Landlock nor seccomp")
    one, other = tmp_path / "one", tmp_path / "other"
    one.touch()
    other.touch()
    with closing(Child(program(TRIES))) as child:
        asked = [bytes(one), bytes(other), b""]
        of_files = [b"refused" if able.files else b"allowed"] * 2
        of_sockets = [b"refused" if able.network else b"allowed"]
        assert [child.ask(each, 60) for each in asked] == [*of_files, *of_sockets]
        child.hand(str(one), "")
        assert [child.ask(each, 60) for each in asked] == [b"allowed", of_files[1], *of_sockets]
        child.hand(str(one), "")
        assert child.started == 2
