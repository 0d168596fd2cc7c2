"""The folder of an archive's cache, and the name of its catalogue.

It imports almost nothing: the room needs both before its first paint.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cable_tui.operating_system.files import true_path

VERSION = 6
"""Of the catalogue's schema."""
FILE_NAME = f"catalogue-{VERSION}.sqlite"


def cache_folder(path: Path, cache_root: Path) -> Path:
    """The folder of an archive's cache: one for each real path, however it is written."""
    return cache_root / hashlib.sha256(os.fsencode(true_path(path))).hexdigest()[:16]
