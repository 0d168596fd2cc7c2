"""Bookmarks, notes, lists and saved searches: set, write, store and undo them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, LibraryWrite, Request
from cable_tui.session.feature_state import Notebook, NoteDraft, Target
from cable_tui.session.features.selection import selected_cables, target
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

if TYPE_CHECKING:
    # The first list on the screen does not wait for the library.
    from cable_tui.library import Mark

READ_AFTER = 2.0
"""Seconds that a cable is shown before it counts as read."""


class LibraryChanged(Action):
    """The library changed, or was read anew: the notebook, and a sentence on what was done."""

    notebook: Notebook
    sentence: str = ""


class ToggleBookmark(Action):
    """Set or take away the bookmark of the cable or paragraph under the cursor.

    One with a note or in a list stays.
    """


class DeleteBookmarks(Action):
    """X: remove the bookmarks of the cursor's or the selected places, notes and lists included."""


class MarksRead(Action):
    """The bookmarks that a reader wants to remove, as the library has them."""

    marks: tuple[Mark, ...]
    sentence: str = ""
    """Why there is nothing to take away."""


class WriteNote(Action):
    """Write a note to the cable or paragraph under the cursor."""


class KeepNote(Action):
    """The reader has written a note."""

    draft: NoteDraft
    text: str


class DiscardNote(Action):
    """The reader threw away what was written of a note; `TakeBack` shows it again."""

    draft: NoteDraft
    text: str


class TakeBack(Action):
    """u: bring back the note that was thrown away last, else undo the last change."""


class AddToList(Action):
    """Put the selected cables, or the one under the cursor, into a list."""


class Undo(Request, LibraryWrite):
    """Undo the last change of the library; answered by `LibraryChanged`."""


class SaveSearch(Action):
    """Save the query under a name; without one, ask for it."""

    name: str = ""


class CountAsRead(Action):
    """A cable was shown long enough to count as read."""

    id: int


class MarkUnread(Action):
    """Mark the open cable as not read."""


class SetMark(LibraryWrite):
    """Set or remove a bookmark; answered by `LibraryChanged`."""

    target: Target


class SetMarks(LibraryWrite):
    """Bookmark those of several places that are not bookmarked; answered by `LibraryChanged`."""

    targets: tuple[Target, ...]


class ReadMarks(LibraryWrite):
    """Read the reader's own bookmarks of some places; answered by `MarksRead`."""

    opens_dialog = True

    targets: tuple[Target, ...]


class AskRemoval(Effect):
    """Show what would be removed, and ask; answered by `RemoveMarks` if the reader agrees."""

    marks: tuple[Mark, ...]


class RemoveMarks(Request, LibraryWrite):
    """Remove bookmarks, notes and lists included, as one change; answered by `LibraryChanged`."""

    marks: tuple[Mark, ...]


class ReadNote(LibraryWrite):
    """Read the reader's note to a place; answered by `AskNote`."""

    opens_dialog = True

    target: Target


class AskNote(Request):
    """Let the reader write a note; answered by `KeepNote` or `DiscardNote`."""

    draft: NoteDraft
    text: str | None = None
    """What the box holds; None is the note that stands there."""


class StoreNote(LibraryWrite):
    """Write a note into the library; answered by `LibraryChanged`."""

    draft: NoteDraft
    text: str


class AskList(Effect):
    """Let the reader choose or name a list; answered by `PutInList`."""

    targets: tuple[Target, ...] = ()
    marks: tuple[Mark, ...] = ()
    lists: tuple[tuple[str, int], ...] = ()
    title: str = ""
    shared: bool = False
    """Whether lists go to other readers, so that a new one may have to be private."""


class PutInList(Request, LibraryWrite):
    """Put places into a list, bookmarked first where needed; answered by `LibraryChanged`."""

    targets: tuple[Target, ...]
    marks: tuple[Mark, ...]
    name: str
    private: bool = False
    """Let no other reader get the list, from before there is anything in it."""


class AskRecovered(Request):
    """Say what was recovered of a damaged library, and ask; answered by `Undo` if unwanted."""

    sentence: str


class AskOwnName(Request):
    """Ask whether bookmarks by another name are the reader's; answered by `AnswerOwnName`."""

    name: str
    count: int
    from_elsewhere: int
    """Of these those that came from others, or from another library."""


class AnswerOwnName(Request, LibraryWrite):
    """Keep whether a name is the reader's, too; answered by `LibraryChanged`."""

    name: str
    mine: bool


class StoreSearch(LibraryWrite):
    """Save a search in the library; answered by `LibraryChanged`."""

    name: str
    query: str


class StoreRead(LibraryWrite):
    """Mark a cable as read, or as not read; answered by `LibraryChanged`."""

    canonical_id: str
    read: bool = True


