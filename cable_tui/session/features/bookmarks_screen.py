"""The bookmarks screen: show all bookmarks or one list, and share lists or keep them private."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from cable_tui.base.errors import CableTuiError, LibraryError
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView, NoteDraft
from cable_tui.session.features import bookmarks
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, LibraryWrite, Request
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from cable_tui.library import Mark
    from cable_tui.query.answers import CableRow


class OpenBookmarks(Action):
    """Show all bookmarks or one list; going back returns to the previous bookmark."""

    list: str = ""
    at: int = 0
    """The id of the bookmark for the cursor, as in `BookmarksView`."""

    def step(self, session: Session) -> Result:
        """Open the screen immediately; its entries are read afterwards."""
        read_bookmarks = effects.ReadBookmarks(self.list)
        if session.bookmarks_view is not None:
            return session, (read_bookmarks,)
        bookmarks_view = BookmarksView(self.list, at=self.at)
        return replace(session, bookmarks_view=bookmarks_view), (ShowBookmarks(), read_bookmarks)


class CloseBookmarks(Action):
    """Leave the bookmarks screen."""

    def step(self, session: Session) -> Result:
        """Close the screen, and stop reading its entries."""
        return replace(session, bookmarks_view=None), (effects.Stop("bookmarks screen"),)


class BookmarksRead(Action):
    """The bookmarks of a list were read."""

    bookmarks_view: BookmarksView

    def step(self, session: Session) -> Result:
        """Show the bookmarks, if the screen is still open."""
        if session.bookmarks_view is None:
            return session, ()
        search_notes = " · ".join(
            f"{clean_line(name)}: {note.label}"
            for name, note in session.sidebar.search_notes.items()
            if note.short
        )
        updated_view = replace(
            self.bookmarks_view, at=session.bookmarks_view.at, search_notes=search_notes
        )
        return replace(session, bookmarks_view=updated_view), ()


class FollowEntry(Action):
    """Open the cable of a bookmark, at the bookmarked paragraph."""

    entry: BookmarkEntry

    def step(self, session: Session) -> Result:
        """Close the screen and open the cable."""
        mark = self.entry.mark
        return_action = OpenBookmarks(_list(session), mark.id)
        session, close_effects = CloseBookmarks().step(session)
        return session, (
            *close_effects,
            effects.GoToCable(mark.canonical_id, mark.paragraph, return_action),
        )


class EditEntry(Action):
    """Edit the note of a bookmark."""

    entry: BookmarkEntry

    def step(self, session: Session) -> Result:
        """Ask for the text of the note; on someone else's bookmark, for the reader's own note."""
        mark = self.entry.mark
        ask_own_note = bookmarks.AskNote(NoteDraft(mark))
        return session, (ReadNoteBeside(mark) if self.entry.author else ask_own_note,)


class ListEntry(Action):
    """Put a bookmark into a list."""

    entry: BookmarkEntry

    def step(self, session: Session) -> Result:
        """Ask for the list."""
        mark = self.entry.mark
        question = f"Put {mark.name} into which list?"
        put_in_list = partial(bookmarks.PutInList, (), (mark,))
        return session, (bookmarks.ask_list(session, question, put_in_list),)


class DropEntry(Action):
    """Remove a bookmark from the displayed list.

    If all bookmarks are displayed, delete the bookmark.
    """

    entry: BookmarkEntry

    def step(self, session: Session) -> Result:
        """Remove the bookmark; ask first if it has a note, is in a list, or is someone else's."""
        mark, author_name, shown_list = self.entry.mark, self.entry.author, _list(session)
        if shown_list or (mark.is_bare and not author_name):
            return session, (DropBookmark(mark, shown_list),)
        sharing_note = ", and disappears for everyone who shares it" if session.synced else ""
        whose_mark = f"It is {author_name}'s{sharing_note}." if author_name else ""
        return session, (bookmarks.removal_menu(bookmarks.RemoveMarks((mark,)), whose_mark),)


class MoveEntry(Action):
    """Move a bookmark within its list."""

    entry: BookmarkEntry
    to: int

    def step(self, session: Session) -> Result:
        """Move the bookmark if a list is shown, because only lists have the reader's own order."""
        shown_list = _list(session)
        if not shown_list:
            return session, (
                effects.Notify(
                    '"All bookmarks" is sorted by time; a list keeps the order you choose.'
                ),
            )
        return session, (MoveBookmark(self.entry.mark, shown_list, self.to),)


