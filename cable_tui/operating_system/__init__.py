"""The differences between Linux, macOS and Windows. No other module checks which system this is.

Each function states its effect on every system. Modules that exist on only some systems are
imported with `only_here` inside the functions that use them, so other systems never look for them.
"""

from __future__ import annotations

import sys

from cable_tui import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

PLATFORM = sys.platform
"""The name of the operating system, from `sys.platform`; tests replace it."""


def is_windows() -> bool:
    """Return whether this is Windows."""
    return PLATFORM == "win32"


def is_macos() -> bool:
    """Return whether this is macOS."""
    return PLATFORM == "darwin"


def only_here(module: str) -> Any:
    """Return a module that other systems do not have. Raises `ImportError` on those systems.

    The type is `Any` because a type checker on one system does not know the modules of another.
    """
    return __import__(module)
