"""The notebook: bookmarks, notes, lists, saved searches, and which cables were read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cable_tui.session import effects, marking
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session

READ_AFTER = 2.0
"""Seconds that a cable is shown before it counts as read."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """What the library holds, as far as the room shows it."""

    marks: frozenset[tuple[str, str | None]] = frozenset()
    """Bookmarks: canonical id and paragraph label."""
    noted: frozenset[tuple[str, str | None]] = frozenset()
    """Those of them that have a note."""
    pending: int = 0
    """Bookmarks that are in memory only: the disk is full, or the file cannot be written."""
    seen: frozenset[str] = frozenset()
    """Canonical ids of the cables that were read."""
    recent: tuple[str, ...] = ()
    """Canonical ids of those read last, the newest first."""
    lists: tuple[tuple[str, int], ...] = ()
    """Names of lists in the reader's order, with their numbers of bookmarks."""
    searches: tuple[tuple[str, str], ...] = ()
    """Saved searches in the reader's order: names and queries."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is marked: a cable, or a paragraph of it."""

    id: int
    paragraph: int | None = None
    """In `Body.paragraphs`; None is the whole cable."""


@dataclass(frozen=True, slots=True)
class Noting:
    """A note that is being written."""

    title: str
    """What it is a note to."""
    text: str
    """What stands there already."""
    mark_id: int = 0
    """The bookmark that has the note; 0 is a new one, of `target`."""
    target: Target | None = None


# What a reader does, and what the library answers.


@dataclass(frozen=True, slots=True)
class Marked(Action):
    """The notebook as the library has it now, perhaps with a word on what was done."""

    notebook: Notebook
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark(Action):
    """Set or take away the bookmark of the cable or paragraph under the cursor."""


@dataclass(frozen=True, slots=True)
class WriteNote(Action):
    """A note to the cable or paragraph under the cursor."""


@dataclass(frozen=True, slots=True)
class NoteRead(Action):
    """What there is of a note: it can be written on."""

    noting: Noting


@dataclass(frozen=True, slots=True)
class KeepNote(Action):
    """A note is written."""

    noting: Noting
    text: str


@dataclass(frozen=True, slots=True)
class PutAway(Action):
    """The cables that are marked in the list, or the one under the cursor, into a list."""


@dataclass(frozen=True, slots=True)
class ListChosen(Action):
    """Into which list; a new name makes one."""

    targets: tuple[Target, ...]
    mark_ids: tuple[int, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Undo(Action):
    """Take the last change of the notebook back."""


@dataclass(frozen=True, slots=True)
class Rescued(Action):
    """The library was damaged; what was left of it is there."""

    sentence: str


@dataclass(frozen=True, slots=True)
class SaveSearch(Action):
    """Keep the query under a name; without one, ask for it."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class DropSearch(Action):
    """A saved search is no longer wanted."""

    name: str


@dataclass(frozen=True, slots=True)
class ReadLong(Action):
    """A cable was shown long enough to count as read."""

    id: int


@dataclass(frozen=True, slots=True)
class NotRead(Action):
    """Take the sign back that says a cable was read."""


# What the outside must do.


@dataclass(frozen=True, slots=True)
class SetMark(Effect):
    """Set or take away a bookmark; answered by `Marked`."""

    target: Target


@dataclass(frozen=True, slots=True)
class ReadNote(Effect):
    """Fetch the reader's note to a place; answered by `NoteRead`."""

    target: Target


@dataclass(frozen=True, slots=True)
class AskNote(Effect):
    """Let the reader write; answered by `KeepNote`."""

    noting: Noting


@dataclass(frozen=True, slots=True)
class StoreNote(Effect):
    """Write a note down; answered by `Marked`."""

    noting: Noting
    text: str


@dataclass(frozen=True, slots=True)
class AskList(Effect):
    """Let the reader choose or name a list; answered by `ListChosen`."""

    targets: tuple[Target, ...] = ()
    mark_ids: tuple[int, ...] = ()
    lists: tuple[tuple[str, int], ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class PutInList(Effect):
    """Bookmark what is not, and put it into a list; answered by `Marked`."""

    targets: tuple[Target, ...]
    mark_ids: tuple[int, ...]
    name: str


@dataclass(frozen=True, slots=True)
class TakeBack(Effect):
    """Undo the last change; answered by `Marked`."""


@dataclass(frozen=True, slots=True)
class AskRescue(Effect):
    """Say what was rescued, and ask whether it is wanted; answered by `Undo` where it is not."""

    sentence: str


@dataclass(frozen=True, slots=True)
class AskSearchName(Effect):
    """Let the reader name a search; answered by `SaveSearch`."""

    proposed: str


@dataclass(frozen=True, slots=True)
class StoreSearch(Effect):
    """Keep a search, or without a query drop it; answered by `Marked`."""

    name: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class StoreRead(Effect):
    """Keep that a cable was read, or no longer; answered by `Marked`."""

    canonical_id: str
    read: bool = True


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
    """The paragraph under the cursor in the body, the cable in the list."""
    del action
    return _of_target(session, SetMark, "There is no cable to bookmark.")


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
    if action.text.strip() == action.noting.text.strip():
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
    return session, (PutInList(action.targets, action.mark_ids, action.name),)


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