class ChooseListChange(Action):
    """Let the reader choose a change to the list that is shown."""

    def step(self, session: Session) -> Result:
        """Open a menu of the changes, with an explanation for changes that affect more."""
        bookmarks_view = session.bookmarks_view
        is_private = bookmarks_view is not None and bookmarks_view.list in bookmarks_view.private
        privacy_label = "share it again" if is_private else "make it private"
        privacy_effect = (
            "the next sync sends it, with its notes"
            if is_private
            else "no sync sends it; others keep their copies"
        )
        menu_items = (
            effects.MenuItem("r", "rename it", NameList()),
            effects.MenuItem("n", "write what it means", WriteListNote()),
            effects.MenuItem("<", "move it to the left", MoveList(-1)),
            effects.MenuItem(">", "move it to the right", MoveList(1)),
            effects.MenuItem("p", privacy_label, MakePrivate(), privacy_effect),
            effects.MenuItem("d", "remove it", DropList(), "its bookmarks are kept; u restores it"),
        )
        return of_list(session, lambda shown: effects.AskMenu(f"The list {shown}", menu_items))


class NameList(Action):
    """Rename the list that is shown; without a name, ask for it."""

    name: str = ""

    def step(self, session: Session) -> Result:
        """Rename the list, or ask for a name."""
        new_name = " ".join(self.name.split())
        if new_name and new_name == _list(session):
            return session, ()
        return of_list(
            session, lambda shown: RenameList(shown, new_name) if new_name else _ask_name(shown)
        )


class WriteListNote(Action):
    """Write a note on the list that is shown."""

    def step(self, session: Session) -> Result:
        """Ask for the note; an empty text removes it."""
        view = session.bookmarks_view
        note = view.list_note if view else ""
        return of_list(
            session,
            lambda shown: _ask_list_note(shown, note, note),
        )


class KeepListNote(Action):
    """Store the reader's note on a list."""

    list: str
    seen_note: str
    note: str

    def step(self, session: Session) -> Result:
        """Store the note if its text was changed."""
        note = self.note.strip()
        if note == self.seen_note.strip():
            return session, ()
        return session, (StoreListNote(self.list, self.seen_note, note),)


class DropList(Action):
    """Delete the list that is shown, but keep its bookmarks."""

    def step(self, session: Session) -> Result:
        """Delete the list; undoing restores it."""
        return of_list(session, RemoveList)


class MoveList(Action):
    """Move the list that is shown among the reader's lists."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the list, unless it is at the end already."""
        list_names = (
            [name for name, _ in session.bookmarks_view.lists] if session.bookmarks_view else []
        )
        return of_list(session, lambda shown: PutListAt(shown, list_names.index(shown) + self.by))


class ShowBookmarks(Effect):
    """Open the bookmarks screen."""


class HideBookmarks(Effect):
    """Close the bookmarks screen; answered by `CloseBookmarks`."""


class ReadNoteBeside(LibraryWrite):
    """Read the reader's own note on someone else's bookmark; answered by `AskNote`."""

    opens_dialog = True

    mark: Mark


class DropBookmark(bookmarks.LibraryChange):
    """Remove a bookmark from a list, or delete it; answered by `LibraryChanged`."""

    mark: Mark
    list: str

    def change(self, services: Services) -> str:
        """Remove the bookmark, and return a sentence with the name of its author."""
        mark_name = self.mark.name
        if self.list:
            removed_from_list = services.library.lists.take([self.mark], self.list)
            return f"{mark_name} " + (
                f"removed from {self.list} · u to undo"
                if removed_from_list
                else f"not in {self.list}"
            )
        removed_mark = services.library.remove(self.mark)
        outcome_text = (
            "removed · u to undo" if removed_mark else "was changed or removed by another window"
        )
        # A key removes a colleague's bookmark for everybody: the message says whose it was.
        is_own = services.library.is_own(self.mark)
        whose_bookmark = "Bookmark" if is_own else f"{self.mark.author}'s bookmark"
        return f"{whose_bookmark} of {mark_name} {outcome_text}"


