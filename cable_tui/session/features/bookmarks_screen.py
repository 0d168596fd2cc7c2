"""The bookmarks screen: the bookmarks of a list, or all; and shared or private lists."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView, NoteDraft
from cable_tui.session.features import bookmarks
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, LibraryWrite

if TYPE_CHECKING:
    from cable_tui.library import Mark
    from cable_tui.query.answers import CableRow


class OpenBookmarks(Action):
    """Show the bookmarks, or those of a list; Back returns to the one that was left."""

    list: str = ""
    at: int = 0
    """The position of the cursor, as in `BookmarksView`."""

    def step(self, session: Session) -> Result:
        """Open the screen at once; its entries follow."""
        read_bookmarks = effects.ReadBookmarks(self.list)
        if session.bookmarks_view is not None:
            return session, (read_bookmarks,)
        view = BookmarksView(self.list, at=self.at)
        return replace(session, bookmarks_view=view), (ShowBookmarks(), read_bookmarks)


class CloseBookmarks(Action):
    """The bookmarks screen was left."""

    def step(self, session: Session) -> Result:
        """Stop the reading and close it."""
        return replace(session, bookmarks_view=None), (effects.Stop("bookmarks screen"),)


class BookmarksRead(Action):
    """The present bookmarks of a list."""

    bookmarks_view: BookmarksView

    def step(self, session: Session) -> Result:
        """Show the entries."""
        if session.bookmarks_view is None:
            return session, ()
        view = replace(self.bookmarks_view, at=session.bookmarks_view.at)
        return replace(session, bookmarks_view=view), ()


class FollowEntry(Action):
    """Open the cable of a bookmark, at its paragraph."""

    entry: BookmarkEntry

    def step(self, session: Session) -> Result:
        """Leave for its cable."""
        mark = self.entry.mark
        page = OpenBookmarks(_list(session), mark.id)
        session, close_effects = CloseBookmarks().step(session)
        return session, (*close_effects, effects.GoToCable(mark.canonical_id, mark.paragraph, page))


class EditEntry(Action):
    """Edit the note of a bookmark."""

    entry: BookmarkEntry

    def step(self, session: Session) -> Result:
        """Ask for the note; on somebody else's bookmark, for a separate one of the reader's own."""
        mark = self.entry.mark
        ask_own_note = bookmarks.AskNote(NoteDraft(mark))
        return session, (ReadNoteBeside(mark) if self.entry.author else ask_own_note,)


class ListEntry(Action):
    """Put a bookmark into a list."""

    entry: BookmarkEntry

    def step(self, session: Session) -> Result:
        """Ask for the list."""
        mark = self.entry.mark
        title = f"Put {mark.name} into which list?"
        put_in_list = partial(bookmarks.PutInList, (), (mark,))
        return session, (bookmarks.ask_list(session, title, put_in_list),)


class DropEntry(Action):
    """Remove a bookmark from the list that is shown; from all bookmarks, delete it."""

    entry: BookmarkEntry

    def step(self, session: Session) -> Result:
        """Remove it; ask first if more would go than the line shows, or somebody else's."""
        mark, author, shown_list = self.entry.mark, self.entry.author, _list(session)
        if shown_list or (mark.is_bare and not author):
            return session, (DropBookmark(mark, shown_list),)
        everybody = ", and goes for everybody who shares it" if session.synced else ""
        whose_mark = f"It is {author}'s{everybody}." if author else ""
        return session, (bookmarks.removal_menu((mark,), whose_mark),)


class MoveEntry(Action):
    """Move a bookmark within its list."""

    entry: BookmarkEntry
    to: int

    def step(self, session: Session) -> Result:
        """Move it, if a list is shown; only lists have the reader's own order."""
        shown_list = _list(session)
        if not shown_list:
            return session, (
                effects.Notify("All bookmarks are in order of time; a list has your own order."),
            )
        return session, (MoveBookmark(self.entry.mark, shown_list, self.to),)


