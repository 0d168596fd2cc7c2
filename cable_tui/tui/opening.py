"""What the room can show of an archive before anything was asked: its newest cables.

Read while the room is made, so that the first paint has lines in it. Nothing is built and nothing
is waited for.
"""

from __future__ import annotations

from pathlib import Path

from cable_tui.archive import Row, open_archive
from cable_tui.errors import CableTuiError
from cable_tui.session import Hits, Session, Summary

FIRST = 60
"""Lines: a tall screen has no more."""


def first_session(path: Path, cache_root: Path) -> tuple[Session, list[Row]]:
    """A session with the newest cables in its list, and their lines.

    Without a cache the list is empty: the room finds out by itself, and says so.
    """
    try:
        archive = open_archive(path, cache_root, readonly=True)
        rows, count = archive.newest(FIRST)
    except CableTuiError:
        return Session(), []
    archive.close()
    return Session(hits=Hits([row.id for row in rows], count), summary=Summary(count)), rows
