"""A sealed dossier that was opened: what it says of itself, and its bookmarks, to be taken in."""

from __future__ import annotations

from cable_tui.session.base import LibraryWrite, Request


class AskTakeMarks(Request):
    """Say that a dossier is unchanged and offer its bookmarks; answered by `TakeMarks`."""

    title: str
    sentence: str
    """When it was sealed, with its seal."""
    count: int
    """Bookmarks that the reader does not have."""
    lists: tuple[str, ...] = ()


class TakeMarks(Request, LibraryWrite):
    """Take in the bookmarks of the dossier that is open; answered by `LibraryChanged`."""
