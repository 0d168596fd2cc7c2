"""Bookmarks, notes, lists and saved searches: setting, writing, keeping and undoing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, LibraryWrite, Request
from cable_tui.session.feature_state import Notebook, NoteDraft, Target
from cable_tui.session.features.selection import selected_cables, target
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session

if TYPE_CHECKING:
    # The first list on the screen does not wait for the library.
    from cable_tui.library import Mark

READ_AFTER = 2.0
"""Seconds that a cable is shown before it counts as read."""


class LibraryChanged(Action):
    """The notebook as the library has it now, perhaps with a word on what was done."""

    notebook: Notebook
    sentence: str = ""


class ToggleBookmark(Action):
    """Set or take away the bookmark of the cable or paragraph under the cursor.

    One with a note or in a list stays.
    """


class DeleteBookmarks(Action):
    """Take bookmarks away with their notes and places in lists: X, of what `Bookmark` is of."""


class MarksRead(Action):
    """What a reader wants to take away, as the library has it."""

    marks: tuple[Mark, ...]
    sentence: str = ""
    """Why there is nothing to take away."""


class WriteNote(Action):
    """A note to the cable or paragraph under the cursor."""


class KeepNote(Action):
    """A note is written."""

    draft: NoteDraft
    text: str


class AddToList(Action):
    """The cables that are marked in the list, or the one under the cursor, into a list."""


class Undo(Request, LibraryWrite):
    """Take the last change of the notebook back."""


class SaveSearch(Action):
    """Keep the query under a name; without one, ask for it."""

    name: str = ""


class CountAsRead(Action):
    """A cable was shown long enough to count as read."""

    id: int


class MarkUnread(Action):
    """Take the sign back that says a cable was read."""


class SetMark(LibraryWrite):
    """Set or take away a bookmark; answered by `Marked`."""

    target: Target


class SetMarks(LibraryWrite):
    """Bookmark those of several places that are not yet; answered by `Marked`."""

    targets: tuple[Target, ...]


class ReadMarks(LibraryWrite):
    """Fetch the reader's own bookmarks of some places; answered by `MarksRead`."""

    opens_dialog = True

    targets: tuple[Target, ...]


class AskRemoval(Effect):
    """Say what would go, and ask whether it may; answered by `Remove` where it may."""

    marks: tuple[Mark, ...]


class RemoveMarks(Request, LibraryWrite):
    """Take bookmarks away with all that they have, as one change; answered by `Marked`."""

    marks: tuple[Mark, ...]


class ReadNote(LibraryWrite):
    """Fetch the reader's note to a place; answered by `AskNote`."""

    opens_dialog = True

    target: Target


class AskNote(Request):
    """Let the reader write; answered by `KeepNote`."""

    draft: NoteDraft


class StoreNote(LibraryWrite):
    """Write a note down; answered by `Marked`."""

    draft: NoteDraft
    text: str


class AskList(Effect):
    """Let the reader choose or name a list; answered by `PutInList`."""

    targets: tuple[Target, ...] = ()
    marks: tuple[Mark, ...] = ()
    lists: tuple[tuple[str, int], ...] = ()
    title: str = ""


class PutInList(Request, LibraryWrite):
    """Bookmark what is not, and put it into a list; answered by `Marked`."""

    targets: tuple[Target, ...]
    marks: tuple[Mark, ...]
    name: str


class AskRecovered(Request):
    """Say what was rescued, and ask whether it is wanted; answered by `Undo` where it is not."""

    sentence: str


class AskSearchName(Effect):
    """Let the reader name a search; answered by `SaveSearch`."""

    proposed: str


class StoreSearch(LibraryWrite):
    """Keep a search; answered by `LibraryChanged`."""

    name: str
    query: str


class StoreRead(LibraryWrite):
    """Keep that a cable was read, or no longer; answered by `Marked`."""

    canonical_id: str
    read: bool = True