def notebook_updated(session: Session, action: LibraryChanged) -> Result:
    """Show the notebook as it is on the disk now, and say what was done."""
    session = replace(session, notebook=action.notebook, quit_warned=False)
    if action.sentence:  # u takes this back now
        session = replace(session, discarded=None)
    said: tuple[Effect, ...] = (effects.Notify(action.sentence),) if action.sentence else ()
    return session, said


@handles(ToggleBookmark)
def toggle_bookmark(session: Session, _: ToggleBookmark) -> Result:
    """Toggle the bookmark under the cursor, or bookmark all selected cables."""
    targets = targets_of(session)
    if len(targets) > 1:
        return session, (SetMarks(targets),)
    return _of_target(session, SetMark, "There is no cable to bookmark.")


@handles(DeleteBookmarks)
def delete_bookmarks(session: Session, _: DeleteBookmarks) -> Result:
    """Read the bookmarks first: the reader may have to be asked."""
    targets = targets_of(session)
    if not targets:
        return session, (effects.Notify("There is no cable to take a bookmark from."),)
    return session, (ReadMarks(targets),)


@handles(MarksRead)
def marks_read(session: Session, action: MarksRead) -> Result:
    """Remove bookmarks at once, or ask first where a note or a list would go too."""
    if not action.marks:
        return session, (effects.Notify(action.sentence),)
    bare = all(mark.is_bare for mark in action.marks)
    return session, (RemoveMarks(action.marks) if bare else AskRemoval(action.marks),)


@handles(WriteNote)
def write_note(session: Session, _: WriteNote) -> Result:
    """Read the note that the place has already."""
    return _of_target(session, ReadNote, "There is no cable to write a note to.")


def _of_target(session: Session, effect: Callable[[Target], Effect], nothing: str) -> Result:
    found = target(session)
    return session, (effects.Notify(nothing) if found is None else effect(found),)


@handles(KeepNote)
def keep_note(session: Session, action: KeepNote) -> Result:
    """Store the note, if it was changed."""
    if action.text.strip() == action.draft.mark.note.strip():
        return session, ()
    return session, (StoreNote(action.draft, action.text.strip()),)


@handles(DiscardNote)
def discard_note(session: Session, action: DiscardNote) -> Result:
    """Store nothing; what was written stays until the next change, should it be wanted again."""
    if action.text.strip() == action.draft.mark.note.strip():
        return session, ()
    session = replace(session, discarded=(action.draft, action.text))
    return session, (effects.Notify("What you wrote is thrown away; u brings it back."),)


@handles(TakeBack)
def take_back(session: Session, _: TakeBack) -> Result:
    """Open the box with what was thrown away, or undo."""
    if session.discarded is None:
        return session, (Undo(),)
    return replace(session, discarded=None), (AskNote(*session.discarded),)


@handles(AddToList)
def add_to_list(session: Session, _: AddToList) -> Result:
    """Ask for the list."""
    targets = targets_of(session)
    if not targets:
        return session, (effects.Notify("There is no cable to put into a list."),)
    title = "Put it into which list?" if len(targets) == 1 else f"Put {len(targets):,} cables into"
    return session, (AskList(targets, (), session.notebook.lists, title, bool(session.synced)),)


def targets_of(session: Session) -> tuple[Target, ...]:
    """The places that a command is for: the selected cables, else the one under the cursor."""
    if session.pane == "list" and (marked := selected_cables(session)):
        return tuple(map(Target, marked))
    found = target(session)
    return () if found is None else (found,)


@handles(SaveSearch)
def save_search(session: Session, action: SaveSearch) -> Result:
    """Store the query under its name, or ask for a name."""
    text = str(session.query)
    if not text:
        return session, (effects.Notify("There is no query to save: / writes one."),)
    if action.name:
        return session, (StoreSearch(action.name, text),)
    return session, (effects.AskLine("Save this search as", text, SaveSearch),)


@handles(CountAsRead)
def count_as_read(session: Session, action: CountAsRead) -> Result:
    """Mark the cable as read, if it is still shown and was not the last one read."""
    opened = session.opened
    if opened is None or opened.id != action.id or session.private or session.preview.shown:
        return session, ()
    canonical = opened.cable.canonical_id
    if session.notebook.recent[:1] == (canonical,):
        return session, ()
    return session, (StoreRead(canonical),)


@handles(MarkUnread)
def mark_unread(session: Session, _: MarkUnread) -> Result:
    """Mark the open cable as not read."""
    if session.in_cable and session.cable is not None:
        return session, (StoreRead(session.cable.canonical_id, read=False),)
    return session, (effects.Notify("Open the cable first: r marks it as not read."),)
