"""Temporary folders for private content, each removed with the program that made it.

If a program was killed, its folder is recognized because its lock is no longer held (see
`running`). The next start and `forget --everything` remove such folders: only those with these
names, that belong to this user and are closed to others, and never through a link.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from cable_tui.operating_system import files
from cable_tui.program import running

Kind = Literal["private", "visitor", "text", "links", "export"]
"""The content of a folder: a private session, a visit of `serve --private`, the text of a cable for
another program, links to an index, or a database that is being exported.
"""
_KINDS: tuple[Kind, ...] = ("private", "visitor", "text", "links", "export")
_PREFIXES = tuple(f"cable-tui-{kind}-" for kind in _KINDS)
_OLDER = "cable-tui-visit-"
"""The prefix of folders made by earlier versions, which have no lock."""


@contextmanager
def temporary_folder(kind: Kind, what: str) -> Iterator[Path]:
    """Yield a new folder for this user only, and remove it at the end. Raises `OSError`.

    `what` is as in `running.Running.kind`.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"cable-tui-{kind}-"))
    try:
        with running.entered(folder / running.NAME, what, stays=True):
            try:
                yield folder
            finally:
                _empty(folder)
    finally:
        files.remove_closed(folder)


def abandoned() -> list[Path]:
    """Return the folders of programs that were killed."""
    return [folder for folder, entered in _all() if entered.left and not entered.running]


def in_use() -> Iterator[running.Running]:
    """Yield the programs that currently have such a folder."""
    for _, entered_programs in _all():
        yield from entered_programs.running


def of_older_versions() -> list[Path]:
    """Return folders of earlier versions, which may still be in use."""
    return list(_ours((_OLDER,)))


def remove(folder: Path) -> bool:
    """Remove an abandoned folder and return whether it is gone. The next start removes the rest."""
    with suppress(OSError):
        _empty(folder)
        if [entry.name for entry in folder.iterdir()] == [running.NAME]:
            files.remove_closed(folder)
    return not folder.exists()


def sweep() -> int:
    """Remove all folders of killed programs, and return how many were removed."""
    return sum(remove(folder) for folder in abandoned())


def _empty(folder: Path) -> None:
    """Remove everything except the lock, which identifies the remains if this is interrupted."""
    for entry in folder.iterdir():
        if entry.name == running.NAME:
            continue
        with suppress(OSError):
            if entry.is_dir() and not entry.is_symlink():
                files.remove_closed(entry)
            else:
                files.remove(entry)


def _all() -> Iterator[tuple[Path, running.Entered]]:
    for folder in _ours(_PREFIXES):
        with suppress(OSError):
            yield folder, running.look(folder / running.NAME)


def _ours(prefixes: tuple[str, ...]) -> Iterator[Path]:
    """Yield only this user's folders, because anyone may write to the system's temporary folder."""
    try:
        entries = [
            entry for entry in os.scandir(tempfile.gettempdir()) if entry.name.startswith(prefixes)
        ]
    except OSError:
        return
    for entry in entries:
        with suppress(OSError):
            status = entry.stat(follow_symlinks=False)
            others_may_enter = files.has_modes() and status.st_mode & 0o077
            if stat.S_ISDIR(status.st_mode) and files.is_mine(status) and not others_may_enter:
                yield Path(entry.path)