class ChooseListChange(Action):
    """Choose what is changed of the list that is shown."""

    def step(self, session: Session) -> Result:
        """List the changes, those that reach further with what they do."""
        view = session.bookmarks_view
        is_private = view is not None and view.list in view.private
        label = "share it again" if is_private else "make it private"
        what_it_does = (
            "the next sync sends it, with its notes"
            if is_private
            else "no sync sends it; others keep theirs"
        )
        items = (
            effects.MenuItem("r", "rename it", NameList()),
            effects.MenuItem("<", "move it to the left", MoveList(-1)),
            effects.MenuItem(">", "move it to the right", MoveList(1)),
            effects.MenuItem("p", label, MakePrivate(), what_it_does),
            effects.MenuItem("d", "remove it", DropList(), "its bookmarks stay; u brings it back"),
        )
        return of_list(session, lambda shown: effects.AskMenu(f"The list {shown}", items))


class NameList(Action):
    """Rename the list that is shown; without a name, ask for it."""

    name: str = ""

    def step(self, session: Session) -> Result:
        """Rename the list, or ask for a name."""
        name = " ".join(self.name.split())
        if name and name == _list(session):
            return session, ()
        return of_list(session, lambda shown: RenameList(shown, name) if name else _ask_name(shown))


class DropList(Action):
    """Delete the list that is shown; its bookmarks stay."""

    def step(self, session: Session) -> Result:
        """Delete the list; undo brings it back."""
        return of_list(session, RemoveList)


class MoveList(Action):
    """Move the list that is shown among the lists."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the list; at an end it stays."""
        names = [name for name, _ in session.bookmarks_view.lists] if session.bookmarks_view else []
        return of_list(session, lambda shown: PutListAt(shown, names.index(shown) + self.by))


class ShowBookmarks(Effect):
    """Open the bookmarks screen."""


class HideBookmarks(Effect):
    """Close the bookmarks screen; answered by `CloseBookmarks`."""


class ReadNoteBeside(LibraryWrite):
    """Read the reader's own note on somebody else's bookmark; answered by `AskNote`."""

    opens_dialog = True

    mark: Mark


class DropBookmark(bookmarks.LibraryChange):
    """Remove a bookmark from a list, or delete it; answered by `LibraryChanged`."""

    mark: Mark
    list: str

    def change(self, services: Services) -> str:
        """Say whose bookmark it was."""
        mark_name = self.mark.name
        if self.list:
            taken_marks = services.library.lists.take([self.mark], self.list)
            return f"{mark_name} " + (
                f"removed from {self.list} · u undoes" if taken_marks else f"not in {self.list}"
            )
        removed_mark = services.library.remove(self.mark)
        what_happened = (
            "removed · u undoes" if removed_mark else "was changed or removed by another window"
        )
        # A key removes a colleague's bookmark for everybody: the message says whose it was.
        is_own = services.library.is_own(self.mark)
        whose_bookmark = "Bookmark" if is_own else f"{self.mark.author}'s bookmark"
        return f"{whose_bookmark} of {mark_name} {what_happened}"


class MoveBookmark(bookmarks.LibraryChange):
    """Move a bookmark within a list; answered by `LibraryChanged`."""

    mark: Mark
    list: str
    to: int

    def change(self, services: Services) -> str:
        """Move it; the screen shows its new position."""
        services.library.lists.move(self.mark, self.list, self.to)
        return ""


class RenameList(LibraryWrite):
    """Rename a list; answered by `LibraryChanged` and `OpenBookmarks`."""

    list: str
    name: str


class RemoveList(bookmarks.LibraryChange):
    """Delete a list; answered by `LibraryChanged`."""

    list: str

    def change(self, services: Services) -> str:
        """Keep its bookmarks."""
        services.library.lists.drop(self.list)
        return f"List {self.list} removed, its bookmarks stay · u undoes"


class PutListAt(bookmarks.LibraryChange):
    """Move a list to a place among the lists, from 0; answered by `LibraryChanged`."""

    list: str
    to: int

    def change(self, services: Services) -> str:
        """Move it; the screen shows its new position."""
        services.library.lists.place(self.list, self.to)
        return ""


def of_list(session: Session, effect: Callable[[str], Effect]) -> Result:
    """Change the shown list, unless it is all bookmarks."""
    shown_list = _list(session)
    if not shown_list:
        return session, (effects.Notify("These are all bookmarks: Tab goes to a list."),)
    return session, (effect(shown_list),)


def _list(session: Session) -> str:
    """Return the shown list; empty means all bookmarks."""
    return session.bookmarks_view.list if session.bookmarks_view else ""