def notebook_updated(session: Session, action: LibraryChanged) -> Result:
    """The library answered: what it says is on the disk."""
    session = replace(session, notebook=action.notebook, quit_warned=False)
    said: tuple[Effect, ...] = (effects.Notify(action.sentence),) if action.sentence else ()
    return session, said


@handles(ToggleBookmark)
def toggle_bookmark(session: Session, _: ToggleBookmark) -> Result:
    """The paragraph under the cursor in the body, the cable or all that are marked in the list."""
    targets = targets_of(session)
    if len(targets) > 1:
        return session, (SetMarks(targets),)
    return _of_target(session, SetMark, "There is no cable to bookmark.")


@handles(DeleteBookmarks)
def delete_bookmarks(session: Session, _: DeleteBookmarks) -> Result:
    """The same places as a bookmark's; what stands there comes first."""
    targets = targets_of(session)
    if not targets:
        return session, (effects.Notify("There is no cable to take a bookmark from."),)
    return session, (ReadMarks(targets),)


@handles(MarksRead)
def marks_read(session: Session, action: MarksRead) -> Result:
    """Where a note or a place in a list goes too, the reader is asked first."""
    if not action.marks:
        return session, (effects.Notify(action.sentence),)
    bare = all(mark.is_bare for mark in action.marks)
    return session, (RemoveMarks(action.marks) if bare else AskRemoval(action.marks),)


@handles(WriteNote)
def write_note(session: Session, _: WriteNote) -> Result:
    """The same place as a bookmark's; what stands there comes first."""
    return _of_target(session, ReadNote, "There is no cable to write a note to.")


def _of_target(session: Session, effect: Callable[[Target], Effect], nothing: str) -> Result:
    found = target(session)
    return session, (effects.Notify(nothing) if found is None else effect(found),)


@handles(KeepNote)
def keep_note(session: Session, action: KeepNote) -> Result:
    """Down with it, unless nothing was written."""
    if action.text.strip() == action.draft.mark.note.strip():
        return session, ()
    return session, (StoreNote(action.draft, action.text.strip()),)


@handles(AddToList)
def add_to_list(session: Session, _: AddToList) -> Result:
    """All that are marked in the list, or the place under the cursor."""
    targets = targets_of(session)
    if not targets:
        return session, (effects.Notify("There is no cable to put into a list."),)
    title = "Put it into which list?" if len(targets) == 1 else f"Put {len(targets):,} cables into"
    return session, (AskList(targets, lists=session.notebook.lists, title=title),)


def targets_of(session: Session) -> tuple[Target, ...]:
    """What a command of many cables is of; the place under the cursor where none are marked."""
    if session.pane == "list" and (marked := selected_cables(session)):
        return tuple(map(Target, marked))
    found = target(session)
    return () if found is None else (found,)


@handles(SaveSearch)
def save_search(session: Session, action: SaveSearch) -> Result:
    """A name is asked for; with one the query is kept as it stands in the bar."""
    text = str(session.query)
    if not text:
        return session, (effects.Notify("There is no query to save: / writes one."),)
    if action.name:
        return session, (StoreSearch(action.name, text),)
    return session, (AskSearchName(text),)


@handles(CountAsRead)
def count_as_read(session: Session, action: CountAsRead) -> Result:
    """Only if it is still the one that is shown, and was not read before."""
    opened = session.opened
    if opened is None or opened.id != action.id or session.private:
        return session, ()
    canonical = opened.cable.canonical_id
    if session.notebook.recent[:1] == (canonical,):
        return session, ()
    return session, (StoreRead(canonical),)


@handles(MarkUnread)
def mark_unread(session: Session, _: MarkUnread) -> Result:
    """Of the cable that is read, or the one under the list's cursor."""
    if session.in_cable and session.cable is not None:
        return session, (StoreRead(session.cable.canonical_id, read=False),)
    return session, (effects.Notify("Open the cable first: r takes its sign of reading back."),)
