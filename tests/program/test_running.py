"""What is open is known by its lock: not by a number of a process, which others get."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cable_tui.base.errors import CacheError
from cable_tui.operating_system import files, processes
from cable_tui.program import running
from tests.operating_system.systems import become, module

ODD = "/home/ann/c\u00e2bles \U0001f4c1\n of\udcff bytes"
_OPEN = """
import sys
from pathlib import Path
from cable_tui.program import running
with running.entered(Path(sys.argv[1]), "room", sys.argv[2]):
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def elsewhere(folder: Path, about: str = "/cables") -> Iterator[subprocess.Popen[str]]:
    """A room in a process of its own, until its input is closed or it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _OPEN, str(folder), about],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process


def test_an_open_program_is_named_with_its_archive_and_its_process(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "running"
    assert running.look(folder) == running.Entered()
    assert not folder.exists()
    with elsewhere(folder, ODD) as process:
        (found,) = running.look(folder).running
        assert (found.kind, found.about) == ("room", ODD)
        assert found.process == process.pid
        assert found.is_here
        assert found.certain
        assert folder.stat().st_mode & 0o077 == 0
    assert running.look(folder) == running.Entered()


def test_a_program_that_was_killed_is_not_open_and_its_file_goes_with_the_next_start(
    tmp_path: Path,
) -> None:
    with elsewhere(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    found = running.look(tmp_path)
    assert found.running == ()
    assert len(found.left) == 1
    with running.entered(tmp_path, "server"):
        assert [each.kind for each in running.look(tmp_path).running] == ["server"]
        assert not found.left[0].exists()


def test_a_number_that_another_program_has_by_now_does_not_count(tmp_path: Path) -> None:
    left = tmp_path / f"{os.getpid()}-00000000.open"
    left.write_text(f" room\n{os.getpid()}\n{processes.machine()}\n/x")
    assert running.look(tmp_path) == running.Entered((), (left,))


def test_a_room_that_opens_another_archive_says_so(tmp_path: Path) -> None:
    running.moved_to(tmp_path / "none", "/x")
    assert not (tmp_path / "none").exists()
    with elsewhere(tmp_path, "/theirs"), running.entered(tmp_path, "room", "/a much longer path"):
        running.moved_to(tmp_path, "/b")
        assert {each.about for each in running.look(tmp_path).running} == {"/theirs", "/b"}


def test_nobody_enters_while_it_is_closed(tmp_path: Path) -> None:
    with (
        elsewhere(tmp_path) as process,
        running.closed(tmp_path) as found,
    ):
        assert [each.process for each in found.running] == [process.pid]
        with pytest.raises(CacheError, match="forget` is running"):
            running.entered(tmp_path, "room", patience=0.0).__enter__()


def test_who_waited_while_the_folder_was_removed_is_entered_in_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "running"
    alone = files.lock_alone
    removed: list[Path] = []

    @contextmanager
    def late(file: Path, seconds: float) -> Iterator[None]:
        with alone(file, seconds):
            if not removed:
                removed.append(file)
                files.remove_tree(folder)
            yield

    monkeypatch.setattr(files, "lock_alone", late)
    with running.entered(folder, "room"):
        assert len(running.look(folder).running) == 1


def test_a_folder_is_removed_when_nobody_is_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "running"
    with running.entered(folder, "room"):
        running.remove(folder)
        assert len(running.look(folder).running) == 1
    running.remove(folder)
    assert not folder.exists()
    # Where nothing can be written nobody is entered, and the room opens.
    (tmp_path / "file").write_text("")
    with running.entered(tmp_path / "file" / "running", "room"):
        assert running.look(tmp_path / "file" / "running") == running.Entered()


@pytest.mark.parametrize(
    "content",
    [b"", b" ", b" room", b" room\n12\nvm", b" room\ntwelve\nvm\n/x", b"\xff\xfe\n\n\n\n"],
)
def test_a_file_that_cannot_be_read_is_an_open_program_while_it_is_locked(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "1-1.open"
    file.write_bytes(content)
    with files.lock_alone(file, 0):
        (found,) = running.look(tmp_path).running
        assert (found.kind, found.process, found.is_here) == ("program", 0, False)


def test_on_a_disk_without_locks_the_process_decides_and_nobody_is_certain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(files, "take_lock", none)
    with running.entered(tmp_path, "room", "/cables"):
        (found,) = running.look(tmp_path).running
        assert (found.process, found.certain) == (os.getpid(), False)
        monkeypatch.setattr(processes, "is_there", lambda process: process != os.getpid())
        assert running.look(tmp_path).running == ()


def test_windows_locks_the_first_byte_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[tuple[int, int]] = []

    def locking(descriptor: int, _mode: int, size: int) -> None:
        # As `_locking`: from where the file is now, and another process may not have it.
        at = os.lseek(descriptor, 0, os.SEEK_CUR)
        inode = os.fstat(descriptor).st_ino
        if at == 0 and (inode, 0) in held and not gates(descriptor):
            raise PermissionError(13, "Permission denied")
        held.append((inode, at))
        assert size == 1

    def gates(descriptor: int) -> bool:
        return os.fstat(descriptor).st_ino == (tmp_path / running.GATE).stat().st_ino

    become(monkeypatch, "win32", msvcrt=module(locking=locking, LK_NBLCK=2))
    monkeypatch.setattr(os, "kill", None)
    with running.entered(tmp_path, "server", "/cables"):
        (file,) = tmp_path.glob("*.open")
        assert (file.stat().st_ino, 0) in held
        assert file.read_bytes()[:1] == b"\0"
        (found,) = running.look(tmp_path).running
        assert (found.kind, found.about) == ("server", "/cables")