class OthersMet(Action):
    """The room has met other readers, or tried to."""

    words: str
    """Text for the status line: `synced`, `offline since 14:02`."""
    notice: str = ""
    """An urgent message, such as that a file cannot be read."""

    def step(self, session: Session) -> Result:
        """Show it in the status line; being offline causes no notice."""
        notices = (effects.Notify(self.notice, "warning"),) if self.notice else ()
        return replace(session, synced=self.words), notices


class MakePrivate(Action):
    """Make the shown list private, or share it again."""

    def step(self, session: Session) -> Result:
        """Change it; undo reverses that."""
        view = session.bookmarks_view
        private_lists = view.private if view else frozenset()
        return of_list(session, lambda shown: SetPrivate(shown, shown not in private_lists))


class SetPrivate(bookmarks.LibraryChange):
    """Make a list private or not; answered by `LibraryChanged`."""

    list: str
    on: bool

    def change(self, services: Services) -> str:
        """Say what others have already."""
        library = services.library
        library.lists.set_private(self.list, on=self.on)
        if not self.on:
            return f"{self.list} is shared: the next sync sends it · u undoes"
        known_to_others = library.lists.known_to_others(self.list)
        what_others_keep = (
            f"; others keep what they have of it ({known_to_others:,})" if known_to_others else ""
        )
        return f"{self.list} is private: a sync does not send it{what_others_keep} · u undoes"


READ_AT_ONCE = (20, 200)
"""The screen is refreshed after these numbers of texts, and at the end."""
_FIRST = 200
"""The most characters shown of a bookmarked text."""


def _read_bookmarks(
    services: Services, effect: effects.ReadBookmarks, cancelled: Cancelled
) -> Actions:
    """Report names and notes at once; subjects and texts as they are read."""
    library = services.library
    lists = tuple(library.lists.sizes().items())
    list_name = effect.list if effect.list in dict(lists) else ""
    all_marks = library.marks()
    marks = library.lists.marks(list_name) if list_name else all_marks[::-1]
    own_names = library.names.all()
    entries = [
        BookmarkEntry(mark, "" if mark.author in own_names else mark.author) for mark in marks
    ]
    private_lists = library.lists.private()
    shown_view = BookmarksView(list_name, lists, len(all_marks), tuple(entries), private_lists)
    yield BookmarksRead(shown_view)
    for index, mark in enumerate(marks):
        if cancelled():
            return
        if index in READ_AT_ONCE:
            yield BookmarksRead(replace(shown_view, entries=tuple(entries)))
        entries[index] = _with_text(services, mark, entries[index])
    yield BookmarksRead(replace(shown_view, entries=tuple(entries)))


def _read_note_beside(services: Services, effect: ReadNoteBeside, _: Cancelled) -> Actions:
    """Read the note at the bookmark's place: the cable may be in another archive."""
    from cable_tui.library import Mark

    noted_mark = effect.mark
    new_mark = Mark(
        noted_mark.reference_id,
        noted_mark.canonical_id,
        noted_mark.paragraph,
        noted_mark.fingerprint,
    )
    yield bookmarks.AskNote(bookmarks.own_note(services.library, new_mark))


def _with_text(services: Services, mark: Mark, entry: BookmarkEntry) -> BookmarkEntry:
    """Return the entry with facts from the archive: subject, text, and whether that has changed."""
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
    first_text = " ".join(paragraph.text[: 2 * _FIRST].split())[:_FIRST] if paragraph else ""
    return replace(entry, line=first_text, changed=text_changed(mark, cable))


def _ask_name(shown: str) -> effects.AskLine:
    return effects.AskLine(f"Another name for {shown}", shown, NameList)


def _rename(services: Services, effect: RenameList, _: Cancelled) -> Actions:
    lists = services.library.lists

    def rename() -> str:
        lists.rename(effect.list, effect.name)
        return f"{effect.list} is {effect.name} now"

    yield from bookmarks.change_library(services.library, rename)
    # Where it could not be written, the list still has its old name.
    list_sizes = lists.sizes()
    yield OpenBookmarks(effect.list if effect.list in list_sizes else effect.name)


PERFORMERS: Performers = {
    effects.ReadBookmarks: _read_bookmarks,
    ReadNoteBeside: _read_note_beside,
    RenameList: _rename,
}
