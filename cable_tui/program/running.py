"""What is open: rooms, servers and followers, each with a locked file that names it.

`forget` asks it, because an open program would write the removed files again. The system releases
the lock when its holder dies, so files of killed programs are recognised: the number of a process
alone may be another program's by then. A second file, the gate, is locked while somebody enters or
looks: nobody enters unseen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from cable_tui.base.errors import CacheError
from cable_tui.base.value import Value
from cable_tui.operating_system import files, processes
from cable_tui.program.settings import private_folder

NAME = "running"
"""The name of a folder in which programs are entered."""
GATE = "gate"
"""The file that is locked while somebody enters or looks."""
_ENDING = ".open"
_PATIENCE = 10.0
"""Seconds to wait for another program at the gate."""
_TRIES = 3
_LARGEST = 64 << 10
"""The most bytes of a file that are read."""
_ENTERING = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Running(Value):
    """An open program."""

    kind: str
    """Kind: `room`, `visitor`, `server` or `follower`; or words for a temporary folder."""
    about: str
    """The path of its archive, or where a follower exchanges; empty if it has neither."""
    process: int
    machine: str
    """Name of the machine as in `processes.machine`."""
    certain: bool = True
    """Whether it is certain; without locks its process number may be another program's."""

    @property
    def is_here(self) -> bool:
        """Whether its process is on this machine."""
        return self.machine == processes.machine()


class Entered(Value):
    """The open programs of a folder."""

    running: tuple[Running, ...] = ()
    left: tuple[Path, ...] = ()
    """Files of programs that were killed."""


def folder_of(state: Path) -> Path:
    """Return the folder in which the programs of a reader are entered."""
    return state / NAME


@contextmanager
def entered(
    folder: Path, kind: str, about: str = "", *, stays: bool = False, patience: float = _PATIENCE
) -> Iterator[None]:
    """Be one of the open programs for the time of the block.

    A folder that cannot be written to gets no entry: nothing can be written back there. If it
    `stays`, the file is left, unlocked. Raises `CacheError` if `forget` is at work.
    """
    with ExitStack() as stack:
        try:
            lock_file = stack.enter_context(_entered(folder, kind, about, patience))
        except files.LockHeldError as error:
            raise CacheError("`cable-tui forget` is running; try again when it is done") from error
        except OSError:
            lock_file = None
        yield
    if lock_file is not None and not stays:
        with suppress(OSError):  # it goes with the next look
            lock_file.unlink(missing_ok=True)


@contextmanager
def _entered(folder: Path, kind: str, about: str, patience: float) -> Iterator[Path]:
    file = folder / f"{os.getpid()}-{os.urandom(4).hex()}{_ENDING}"
    for tries_left in reversed(range(_TRIES)):
        try:
            with files.lock_alone(private_folder(folder) / GATE, patience):
                for entry_left in _look(folder).left:
                    entry_left.unlink(missing_ok=True)
                descriptor = os.open(file, _ENTERING | os.O_CREAT | os.O_EXCL, 0o600)
                with suppress(OSError):  # a disk without locks
                    files.take_lock(descriptor)
                _write(descriptor, Running(kind, about, os.getpid(), processes.machine()))
            break
        except FileNotFoundError:  # `forget` has removed the folder while this waited at its gate
            if not tries_left:
                raise
    try:
        yield file
    finally:
        os.close(descriptor)


def moved_to(folder: Path, about: str) -> None:
    """Change the path of this process's entry, if it has one."""
    with suppress(OSError):
        if not folder.is_dir():
            return
        with files.lock_alone(folder / GATE, _PATIENCE):
            for file in folder.glob(f"{os.getpid()}-*{_ENDING}"):
                known_program = _read(file)
                if known_program is not None and known_program.is_here:
                    descriptor = os.open(file, _ENTERING)
                    try:
                        _write(
                            descriptor,
                            Running(
                                known_program.kind,
                                about,
                                known_program.process,
                                known_program.machine,
                            ),
                        )
                    finally:
                        os.close(descriptor)


def look(folder: Path) -> Entered:
    """Return the entries of a folder. Files of killed programs stay. Raises `OSError`."""
    if not folder.is_dir():
        return Entered()
    with files.lock_alone(folder / GATE, _PATIENCE):
        return _look(folder)


@contextmanager
def closed(folder: Path) -> Iterator[Entered]:
    """Yield the entries of a folder; no other program enters while the block runs.

    Raises `OSError`.
    """
    with files.lock_alone(private_folder(folder) / GATE, _PATIENCE):
        entered_programs = _look(folder)
        for entry in entered_programs.left:
            entry.unlink(missing_ok=True)
        yield Entered(entered_programs.running)


def remove(folder: Path) -> None:
    """Remove the folder, unless a program is entered."""
    with suppress(OSError):
        if not list(folder.glob(f"*{_ENDING}")):
            (folder / GATE).unlink(missing_ok=True)
            folder.rmdir()


def _look(folder: Path) -> Entered:
    running_programs, left_files = [], []
    for file in sorted(folder.glob(f"*{_ENDING}")):
        try:
            descriptor = os.open(file, _ENTERING)
        except OSError:  # it went, or is another user's
            continue
        certain = True
        try:
            files.take_lock(descriptor)
        except files.LockHeldError:
            known_program = _read(file)
        except OSError:
            known_program, certain = _read(file), False
        else:
            left_files.append(file)
            continue
        finally:
            os.close(descriptor)
        if known_program is None:
            known_program = Running("program", "", 0, "")
        if not certain and known_program.is_here and not processes.is_there(known_program.process):
            left_files.append(file)
            continue
        running_programs.append(
            Running(
                known_program.kind,
                known_program.about,
                known_program.process,
                known_program.machine,
                certain,
            )
        )
    return Entered(tuple(running_programs), tuple(left_files))


def _write(descriptor: int, what: Running) -> None:
    """Write after the first byte, which is locked."""
    text = "\n".join((what.kind, str(what.process), what.machine, what.about))
    os.lseek(descriptor, 1, os.SEEK_SET)
    os.write(descriptor, text.encode("utf-8", "surrogateescape"))
    os.ftruncate(descriptor, os.lseek(descriptor, 0, os.SEEK_CUR))


def _read(file: Path) -> Running | None:
    """Return the content of a file; None if it cannot be understood."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            os.lseek(descriptor, 1, os.SEEK_SET)
            text = os.read(descriptor, _LARGEST).decode("utf-8", "surrogateescape")
        finally:
            os.close(descriptor)
        kind, process, machine, about_what = text.split("\n", 3)
        return Running(kind, about_what, int(process), machine)
    except (OSError, ValueError):
        return None
