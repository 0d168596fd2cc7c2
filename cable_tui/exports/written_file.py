"""Write files for the user, so that either the whole file is written or nothing."""

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
"""The maximum number of characters in a file name made from a title."""
_LONGEST_DOWNLOAD = 100
"""The maximum number of characters kept from the end of a typed file name, including the extension.
"""
_PART = ".cable-tui"
"""The suffix of the name of a file that is still being written."""
_IS_PART = pattern(r"\..+\.[a-z0-9_]{8}\.cable-tui", re.DOTALL)
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)


@contextmanager
def whole(file: Path) -> Iterator[Callable[[str | bytes], object]]:
    """Yield a function that writes pieces to a new file, which replaces `file` after success.

    Text is written in UTF-8. Raises `UsageError` if the file cannot be written. After any error,
    nothing is left behind.
    """
    if file.exists() and not file.is_file():
        raise UsageError(
            f"{file} is not a regular file and cannot be replaced; choose another name"
        )
    with _named_errors(file):
        _sweep(file.parent)
        descriptor, temporary_name = _begun(file)
    temporary_file = os.fdopen(descriptor, "wb")
    try:
        yield written_to(temporary_file, file)
        with _named_errors(file):
            files.flush(temporary_file)
            temporary_file.close()
            files.replace(Path(temporary_name), file)
    finally:
        with suppress(OSError):  # a full disk fails once more where what is left is written
            temporary_file.close()
        with suppress(OSError):
            files.remove(Path(temporary_name))


def _begun(file: Path) -> tuple[int, str]:
    """Return the descriptor and name of a new locked file in the same folder. Raises `OSError`."""
    import tempfile  # most commands write no file

    while True:
        name_prefix = f".{file.name[:_LONGEST_DOWNLOAD]}."
        descriptor, temporary_name = tempfile.mkstemp(
            dir=file.parent, prefix=name_prefix, suffix=_PART
        )
        try:
            files.take_lock(descriptor)
        except files.LockHeldError:
            os.close(descriptor)  # it is being swept, before it had its lock
            continue
        except OSError:  # a disk without locks; nothing is swept there
            return descriptor, temporary_name
        if os.fstat(descriptor).st_nlink:
            return descriptor, temporary_name
        os.close(descriptor)  # it was swept


def _sweep(folder: Path) -> None:
    """Remove the remains of killed exports in a folder, which are the files without a lock."""
    with suppress(OSError):  # a folder may take files and not list them
        for part_name in filter(_IS_PART.fullmatch, os.listdir(folder)):  # noqa: PTH208 - names
            with suppress(OSError):  # it is being written, no file, or gone
                _remove_part(folder / part_name)


def _remove_part(part_file: Path) -> None:
    descriptor = files.open_regular(os.fsencode(part_file))  # no link is followed
    try:
        files.take_lock(descriptor)
        is_mine = files.is_mine(os.fstat(descriptor))
    finally:
        os.close(descriptor)  # on Windows nothing that is open is removed
    if is_mine:
        files.remove(part_file)


def write_whole(file: Path, pieces: Iterable[str] | Iterable[bytes]) -> None:
    """Write the whole file or nothing. Raises `UsageError` if it cannot be written."""
    with whole(file) as write_piece:
        for file_piece in pieces:
            write_piece(file_piece)


def written_to(stream: BinaryIO, name: Path | str) -> Callable[[str | bytes], object]:
    """Return a function that writes pieces to a stream, text in UTF-8. Its errors name the file."""

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
    """Return a file name made from a title, without characters that file systems refuse."""
    title_words = "-".join(re.findall(r"[^\W_]+", title))[:_LONGEST].strip("-")
    # On Windows such names are devices, whatever their ending.
    if title_words.lower() in _DEVICES:
        title_words += "-cables"
    return f"{title_words or 'cables'}.{extension}"


def download_name(typed_name: str) -> str:
    """Return a safe file name for a download: no folder, hidden file or invisible character."""
    last_part = re.split(r"[/\\]", typed_name.strip())[-1]
    shown_name = "".join(character for character in last_part if character.isprintable()).lstrip(
        ". "
    )
    return shown_name[-_LONGEST_DOWNLOAD:] or "cables"
