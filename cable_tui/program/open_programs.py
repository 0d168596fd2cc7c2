"""Find open programs that would write removed files again; end them and prevent new ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path

from cable_tui.base.errors import CacheError
from cable_tui.operating_system import processes
from cable_tui.program import running, temporary_folder
from cable_tui.program.running import Running
from cable_tui.program.settings import Paths
from cable_tui.text import clean_line

_PATIENCE = 20.0
"""How many seconds programs have to end. A server waits for its rooms."""
_LOOK_EVERY = 0.1
Which = Callable[[Running], bool]
_WORDS = {
    "room": ("a room", " on "),
    "visitor": ("a visitor's room", " on "),
    "server": ("a server", " of "),
    "follower": ("`bookmarks sync`", " with "),
}


def named(program: Running) -> str:
    """Return a description of a program, such as `a room on /home/ann/cables, process 1234`."""
    program_noun, preposition = _WORDS.get(program.kind, (f"a {clean_line(program.kind)}", " on "))
    about_text = f"{preposition}{clean_line(program.about)}" if program.about else ""
    process_text = f", process {program.process}" if program.process else ""
    if not program.is_here:
        return f"{program_noun}{about_text}{process_text} of another machine"
    doubt_note = "" if program.certain else " (perhaps no longer running: this disk has no locks)"
    return f"{program_noun}{about_text}{process_text}{doubt_note}"


def found(paths: Paths, is_concerned: Which) -> list[Running]:
    """Return the open programs of the reader and the reader's visitors, each once."""
    program_by_process: dict[tuple[str, int], Running] = {}
    entered_programs = [_looked(running.folder_of(paths.state)), *_of_visitors(paths)]
    for program in (*chain(*entered_programs), *temporary_folder.in_use()):
        program_by_process.setdefault((program.machine, program.process), program)
    return [program for program in program_by_process.values() if is_concerned(program)]


def _of_visitors(paths: Paths) -> Iterator[tuple[Running, ...]]:
    """Yield the visitors' rooms, including rooms of a killed server, which will soon end."""
    for home in sorted(paths.visitors.glob("*/")):
        yield _looked(running.folder_of(home / "state"))


def _looked(folder: Path) -> tuple[Running, ...]:
    try:
        return running.look(folder).running
    except OSError:  # nobody can write there, so nobody is entered
        return ()


def end(paths: Paths, programs: Sequence[Running], is_concerned: Which) -> None:
    """End programs and wait until they have ended. Raises `CacheError` if one cannot be ended."""
    for program in programs:
        try:
            processes.ask_to_end(program.process)
        except OSError as error:
            raise CacheError(
                f"{named(program)}: it cannot be ended: {error.strerror}. Nothing was removed"
            ) from error
    deadline = time.monotonic() + _PATIENCE
    while programs_left := [
        program for program in found(paths, is_concerned) if program in programs
    ]:
        if time.monotonic() > deadline:
            raise CacheError(
                f"{'; '.join(map(named, programs_left))}: it has not ended. Close it and try "
                "again; nothing was removed"
            )
        time.sleep(_LOOK_EVERY)


@contextmanager
def nobody_enters(paths: Paths, is_concerned: Which) -> Iterator[None]:
    """Prevent programs of the reader or a visitor from opening while the block runs.

    Raises `CacheError` if one has opened meanwhile.
    """
    folder = running.folder_of(paths.state)
    with ExitStack() as stack:
        entered_programs: tuple[Running, ...] = ()
        with suppress(OSError):  # nobody can write there, so nobody is entered
            entered_programs = stack.enter_context(running.closed(folder)).running
        entered_programs = (*entered_programs, *chain(*_of_visitors(paths)))
        if newly_opened := [program for program in entered_programs if is_concerned(program)]:
            raise CacheError(
                f"{'; '.join(map(named, newly_opened))}: it was opened in the meantime. Nothing "
                "was removed; try again"
            )
        yield
