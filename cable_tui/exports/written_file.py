"""Writes files for the user: the whole file, or none."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from cable_tui.base.errors import UsageError
from cable_tui.base.pattern import pattern
from cable_tui.operating_system import files

_LONGEST = 60
"""The most characters of a name that is made from a title."""
_LONGEST_DOWNLOAD = 100
"""The most characters of a name that a reader typed: the last ones, which have the extension."""
_PART = ".cable-tui"
"""The end of the name of a file that is being written."""
_IS_PART = pattern(r"\..+\.[a-z0-9_]{8}\.cable-tui", re.DOTALL)
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)


@contextmanager
def whole(file: Path) -> Iterator[Callable[[str | bytes], object]]:
    """Yield a function that writes pieces to a new file, which replaces `file` when all went well.

    Text is written in UTF-8. Raises `UsageError` if it cannot be written; whatever is raised
    leaves nothing behind.
    """
    if file.exists() and not file.is_file():
        raise UsageError(f"{file} is not a file that can be replaced; choose another name")
    with _named_errors(file):
        _sweep(file.parent)
        descriptor, name = _begun(file)
    stream = os.fdopen(descriptor, "wb")
    try:
        yield written_to(stream, file)
        with _named_errors(file):
            files.flush(stream)
            stream.close()
            files.replace(Path(name), file)
    finally:
        with suppress(OSError):  # a full disk fails once more where what is left is written
            stream.close()
        with suppress(OSError):
            files.remove(Path(name))


def _begun(file: Path) -> tuple[int, str]:
    """Return a new file beside another one, locked while it is written. Raises `OSError`."""
    import tempfile  # most commands write no file

    while True:
        prefix = f".{file.name[:_LONGEST_DOWNLOAD]}."
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=prefix, suffix=_PART)
        try:
            files.take_lock(descriptor)
        except files.LockHeldError:
            os.close(descriptor)  # it is being swept, before it had its lock
            continue
        except OSError:  # a disk without locks; nothing is swept there
            return descriptor, name
        if os.fstat(descriptor).st_nlink:
            return descriptor, name
        os.close(descriptor)  # it was swept


def _sweep(folder: Path) -> None:
    """Remove the remains of killed exports in a folder: nobody holds their locks."""
    with suppress(OSError):  # a folder may take files and not list them
        for name in filter(_IS_PART.fullmatch, os.listdir(folder)):  # noqa: PTH208 - names
            with suppress(OSError):  # it is being written, no file, or gone
                _remove_part(folder / name)


def _remove_part(part: Path) -> None:
    descriptor = files.open_regular(os.fsencode(part))  # no link is followed
    try:
        files.take_lock(descriptor)
        is_mine = files.is_mine(os.fstat(descriptor))
    finally:
        os.close(descriptor)  # on Windows nothing that is open is removed
    if is_mine:
        files.remove(part)


def write_whole(file: Path, pieces: Iterable[str] | Iterable[bytes]) -> None:
    """Write the whole file or none. Raises `UsageError` if it cannot be written."""
    with whole(file) as write:
        for piece in pieces:
            write(piece)


def written_to(stream: BinaryIO, name: Path | str) -> Callable[[str | bytes], object]:
    """Return a function that writes pieces to a stream, text in UTF-8; its errors name the file."""

    def write(piece: str | bytes) -> None:
        with _named_errors(name):
            stream.write(piece.encode("utf-8", "replace") if isinstance(piece, str) else piece)

    return write


@contextmanager
def _named_errors(file: Path | str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if not Path(file).parent.exists():
            raise UsageError(f"{file}: there is no folder {Path(file).parent}") from error
        reason = f"{error.strerror or error}{files.still_open(error)}"
        raise UsageError(f"{file}: cannot be written: {reason}") from error


def file_name(title: str, extension: str) -> str:
    """Return a file name from a title: its words, without characters that file systems refuse."""
    words = "-".join(re.findall(r"[^\W_]+", title))[:_LONGEST].strip("-")
    # On Windows such names are devices, whatever their ending.
    if words.lower() in _DEVICES:
        words += "-cables"
    return f"{words or 'cables'}.{extension}"


def download_name(typed: str) -> str:
    """Return a file name for a download: no folder, no hidden file, no invisible character."""
    last_part = re.split(r"[/\\]", typed.strip())[-1]
    shown_name = "".join(sign for sign in last_part if sign.isprintable()).lstrip(". ")
    return shown_name[-_LONGEST_DOWNLOAD:] or "cables"
