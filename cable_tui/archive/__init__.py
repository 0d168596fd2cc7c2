"""One folder of cables: its cache, how the cache is built, and everything that is asked of it.

The user's files are the truth and are never written to; the cache can be deleted at any time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive, never, open_archive
    from cable_tui.archive.indexer import index
    from cable_tui.archive.listing import Row, Summary
    from cable_tui.archive.passes import PASSES, Pass
    from cable_tui.archive.place import cache_folder
    from cable_tui.archive.progress import Progress
    from cable_tui.archive.reading import SourceGone

__all__ = [
    "PASSES",
    "Archive",
    "Pass",
    "Progress",
    "Row",
    "SourceGone",
    "Summary",
    "cache_folder",
    "index",
    "never",
    "open_archive",
]

_HOMES = {
    **dict.fromkeys(("Archive", "never", "open_archive"), "archive"),
    **dict.fromkeys(("Row", "Summary"), "listing"),
    "cache_folder": "place",
    **dict.fromkeys(("PASSES", "Pass"), "passes"),
    "index": "indexer",
    "Progress": "progress",
    "SourceGone": "reading",
}
"""The module of each name. It is imported when it is asked for: the first list on the screen waits
for no grammar and no indexer."""


def __getattr__(name: str) -> Any:
    """A name of this package, from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
