"""Where the cache of an archive is, and what its catalogue is called.

Next to no imports: the first picture of the room needs both before anything else.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

VERSION = 4
"""Of the catalogue's schema."""
FILE_NAME = f"catalogue-{VERSION}.sqlite"


def cache_folder(path: Path, cache_root: Path) -> Path:
    """The folder of an archive's cache: one for each real path."""
    return cache_root / hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]
