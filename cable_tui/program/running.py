"""Open rooms, servers and followers, each registered by a locked file with its name.

`forget` reads this register, because an open program would write removed files again. The system
releases a lock when its holder dies, so the files of killed programs are recognized. A process
number alone is not enough, because another program could have it by then. A second file, the gate,
is locked while a program registers or reads the register, so no program registers unseen.
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
"""The name of the folder in which programs register."""
GATE = "gate"
"""The file that is locked while a program registers or reads the register."""
_ENDING = ".open"
_PATIENCE = 10.0
"""How many seconds to wait for another program at the gate."""
_TRIES = 3
_LARGEST = 64 << 10
"""The maximum number of bytes to read from a file."""
_ENTERING = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Running(Value):
    """An open program."""

    kind: str
    """The program's kind, `room`, `visitor`, `server` or `follower`, or a description of a
    temporary folder.
    """
    about: str
    """The path of the program's archive, or the target of a follower, or an empty string."""
    process: int
    machine: str
    """The name of the machine, as in `processes.machine`."""
    certain: bool = True
    """Whether the program is certainly running. Without locks, its process number may belong to
    another program.
    """

    @property
    def is_here(self) -> bool:
        """Whether its process is on this machine."""
        return self.machine == processes.machine()


class Entered(Value):
    """The registered programs in a folder."""

    running: tuple[Running, ...] = ()
    left: tuple[Path, ...] = ()
    """The files left by programs that were killed."""


def folder_of(state: Path) -> Path:
    """Return the folder in which a reader's programs register."""
    return state / NAME


@contextmanager
def entered(
    folder: Path, kind: str, about: str = "", *, stays: bool = False, patience: float = _PATIENCE
) -> Iterator[None]:
    """Register as an open program while the block runs.

    In an unwritable folder nothing is registered, because nothing can be written back there either.
    If the program `stays`, the file is left unlocked at the end. Raises `CacheError` if `forget` is
    running.
    """
    with ExitStack() as stack:
        try:
            lock_file = stack.enter_context(_entered(folder, kind, about, patience))
        except files.LockHeldError as error:
            raise CacheError(
                "`cable-tui forget` is running; try again when it has finished"
            ) from error
        except OSError:
            lock_file = None
        yield
    if lock_file is not None and not stays:
        with suppress(OSError):  # it goes with the next look
            lock_file.unlink(missing_ok=True)


@contextmanager
def _entered(folder: Path, kind: str, about: str, patience: float) -> Iterator[Path]:
    entry_file = folder / f"{os.getpid()}-{os.urandom(4).hex()}{_ENDING}"
    for tries_left in reversed(range(_TRIES)):
        try:
            with files.lock_alone(private_folder(folder) / GATE, patience):
                for entry_left in _look(folder).left:
                    entry_left.unlink(missing_ok=True)
                descriptor = os.open(entry_file, _ENTERING | os.O_CREAT | os.O_EXCL, 0o600)
                with suppress(OSError):  # a disk without locks
                    files.take_lock(descriptor)
                _write(descriptor, Running(kind, about, os.getpid(), processes.machine()))
            break
        except FileNotFoundError:  # `forget` has removed the folder while this waited at its gate
            if not tries_left:
                raise
    try:
        yield entry_file
    finally:
        os.close(descriptor)


def moved_to(folder: Path, about: str) -> None:
    """Change the path in this process's entry, if it has one."""
    with suppress(OSError):
        if not folder.is_dir():
            return
        with files.lock_alone(folder / GATE, _PATIENCE):
            for entry_file in folder.glob(f"{os.getpid()}-*{_ENDING}"):
                described_program = _read(entry_file)
                if described_program is not None and described_program.is_here:
                    descriptor = os.open(entry_file, _ENTERING)
                    try:
                        _write(
                            descriptor,
                            Running(
                                described_program.kind,
                                about,
                                described_program.process,
                                described_program.machine,
                            ),
                        )
                    finally:
                        os.close(descriptor)


def look(folder: Path) -> Entered:
    """Return the entries in a folder. Files of killed programs are kept. Raises `OSError`."""
    if not folder.is_dir():
        return Entered()
    with files.lock_alone(folder / GATE, _PATIENCE):
        return _look(folder)


@contextmanager
def closed(folder: Path) -> Iterator[Entered]:
    """Yield the entries in a folder; no other program can register while the block runs.

    Raises `OSError`.
    """
    with files.lock_alone(private_folder(folder) / GATE, _PATIENCE):
        entered_programs = _look(folder)
        for stale_entry in entered_programs.left:
            stale_entry.unlink(missing_ok=True)
        yield Entered(entered_programs.running)


def remove(folder: Path) -> None:
    """Remove the folder, unless a program is registered in it."""
    with suppress(OSError):
        if not list(folder.glob(f"*{_ENDING}")):
            (folder / GATE).unlink(missing_ok=True)
            folder.rmdir()


def _look(folder: Path) -> Entered:
    running_programs, left_files = [], []
    for entry_file in sorted(folder.glob(f"*{_ENDING}")):
        try:
            descriptor = os.open(entry_file, _ENTERING)
        except OSError:  # it went, or is another user's
            continue
        is_certain = True
        try:
            files.take_lock(descriptor)
        except files.LockHeldError:
            described_program = _read(entry_file)
        except OSError:
            described_program, is_certain = _read(entry_file), False
        else:
            left_files.append(entry_file)
            continue
        finally:
            os.close(descriptor)
        if described_program is None:
            described_program = Running("program", "", 0, "")
        if (
            not is_certain
            and described_program.is_here
            and not processes.is_there(described_program.process)
        ):
            left_files.append(entry_file)
            continue
        running_programs.append(
            Running(
                described_program.kind,
                described_program.about,
                described_program.process,
                described_program.machine,
                is_certain,
            )
        )
    return Entered(tuple(running_programs), tuple(left_files))


def _write(descriptor: int, program: Running) -> None:
    """Write a program's description after the first byte, which is the locked byte."""
    description = "\n".join((program.kind, str(program.process), program.machine, program.about))
    os.lseek(descriptor, 1, os.SEEK_SET)
    os.write(descriptor, description.encode("utf-8", "surrogateescape"))
    os.ftruncate(descriptor, os.lseek(descriptor, 0, os.SEEK_CUR))


def _read(file: Path) -> Running | None:
    """Return the program described in a file, or None if the file cannot be understood."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            os.lseek(descriptor, 1, os.SEEK_SET)
            description = os.read(descriptor, _LARGEST).decode("utf-8", "surrogateescape")
        finally:
            os.close(descriptor)
        program_kind, process_number, machine, program_subject = description.split("\n", 3)
        return Running(program_kind, program_subject, int(process_number), machine)
    except (OSError, ValueError):
        return None