class MoveBookmark(bookmarks.LibraryChange):
    """Move a bookmark within a list; answered by `LibraryChanged`."""

    mark: Mark
    list: str
    to: int

    def change(self, services: Services) -> str:
        """Move the bookmark; the screen shows its new position."""
        services.library.lists.move(self.mark, self.list, self.to)
        return ""


class RenameList(LibraryWrite):
    """Rename a list; answered by `LibraryChanged` and `OpenBookmarks`."""

    list: str
    name: str


class AskListNote(Request):
    """Let the reader write a note on a list; `written` creates the action from its text."""

    title: str
    text: str
    written: Callable[[str], Action]


def _ask_list_note(list_name: str, seen_note: str, text: str) -> AskListNote:
    """Return the request that shows a text, which replaces the note when the box is left."""
    return AskListNote(f"What {list_name} means", text, partial(KeepListNote, list_name, seen_note))


class StoreListNote(LibraryWrite):
    """Store the note on a list; answered by `LibraryChanged`.

    If it cannot be stored, it is shown again, so that it is not lost.
    """

    opens_dialog = True

    list: str
    seen_note: str
    note: str


class RemoveList(bookmarks.LibraryChange):
    """Delete a list; answered by `LibraryChanged`."""

    list: str

    def change(self, services: Services) -> str:
        """Delete the list, but keep its bookmarks."""
        services.library.lists.drop(self.list)
        return f"List {self.list} removed; its bookmarks were kept · u to undo"


class PutListAt(bookmarks.LibraryChange):
    """Move a list to a position among the lists, from 0; answered by `LibraryChanged`."""

    list: str
    to: int

    def change(self, services: Services) -> str:
        """Move the list; the screen shows its new position."""
        services.library.lists.place(self.list, self.to)
        return ""


def of_list(session: Session, effect: Callable[[str], Effect]) -> Result:
    """Return the effect of a change to the displayed list, or a message if there is none."""
    shown_list = _list(session)
    if not shown_list:
        return session, (effects.Notify("This shows all bookmarks: Tab goes to a list."),)
    return session, (effect(shown_list),)


def _list(session: Session) -> str:
    """Return the name of the displayed list, or an empty string if all bookmarks are displayed."""
    return session.bookmarks_view.list if session.bookmarks_view else ""


class OthersMet(Action):
    """The room has synchronized with other readers, or has tried to."""

    words: str
    """The text for the status line: `synced`, `offline since 14:02`."""
    notice: str = ""
    """An urgent message, such as that a file cannot be read, or else an empty string."""

    def step(self, session: Session) -> Result:
        """Show the text in the status line; being offline does not cause a message."""
        notices = (effects.Notify(self.notice, "warning"),) if self.notice else ()
        return replace(session, synced=self.words), notices


class MakePrivate(Action):
    """Make the shown list private, or share it again if it is private."""

    def step(self, session: Session) -> Result:
        """Change the list; undoing reverses the change."""
        bookmarks_view = session.bookmarks_view
        private_lists = bookmarks_view.private if bookmarks_view else frozenset()
        return of_list(session, lambda shown: SetPrivate(shown, shown not in private_lists))


class SetPrivate(bookmarks.LibraryChange):
    """Make a list private or shared; answered by `LibraryChanged`."""

    list: str
    on: bool

    def change(self, services: Services) -> str:
        """Change the list, and return a sentence on which of its contents others already have."""
        library = services.library
        library.lists.set_private(self.list, on=self.on)
        if not self.on:
            return f"{self.list} is shared: the next sync sends it · u to undo"
        entries_known_to_others = library.lists.known_to_others(self.list)
        what_others_keep = (
            f"; others keep their copies ({entries_known_to_others:,})"
            if entries_known_to_others
            else ""
        )
        return f"{self.list} is private and will not be synced{what_others_keep} · u to undo"


READ_AT_ONCE = (20, 200)
"""The numbers of texts read after which the screen is updated. It is also updated at the end."""
_FIRST = 200
"""The maximum number of characters of a bookmarked text to show."""


