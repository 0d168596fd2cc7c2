"""`--private`: a run whose cache, bookmarks and choices are in a temporary folder.

The folder is removed at the end. An existing cache is read, but not written. The bookmarks, notes,
lists and names of people in the room are a copy; when the room closes, it asks once whether to keep
what was added.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from shutil import copyfile, copytree
from typing import TYPE_CHECKING

from cable_tui.base.errors import CacheError, LibraryError
from cable_tui.base.value import replace
from cable_tui.cli.shared.command_context import CommandContext, can_ask, say
from cable_tui.operating_system.processes import endings_as_exit
from cable_tui.program.settings import Paths, private_folder
from cable_tui.program.temporary_folder import sweep, temporary_folder

if TYPE_CHECKING:  # a run that makes nothing needs none
    from cable_tui.library.session_copy import Made

_SIGNALLED = 128
"""The lowest exit status of a program that a signal ended."""


@contextmanager
def private_cache(paths: Paths) -> Iterator[Paths]:
    """Yield the run's paths, with a temporary cache folder that is removed at the end.

    Raises `CacheError`. Paths that already have such a folder are yielded unchanged.
    """
    if paths.kept_cache is not None:
        yield paths
        return
    sweep()
    with ExitStack() as stack:
        try:
            temporary_path = stack.enter_context(temporary_folder("private", "private session"))
        except OSError as error:
            raise CacheError(
                f"a private session needs a temporary folder (TMPDIR): {error.strerror}"
            ) from error
        yield replace(paths, cache=temporary_path / "cache", kept_cache=paths.cache)


def private_room(context: CommandContext, run: Callable[[CommandContext], int]) -> int:
    """Run a room with all its folders in a temporary one, and return its exit status.

    Raises the errors of `run`, and `CacheError`.
    """
    reader_paths = context.paths
    with private_cache(reader_paths) as private_paths:
        room_home = private_paths.cache.parent
        room_paths = replace(private_paths, data=room_home / "data", state=room_home / "state")
        failure = _copied(reader_paths, room_paths, room_home / "before")
        if failure:
            say(failure)
        exit_status = _SIGNALLED
        try:
            exit_status = run(replace(context, paths=room_paths))
        except Exception:
            exit_status = 1
            raise
        finally:
            _ask(context, room_home, may_ask=exit_status < _SIGNALLED)
        return exit_status


def _copied(own_paths: Paths, paths: Paths, copy_folder: Path) -> str:
    """Copy the reader's data for the room; return a sentence if part of it could not be read."""
    from cable_tui.library.session_copy import copy_library

    failure = copy_library(own_paths.library, copy_folder / own_paths.library.name)
    copytree(copy_folder, paths.data)
    private_folder(paths.state)
    for file in (own_paths.choices, own_paths.theme, own_paths.last_archive):
        with suppress(OSError):
            copyfile(file, paths.state / file.name)
    return failure


def _ask(context: CommandContext, room_home: Path, *, may_ask: bool) -> None:
    """Ask whether to keep the additions, or, without a terminal, report that they are lost."""
    from cable_tui.library.session_copy import made_since

    library_name = context.paths.library.name
    # The room has given the signals back: without this one of them would leave the folder behind.
    with endings_as_exit():
        try:
            additions = made_since(
                room_home / "before" / library_name, room_home / "data" / library_name
            )
        except LibraryError as error:
            say(f"what you added in this private session is lost: {error}")
            return
        if not additions:
            return
        may_ask = may_ask and can_ask()
        if not (may_ask and _wanted(context, additions)):
            say(f"removed with the private session: {additions.in_words}")


def _wanted(context: CommandContext, additions: Made) -> bool:
    """Ask until the reader answers; return True once the additions are stored."""
    from cable_tui.library.session_copy import keep

    say(
        f"new in this private session: {additions.in_words}. They will be removed at the end "
        "unless you keep "
        "them."
    )
    while True:
        try:
            sys.stderr.write("Keep? [y/n] ")
            sys.stderr.flush()
            answer_line = sys.stdin.readline()
        except KeyboardInterrupt:
            answer_line = ""
            sys.stderr.write("\n")
        answer = answer_line.strip().casefold()
        if not answer_line or answer in ("n", "no"):
            return False
        if answer not in ("y", "yes"):
            continue
        try:
            keep(additions, context.paths.library, context.settings.author)
        except LibraryError as error:
            say(f"{error}")
            continue
        say(f"kept in {context.paths.library}: {additions.in_words}")
        return True
