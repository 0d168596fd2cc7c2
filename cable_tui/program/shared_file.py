"""A small file that several windows change, one at a time and each change in a single step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cable_tui.base.errors import LibraryError
from cable_tui.operating_system import files
from cable_tui.program.settings import private_folder, write_private

_PATIENCE = 2.0
"""How many seconds to wait for another window that is changing the file."""


@contextmanager
def changing(file: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Keep other windows from changing a file. Errors inside the block become `LibraryError`s."""
    try:
        private_folder(file.parent)
        with files.lock_alone(lock_of(file), patience):
            yield
    except files.LockHeldError as error:
        raise LibraryError(f"{file}: another window is changing it; try again") from error
    except OSError as error:
        raise LibraryError(
            f"{file}: cannot be written: {error.strerror or error}{files.still_open(error)}"
        ) from error


def replace(file: Path, text: str) -> None:
    """Replace the text of a file in one step, and save it to disk. Raises `OSError`."""
    new_file = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        write_private(new_file, text)
        with new_file.open("r+b") as stream:
            files.flush(stream)
        files.replace(new_file, file)
    finally:
        files.remove(new_file)


def lock_of(file: Path) -> Path:
    """Return the empty file that is locked while a file is being changed."""
    return file.with_name(f"{file.name}.lock")
