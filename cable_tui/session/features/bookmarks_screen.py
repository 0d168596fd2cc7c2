"""The bookmarks screen: the bookmarks of a list, or all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, LibraryWrite
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView, NoteDraft
from cable_tui.session.features.bookmarks import AskList, AskNote
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

if TYPE_CHECKING:
    # The first list on the screen does not wait for the library.
    from cable_tui.library import Mark


class OpenBookmarks(Action):
    """Show the bookmarks, or those of a list."""

    list: str = ""


class CloseBookmarks(Action):
    """The bookmarks screen was left."""


class BookmarksRead(Action):
    """The bookmarks of a list as they are now."""

    bookmarks_view: BookmarksView


class EditEntry(Action):
    """Edit the note of a bookmark."""

    entry: BookmarkEntry


class ListEntry(Action):
    """Put a bookmark into a list."""

    entry: BookmarkEntry


class DropEntry(Action):
    """Remove a bookmark from the list that is shown; from all bookmarks, delete it."""

    entry: BookmarkEntry


class MoveEntry(Action):
    """Move a bookmark within its list."""

    entry: BookmarkEntry
    to: int


class NameList(Action):
    """Rename the list that is shown; without a name, ask for it."""

    name: str = ""


class DropList(Action):
    """Delete the list that is shown; its bookmarks stay."""


class MoveList(Action):
    """Move the list that is shown among the lists."""

    by: int


class ReadBookmarks(Effect):
    """Read the bookmarks of a list; answered by `BookmarksRead`, again as more is known."""

    latest = "bookmarks screen"

    list: str = ""


class ShowBookmarks(Effect):
    """Open the bookmarks screen."""


class HideBookmarks(Effect):
    """Close the bookmarks screen; answered by `CloseBookmarks`."""


class ReadNoteBeside(LibraryWrite):
    """Read the reader's own note beside somebody else's bookmark; answered by `AskNote`."""

    opens_dialog = True

    mark: Mark


class DropBookmark(LibraryWrite):
    """Remove a bookmark from a list, or delete it; answered by `LibraryChanged`."""

    mark: Mark
    list: str


class MoveBookmark(LibraryWrite):
    """Move a bookmark within a list; answered by `LibraryChanged`."""

    mark: Mark
    list: str
    to: int


class RenameList(LibraryWrite):
    """Rename a list; answered by `LibraryChanged` and `OpenBookmarks`."""

    list: str
    name: str


class RemoveList(LibraryWrite):
    """Delete a list; answered by `LibraryChanged`."""

    list: str


class PlaceList(LibraryWrite):
    """Move a list to a place among the lists, from 0; answered by `LibraryChanged`."""

    list: str
    to: int


@handles(OpenBookmarks)
def open_bookmarks(session: Session, action: OpenBookmarks) -> Result:
    """Open the screen at once; its entries follow."""
    read = ReadBookmarks(action.list)
    if session.bookmarks_view is not None:
        return session, (read,)
    return replace(session, bookmarks_view=BookmarksView()), (ShowBookmarks(), read)


@handles(CloseBookmarks)
def close_bookmarks(session: Session, _: CloseBookmarks) -> Result:
    """Close it; entries that arrive later are dropped."""
    return replace(session, bookmarks_view=None), ()


@handles(BookmarksRead)
def bookmarks_read(session: Session, action: BookmarksRead) -> Result:
    """Show the entries, unless the screen was left meanwhile."""
    if session.bookmarks_view is None:
        return session, ()
    return replace(session, bookmarks_view=action.bookmarks_view), ()


@handles(EditEntry)
def edit_entry(session: Session, action: EditEntry) -> Result:
    """Ask for the note; on what somebody else has marked, for one of the reader's own beside it."""
    mark = action.entry.mark
    return session, (ReadNoteBeside(mark) if action.entry.author else AskNote(NoteDraft(mark)),)


@handles(ListEntry)
def list_entry(session: Session, action: ListEntry) -> Result:
    """Ask for the list."""
    mark = action.entry.mark
    title = f"Put {mark.name} into which list?"
    return session, (AskList((), (mark,), session.notebook.lists, title, bool(session.synced)),)


@handles(DropEntry)
def drop_entry(session: Session, action: DropEntry) -> Result:
    """Remove the bookmark; undo brings it back."""
    return session, (DropBookmark(action.entry.mark, _list(session)),)


@handles(MoveEntry)
def move_entry(session: Session, action: MoveEntry) -> Result:
    """Move it; only a list has an order of the reader's own."""
    shown = _list(session)
    if not shown:
        return session, (effects.Notify("All bookmarks stand by time; a list has your own order."),)
    return session, (MoveBookmark(action.entry.mark, shown, action.to),)


@handles(NameList)
def name_list(session: Session, action: NameList) -> Result:
    """Rename the list, or ask for a name."""
    name = " ".join(action.name.split())
    if name and name == _list(session):
        return session, ()
    return of_list(session, lambda shown: RenameList(shown, name) if name else _ask_name(shown))


def _ask_name(shown: str) -> effects.AskLine:
    return effects.AskLine(f"Another name for {shown}", shown, NameList)


@handles(DropList)
def drop_list(session: Session, _: DropList) -> Result:
    """Delete the list; undo brings it back."""
    return of_list(session, RemoveList)


@handles(MoveList)
def move_list(session: Session, action: MoveList) -> Result:
    """Move the list; at an end it stays."""
    names = [name for name, _ in session.bookmarks_view.lists] if session.bookmarks_view else []
    return of_list(session, lambda shown: PlaceList(shown, names.index(shown) + action.by))


def of_list(session: Session, effect: Callable[[str], Effect]) -> Result:
    """Change the list that is shown; there is none where all bookmarks are."""
    shown = _list(session)
    if not shown:
        return session, (effects.Notify("These are all bookmarks: Tab goes to a list."),)
    return session, (effect(shown),)


def _list(session: Session) -> str:
    """The list that is shown; empty is all bookmarks."""
    return session.bookmarks_view.list if session.bookmarks_view else ""
