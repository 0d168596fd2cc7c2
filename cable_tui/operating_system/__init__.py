"""What differs between Linux, macOS and Windows: no other module asks which system it is.

Each function states its effect on every system. A module that only some systems have is imported in
the function that uses it, by `only_here`, so that the others never look for it.
"""

from __future__ import annotations

import sys
from typing import Any

PLATFORM = sys.platform
"""The system's name, from `sys.platform`; tests replace it."""


def is_windows() -> bool:
    """Return whether this is Windows."""
    return PLATFORM == "win32"


def is_macos() -> bool:
    """Return whether this is macOS."""
    return PLATFORM == "darwin"


def only_here(module: str) -> Any:
    """Return a module that other systems lack. Raises `ImportError` there.

    Its type is `Any`: type checkers on one system do not know another.
    """
    return __import__(module)
