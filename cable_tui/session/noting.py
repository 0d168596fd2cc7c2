"""Steps of the notebook: what is asked of the library, and what becomes of its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cable_tui.session import effects, marking
from cable_tui.session.base import Action, Effect
from cable_tui.session.notebook import (
    AskList,
    AskNote,
    AskRemoval,
    AskRescue,
    AskSearchName,
    Bookmark,
    DropSearch,
    KeepNote,
    ListChosen,
    Marked,
    MarksRead,
    NoteRead,
    NotRead,
    PutAway,
    PutInList,
    ReadLong,
    ReadMarks,
    ReadNote,
    Remove,
    RemoveMarks,
    Rescued,
    SaveSearch,
    SetMark,
    SetMarks,
    StoreNote,
    StoreRead,
    StoreSearch,
    TakeAway,
    TakeBack,
    Target,
    Undo,
    WriteNote,
)

if TYPE_CHECKING:
    from cable_tui.session.model import Session

Result = tuple["Session", tuple[Effect, ...]]


def target(session: Session) -> Target | None:
    """What bookmarks and copies are of: the paragraph or cable read, or the list's cable."""
    if session.in_cable and session.opened:
        labelled = session.here is not None and session.here.label is not None
        return Target(session.opened.id, session.paragraph if labelled else None)
    return None if session.current is None else Target(session.current)


def marked(session: Session, action: Marked) -> Result:
    """The library answered: what it says is on the disk."""
    session = replace(session, notebook=action.notebook, leaving=False)
    said: tuple[Effect, ...] = (effects.Notify(action.sentence),) if action.sentence else ()
    return session, said


def bookmark(session: Session, action: Bookmark) -> Result:
    """The paragraph under the cursor in the body, the cable or all that are marked in the list."""
    del action
    targets = several(session)
    if len(targets) > 1:
        return session, (SetMarks(targets),)
    return _of_target(session, SetMark, "There is no cable to bookmark.")


def take_away(session: Session, action: TakeAway) -> Result:
    """The same places as a bookmark's; what stands there comes first."""
    del action
    targets = several(session)
    if not targets:
        return session, (effects.Notify("There is no cable to take a bookmark from."),)
    return session, (ReadMarks(targets),)


def marks_read(session: Session, action: MarksRead) -> Result:
    """Where a note or a place in a list goes too, the reader is asked first."""
    if not action.marks:
        return session, (effects.Notify(action.sentence),)
    bare = all(mark.is_bare for mark in action.marks)
    return session, (RemoveMarks(action.marks) if bare else AskRemoval(action.marks),)


def remove(session: Session, action: Remove) -> Result:
    """It can be taken back."""
    return session, (RemoveMarks(action.marks),)


def write_note(session: Session, action: WriteNote) -> Result:
    """The same place as a bookmark's; what stands there comes first."""
    del action
    return _of_target(session, ReadNote, "There is no cable to write a note to.")


def _of_target(session: Session, effect: Callable[[Target], Effect], nothing: str) -> Result:
    found = target(session)
    return session, (effects.Notify(nothing) if found is None else effect(found),)


def note_read(session: Session, action: NoteRead) -> Result:
    """It can be written on."""
    return session, (AskNote(action.noting),)


def keep_note(session: Session, action: KeepNote) -> Result:
    """Down with it, unless nothing was written."""
    if action.text.strip() == action.noting.mark.note.strip():
        return session, ()
    return session, (StoreNote(action.noting, action.text.strip()),)


def put_away(session: Session, action: PutAway) -> Result:
    """All that are marked in the list, or the place under the cursor."""
    del action
    targets = several(session)
    if not targets:
        return session, (effects.Notify("There is no cable to put into a list."),)
    title = "Put it into which list?" if len(targets) == 1 else f"Put {len(targets):,} cables into"
    return session, (AskList(targets, lists=session.notebook.lists, title=title),)


def several(session: Session) -> tuple[Target, ...]:
    """What a command of many cables is of; the place under the cursor where none are marked."""
    if session.pane == "list" and (marked := marking.cables(session)):
        return tuple(map(Target, marked))
    found = target(session)
    return () if found is None else (found,)


def list_chosen(session: Session, action: ListChosen) -> Result:
    """Into it."""
    return session, (PutInList(action.targets, action.marks, action.name),)


def undo(session: Session, action: Undo) -> Result:
    """What it was is said when it is done."""
    del action
    return session, (TakeBack(),)


def rescued(session: Session, action: Rescued) -> Result:
    """The damaged file is kept beside the new one, whatever the reader says."""
    return session, (AskRescue(action.sentence),)


def save_search(session: Session, action: SaveSearch) -> Result:
    """A name is asked for; with one the query is kept as it stands in the bar."""
    text = str(session.query)
    if not text:
        return session, (effects.Notify("There is no query to save: / writes one."),)
    if action.name:
        return session, (StoreSearch(action.name, text),)
    return session, (AskSearchName(text),)


def drop_search(session: Session, action: DropSearch) -> Result:
    """It can be taken back."""
    return session, (StoreSearch(action.name),)


def read_long(session: Session, action: ReadLong) -> Result:
    """Only if it is still the one that is shown, and was not read before."""
    opened = session.opened
    if opened is None or opened.id != action.id or session.private:
        return session, ()
    canonical = opened.cable.canonical_id
    if session.notebook.recent[:1] == (canonical,):
        return session, ()
    return session, (StoreRead(canonical),)


def not_read(session: Session, action: NotRead) -> Result:
    """Of the cable that is read, or the one under the list's cursor."""
    del action
    if session.in_cable and session.cable is not None:
        return session, (StoreRead(session.cable.canonical_id, read=False),)
    return session, (effects.Notify("Open the cable first: r takes its sign of reading back."),)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    Bookmark: bookmark,
    TakeAway: take_away,
    MarksRead: marks_read,
    Remove: remove,
    WriteNote: write_note,
    NoteRead: note_read,
    KeepNote: keep_note,
    PutAway: put_away,
    ListChosen: list_chosen,
    Undo: undo,
    Rescued: rescued,
    SaveSearch: save_search,
    DropSearch: drop_search,
    ReadLong: read_long,
    NotRead: not_read,
}
