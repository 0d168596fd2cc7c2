"""One folder of cables: its cache, how the cache is built, and everything that is asked of it.

The user's files are the truth and are never written to; the cache can be deleted at any time.
"""

from cable_tui.archive.archive import Archive, cache_folder, never, open_archive
from cable_tui.archive.indexer import index
from cable_tui.archive.listing import Row, Summary
from cable_tui.archive.passes import PASSES, Pass
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
