"""The text of a file that could not be read as a cable, for the reader to judge."""

from __future__ import annotations

import os
from pathlib import Path

from cable_tui.archive.records import packed_files, walk
from cable_tui.cable import Problem
from cable_tui.errors import ArchiveError
from cable_tui.text import clean_text

MOST_BYTES = 64_000
"""Bytes that are shown from the problem on."""
_LINE = 1_000_000
"""Bytes that one line is read in."""


def raw_text(root: Path, problem: Problem) -> str:
    """The text of a file from a problem on, cleaned; the archive is at `root`.

    Raises `ArchiveError`.
    """
    at_root = root.is_file() and problem.path == root.name
    path = b"" if at_root else os.fsencode(problem.path)
    try:
        with packed_files.opened(walk.full_path(root, path)) as file:
            for _ in range(problem.line - 1):
                while (part := file.readline(_LINE)) and not part.endswith(b"\n"):
                    pass
                if not part:
                    break
            found = file.read(MOST_BYTES)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ArchiveError(f"{problem.path}: cannot be read ({reason})") from error
    return clean_text(found.decode("utf-8", "replace"))
