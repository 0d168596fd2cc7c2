"""`--private`: a run with its cache, bookmarks and choices in a temporary folder that goes with it.

An existing cache is read, and not written. In the room the bookmarks, notes, lists and names of
people are a copy; when the room is closed, it asks once about what was added.
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
"""Exit statuses from this number on are those of signals."""


@contextmanager
def private_cache(paths: Paths) -> Iterator[Paths]:
    """Yield the folders of one run, with a folder of caches that is removed with it.

    Raises `CacheError`.

    Places that have one keep it.
    """
    if paths.kept_cache is not None:
        yield paths
        return
    sweep()
    with ExitStack() as stack:
        try:
            place = stack.enter_context(temporary_folder("private", "private session"))
        except OSError as error:
            raise CacheError(
                f"a private session needs a temporary folder (TMPDIR): {error.strerror}"
            ) from error
        yield replace(paths, cache=place / "cache", kept_cache=paths.cache)


def private_room(context: CommandContext, run: Callable[[CommandContext], int]) -> int:
    """Run a room with all its folders in a temporary one; return its exit status.

    Raises the errors of `run`, and `CacheError`.
    """
    reader_paths = context.paths
    with private_cache(reader_paths) as places:
        home = places.cache.parent
        paths = replace(places, data=home / "data", state=home / "state")
        failure = _copied(reader_paths, paths, home / "before")
        if failure:
            say(failure)
        exit_status = _SIGNALLED
        try:
            exit_status = run(replace(context, paths=paths))
        except Exception:
            exit_status = 1
            raise
        finally:
            _ask(context, home, may_ask=exit_status < _SIGNALLED)
        return exit_status


def _copied(own_paths: Paths, paths: Paths, before: Path) -> str:
    """Copy the reader's data for the room; return a sentence if a part could not be read."""
    from cable_tui.library.session_copy import copy_library

    failure = copy_library(own_paths.library, before / own_paths.library.name)
    copytree(before, paths.data)
    private_folder(paths.state)
    for file in (own_paths.choices, own_paths.theme, own_paths.last_archive):
        with suppress(OSError):
            copyfile(file, paths.state / file.name)
    return failure


def _ask(context: CommandContext, home: Path, *, may_ask: bool) -> None:
    """Ask whether to keep what was added; without a terminal, say that it is lost."""
    from cable_tui.library.session_copy import made_since

    name = context.paths.library.name
    # The room has given the signals back: without this one of them would leave the folder behind.
    with endings_as_exit():
        try:
            additions = made_since(home / "before" / name, home / "data" / name)
        except LibraryError as error:
            say(f"the additions of this private session are lost: {error}")
            return
        if not additions:
            return
        may_ask = may_ask and can_ask()
        if not (may_ask and _wanted(context, additions)):
            say(f"removed with the private session: {additions.in_words}")


def _wanted(context: CommandContext, additions: Made) -> bool:
    """Ask until there is an answer; return True once everything is stored."""
    from cable_tui.library.session_copy import keep

    say(
        f"new in this private session: {additions.in_words}. They are removed with it unless you "
        "keep them."
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