def _read_bookmarks(
    services: Services, effect: effects.ReadBookmarks, cancelled: Cancelled
) -> Actions:
    """Report names and notes immediately, then subjects and texts as they are read."""
    library = services.library
    list_sizes = tuple(library.lists.sizes().items())
    list_name = effect.list if effect.list in dict(list_sizes) else ""
    all_marks = library.marks()
    listed_marks = library.lists.marks(list_name) if list_name else all_marks[::-1]
    own_names = library.names.all()
    bookmark_entries = [
        BookmarkEntry(mark, "" if mark.author in own_names else mark.author)
        for mark in listed_marks
    ]
    private_lists = library.lists.private()
    initial_view = BookmarksView(
        list_name,
        list_sizes,
        len(all_marks),
        tuple(bookmark_entries),
        private_lists,
        list_note=library.lists.notes().get(list_name, ""),
    )
    yield BookmarksRead(initial_view)
    for entry_index, mark in enumerate(listed_marks):
        if cancelled():
            return
        if entry_index in READ_AT_ONCE:
            yield BookmarksRead(replace(initial_view, entries=tuple(bookmark_entries)))
        bookmark_entries[entry_index] = _with_text(services, mark, bookmark_entries[entry_index])
    yield BookmarksRead(replace(initial_view, entries=tuple(bookmark_entries)))


def _read_note_beside(services: Services, effect: ReadNoteBeside, _: Cancelled) -> Actions:
    """Read the note at the bookmark's location, even if its cable is not in this archive."""
    from cable_tui.library import Mark

    noted_mark = effect.mark
    new_mark = Mark(
        noted_mark.reference_id,
        noted_mark.canonical_id,
        noted_mark.paragraph,
        noted_mark.fingerprint,
    )
    yield bookmarks.AskNote(bookmarks.own_note(services.library, new_mark))


def _with_text(services: Services, mark: Mark, bookmark_entry: BookmarkEntry) -> BookmarkEntry:
    """Return the entry with its subject and text from the archive, and how the text has changed."""
    from cable_tui.library import paragraph_of, text_changed

    try:
        cable_id = services.archive.find(mark.canonical_id)
        if cable_id is None:
            return replace(bookmark_entry, here=False)
        cable_row: CableRow | None = services.rows([cable_id]).get(cable_id)
        bookmark_entry = replace(
            bookmark_entry, here=True, subject=cable_row.subject if cable_row else ""
        )
        if mark.paragraph is None:
            return bookmark_entry
        cable = services.archive.cable(cable_id)
    except CableTuiError as error:
        return replace(bookmark_entry, changed=str(error))
    paragraph = paragraph_of(mark, cable)
    opening_text = " ".join(paragraph.text[: 2 * _FIRST].split())[:_FIRST] if paragraph else ""
    return replace(bookmark_entry, line=opening_text, changed=text_changed(mark, cable))


def _ask_name(shown: str) -> effects.AskLine:
    return effects.AskLine(f"Another name for {shown}", shown, NameList)


def _rename(services: Services, effect: RenameList, _: Cancelled) -> Actions:
    library_lists = services.library.lists

    def rename() -> str:
        library_lists.rename(effect.list, effect.name)
        return f"{effect.list} is now called {effect.name}"

    yield from bookmarks.change_library(services.library, rename)
    # Where it could not be written, the list still has its old name.
    list_sizes = library_lists.sizes()
    yield OpenBookmarks(effect.list if effect.list in list_sizes else effect.name)


def _store_list_note(services: Services, effect: StoreListNote, _: Cancelled) -> Actions:
    list_name = effect.list
    try:
        has_both = services.library.lists.note(list_name, effect.seen_note, effect.note)
    except LibraryError as error:
        yield effects.Notify(str(error), "error")
        yield _ask_list_note(list_name, effect.seen_note, effect.note)
        return
    sentence = f"Note {'saved with' if effect.note else 'removed from'} {list_name} · u to undo"
    if has_both:
        sentence = f"Note saved with {list_name}, next to the note of another window"
    yield bookmarks.read_notebook(services.library, sentence)


PERFORMERS: Performers = {
    StoreListNote: _store_list_note,
    effects.ReadBookmarks: _read_bookmarks,
    ReadNoteBeside: _read_note_beside,
    RenameList: _rename,
}
