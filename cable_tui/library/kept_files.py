"""The files in which tools keep what is the reader's, beside the file of bookmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from cable_tui.base.tools import KeptFile, tools
from cable_tui.base.value import Value

HasCable = Callable[[str], bool]
"""Whether a canonical id is of an archive."""
Forget = Callable[[Path, Path, HasCable | None], int]
"""Removes an archive from a file for good, and returns how many entries that were.

The archive is given by its true path and its cables; None if these are unknown. Raises
`LibraryError`.
"""


class Additions(Value):
    """What a private session has added to a file."""

    count: int
    noun: str
    """One of them, in a word."""
    keep: Callable[[Path], object]
    """Adds them to the file of the reader; raises `LibraryError`."""


FindAdditions = Callable[[Path, Path], Additions]
"""Finds what the second file has and the first has not. Raises `LibraryError`."""


def kept_files(library: Path) -> Iterator[tuple[KeptFile, Path]]:
    """Yield each file that a tool keeps, and its place beside a library."""
    for tool in tools():
        for kept_file in tool.kept_files:
            yield kept_file, library.with_name(kept_file.name)
