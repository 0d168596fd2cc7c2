"""Notice when an editor saves a file, and never read a half-written file.

Editors write in place, or write a new file and rename it. A file therefore counts as saved when it
looks the same twice, and its bytes are used only if it still looks the same afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from cable_tui.operating_system.files import version_of

_PAUSE = 0.2
"""The number of seconds between two checks of the file."""


def saves(path: Path, wait: Callable[[float], None]) -> Iterator[bytes]:
    """Yield the bytes of a file now and after each save, without end.

    If the file is missing or empty, an editor is writing it, so the function waits. `wait` is
    called between checks.
    """
    used: tuple[int, ...] | None = None
    last: tuple[int, ...] | None = None
    while True:
        look = version_of(path)
        if look is not None and look == last and look != used and look[0]:
            data = _bytes(path)
            if data is not None and version_of(path) == look and len(data) == look[0]:
                used = look
                yield data
        last = look
        wait(_PAUSE)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
