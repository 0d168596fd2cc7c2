"""The files in which tools store the reader's own data, next to the bookmarks file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from cable_tui.base.tools import KeptFile, tools
from cable_tui.base.value import Value

HasCable = Callable[[str], bool]
"""A function that returns whether a canonical ID belongs to an archive."""
Forget = Callable[[Path, Path, HasCable | None], int]
"""A function that permanently removes an archive from a file, and returns the number of entries.

The archive is identified by its true path and its cables, or None if these are unknown. Raises
`LibraryError`.
"""


class Additions(Value):
    """The entries that a private session has added to a file."""

    count: int
    noun: str
    """The singular noun for an entry."""
    keep: Callable[[Path], object]
    """A function that adds the entries to the reader's file. Raises `LibraryError`."""


FindAdditions = Callable[[Path, Path], Additions]
"""A function that returns the entries found only in the second file. Raises `LibraryError`."""


def kept_files(library: Path) -> Iterator[tuple[KeptFile, Path]]:
    """Yield each file that a tool keeps, with its path next to the library."""
    for tool in tools():
        for kept_file in tool.kept_files:
            yield kept_file, library.with_name(kept_file.name)
