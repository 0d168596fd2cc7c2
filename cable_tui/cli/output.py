"""Files that commands write."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from cable_tui.errors import UsageError


def write_whole(file: Path, pieces: Iterable[str]) -> None:
    """The whole file or none: written beside it, synced, and put in its place."""
    if file.exists() and not file.is_file():
        raise UsageError(f"{file}: is no file that could be written over")
    try:
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)


def counted(number: int, what: str) -> str:
    """`1 mark`, `1,204 marks`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
