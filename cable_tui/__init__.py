"""A reading room for diplomatic cables, in the terminal and as a library: `ct.open(folder)`."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` takes longer to import than everything that `--version` needs
if TYPE_CHECKING:
    from typing import Any

    from cable_tui.api.index_process import NotIndexed
    from cable_tui.api.opened_cache import ToolMissing
    from cable_tui.api.public_archive import Archive, open  # noqa: A004 - `ct.open`
    from cable_tui.base.errors import (
        ArchiveError,
        CableTuiError,
        CacheError,
        LibraryError,
        NotFoundError,
        UsageError,
    )

__version__ = "0.2.0"
__all__ = [
    "Archive",
    "ArchiveError",
    "CableTuiError",
    "CacheError",
    "LibraryError",
    "NotFoundError",
    "NotIndexed",
    "ToolMissing",
    "UsageError",
    "open",
]
_HOMES = {
    "open": "api.public_archive",
    "Archive": "api.public_archive",
    "NotIndexed": "api.index_process",
    "ToolMissing": "api.opened_cache",
}
"""The modules that define the public names; the errors are in `base.errors`."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used. Importing the package itself then costs nothing.

    Raises `AttributeError`.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'base.errors')}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
