"""The bookmarks of a verifiable dossier, for `bookmarks import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.tools.dossiers import zip_file

if TYPE_CHECKING:
    from cable_tui.library.bundles import Bundle


def read(file: Path) -> Bundle | None:
    """Return the bookmarks of a dossier, or None if the file is not a dossier.

    Raises `LibraryError`.
    """
    if not zip_file.is_sealed(file):
        return None
    from cable_tui.tools.dossiers import checking  # it reads cables

    return checking.marks_of(file)
