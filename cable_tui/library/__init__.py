"""The reader's own bookmarks and notes, in one small SQLite file that is never rebuilt.

When `add` returns, the bookmark is on disk. Two programs may write at once without losing data.
"""

from cable_tui.library.bundles import Bundle
from cable_tui.library.connection import NotWrittenError
from cable_tui.library.erase_archive import Forgotten
from cable_tui.library.library import Library
from cable_tui.library.mark import (
    Mark,
    mark_of,
    own_of,
    paragraph_of,
    text_changed,
)
from cable_tui.library.recovery import check
