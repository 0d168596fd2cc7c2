"""The bookmarks screen: the bookmarks of a list, or all; and lists that others get or never get."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from cable_tui.errors import CableTuiError
from cable_tui.query.fields import asks_reader
from cable_tui.session import effects
from cable_tui.session.ask import ask
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView, NoteDraft
from cable_tui.session.features import bookmarks, sidebar
from cable_tui.session.features.bookmarks import (
    AskNote,
    PutInList,
    ask_list,
    change_library,
    changes_library,
    own_note,
)
from cable_tui.session.registry import Actions, Cancelled, Result, Services, handles, performs
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, LibraryWrite
from cable_tui.value import replace

if TYPE_CHECKING:
    from cable_tui.archive.catalogue.rows import CableRow
    from cable_tui.library import Mark

GROUP = "bookmarks screen"
"""What reads bookmarks: a newer list stops the older one."""


class OpenBookmarks(Action):
    """Show the bookmarks, or those of a list; Back comes to the one that was left."""

    list: str = ""
    at: int = 0
    """As in `BookmarksView`."""


class CloseBookmarks(Action):
    """The bookmarks screen was left."""


class BookmarksRead(Action):
    """The bookmarks of a list as they are now."""

    bookmarks_view: BookmarksView


class FollowEntry(Action):
    """Open the cable of a bookmark, at its paragraph."""

    entry: BookmarkEntry


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

    latest = GROUP

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
    view = BookmarksView(action.list, at=action.at)
    return replace(session, bookmarks_view=view), (ShowBookmarks(), read)


@handles(CloseBookmarks)
def close_bookmarks(session: Session, _: CloseBookmarks) -> Result:
    """Stop the reading and close it."""
    return replace(session, bookmarks_view=None), (effects.Stop(GROUP),)


@handles(FollowEntry)
def follow_entry(session: Session, action: FollowEntry) -> Result:
    """Leave for its cable."""
    mark = action.entry.mark
    page = OpenBookmarks(_list(session), mark.id)
    session, stopped = close_bookmarks(session, CloseBookmarks())
    return session, (*stopped, effects.GoToCable(mark.canonical_id, mark.paragraph, page))


@handles(BookmarksRead)
def bookmarks_read(session: Session, action: BookmarksRead) -> Result:
    """Show the entries."""
    if session.bookmarks_view is None:
        return session, ()
    view = replace(action.bookmarks_view, at=session.bookmarks_view.at)
    return replace(session, bookmarks_view=view), ()


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
    return session, (ask_list(session, title, partial(PutInList, (), (mark,))),)


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


@handles(bookmarks.LibraryChanged)
def library_changed(session: Session, action: bookmarks.LibraryChanged) -> Result:
    """Show what the library has now, and search again if the query asks for it.

    Cables that were read meanwhile do not count: they would leave a list that is being read.
    """
    old, before = session, session.notebook
    session, wanted = bookmarks.notebook_updated(session, action)
    wanted += sidebar.refresh_sidebar(old, session)
    if session.bookmarks_view is not None:
        wanted += (ReadBookmarks(session.bookmarks_view.list),)
    now = replace(session.notebook, seen=before.seen, recent=before.recent)
    asks = any(asks_reader(term.facet, term.named) for term in session.query.filters)
    if asks and now != before and session.answered != "unasked":
        session, asked = ask(session, keep=session.current, again=True)
        wanted += asked
    return session, wanted


class OthersMet(Action):
    """The room has met other readers, or tried to."""

    words: str
    """For the status line: `synced`, `offline since 14:02`."""
    notice: str = ""
    """What the reader should know at once, such as a file that cannot be read."""


class MakePrivate(Action):
    """Let other readers never get the list that is shown, or give it to them after all."""


class SetPrivate(LibraryWrite):
    """Make a list private or not; answered by `LibraryChanged`."""

    list: str
    on: bool


@handles(OthersMet)
def others_met(session: Session, action: OthersMet) -> Result:
    """Say so in the status line; being offline disturbs nobody."""
    said = (effects.Notify(action.notice, "warning"),) if action.notice else ()
    return replace(session, synced=action.words), said


@handles(MakePrivate)
def make_private(session: Session, _: MakePrivate) -> Result:
    """Change it; undo takes it back."""
    view = session.bookmarks_view
    private = view.private if view else frozenset()
    return of_list(session, lambda shown: SetPrivate(shown, shown not in private))


READ_AT_ONCE = (20, 200)
"""The screen is refreshed after so many texts, and at the end."""
_FIRST = 200
"""Characters of a bookmarked text that are shown, at most."""


@performs(ReadBookmarks)
def _read_bookmarks(services: Services, effect: ReadBookmarks, cancelled: Cancelled) -> Actions:
    """Names and notes at once; subjects and texts as they are read."""
    library = services.library
    lists = tuple(library.lists.sizes().items())
    listed = effect.list if effect.list in dict(lists) else ""
    everything = library.marks()
    marks = library.lists.marks(listed) if listed else everything[::-1]
    own = library.names.all()
    entries = [BookmarkEntry(it, "" if it.author in own else it.author) for it in marks]
    private = library.lists.private()
    shown = BookmarksView(listed, lists, len(everything), tuple(entries), private)
    yield BookmarksRead(shown)
    for index, mark in enumerate(marks):
        if cancelled():
            return
        if index in READ_AT_ONCE:
            yield BookmarksRead(replace(shown, entries=tuple(entries)))
        entries[index] = _with_text(services, mark, entries[index])
    yield BookmarksRead(replace(shown, entries=tuple(entries)))


@performs(ReadNoteBeside)
def _read_note_beside(services: Services, effect: ReadNoteBeside, _: Cancelled) -> Actions:
    """The cable may be in another archive: the place is that of the bookmark."""
    from cable_tui.library import Mark

    of = effect.mark
    new = Mark(of.reference_id, of.canonical_id, of.paragraph, of.fingerprint)
    yield bookmarks.AskNote(own_note(services.library, new))


def _with_text(services: Services, mark: Mark, entry: BookmarkEntry) -> BookmarkEntry:
    """The entry with what the archive has of it: subject, text, and whether that has changed."""
    from cable_tui.library import paragraph_of, text_changed

    try:
        key = services.archive.find(mark.canonical_id)
        if key is None:
            return replace(entry, here=False)
        row: CableRow | None = services.rows([key]).get(key)
        entry = replace(entry, here=True, subject=row.subject if row else "")
        if mark.paragraph is None:
            return entry
        cable = services.archive.cable(key)
    except CableTuiError as error:
        return replace(entry, changed=str(error))
    paragraph = paragraph_of(mark, cable)
    line = " ".join(paragraph.text[: 2 * _FIRST].split())[:_FIRST] if paragraph else ""
    return replace(entry, line=line, changed=text_changed(mark, cable))


@changes_library(DropBookmark)
def _drop(services: Services, effect: DropBookmark) -> str:
    name = effect.mark.name
    if effect.list:
        taken = services.library.lists.take([effect.mark], effect.list)
        return f"{name} " + (
            f"taken out of {effect.list} · u undoes" if taken else f"not in {effect.list}"
        )
    gone = services.library.remove(effect.mark)
    how = "taken away · u undoes" if gone else "was changed or taken away by another window"
    # A key takes the bookmark of a colleague from everybody: it is said whose that was.
    own = services.library.is_own(effect.mark)
    what = "Bookmark" if own else f"{effect.mark.author}'s bookmark"
    return f"{what} of {name} {how}"


@changes_library(MoveBookmark)
def _move(services: Services, effect: MoveBookmark) -> str:
    services.library.lists.move(effect.mark, effect.list, effect.to)
    return ""


@performs(RenameList)
def _rename(services: Services, effect: RenameList, _: Cancelled) -> Actions:
    lists = services.library.lists

    def rename() -> str:
        lists.rename(effect.list, effect.name)
        return f"{effect.list} is {effect.name} now"

    yield from change_library(services.library, rename)
    # Where it could not be written, the list still has its old name.
    known = lists.sizes()
    yield OpenBookmarks(effect.list if effect.list in known else effect.name)


@changes_library(RemoveList)
def _remove_list(services: Services, effect: RemoveList) -> str:
    services.library.lists.drop(effect.list)
    return f"List {effect.list} taken away, its bookmarks stay · u undoes"


@changes_library(PlaceList)
def _place_list(services: Services, effect: PlaceList) -> str:
    services.library.lists.place(effect.list, effect.to)
    return ""


@changes_library(SetPrivate)
def _set_private(services: Services, effect: SetPrivate) -> str:
    library = services.library
    library.lists.set_private(effect.list, on=effect.on)
    if not effect.on:
        return f"{effect.list} is for others too: it leaves with the next sync · u undoes"
    known = library.sharing.known_of_list(effect.list)
    keep = f"; others keep what they have of it ({known:,})" if known else ""
    return f"{effect.list} is private: it leaves with no sync{keep} · u undoes"
