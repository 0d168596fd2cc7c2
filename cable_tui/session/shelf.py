"""The bookmarks screen: a list of the reader's, or all bookmarks, with what stands behind each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.notebook import AskList, AskNote, Noting

if TYPE_CHECKING:
    from cable_tui.library import Mark
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One bookmark."""

    mark: Mark
    author: str = ""
    """Empty where it is the reader's own."""
    subject: str = ""
    line: str = ""
    """How the marked text begins."""
    here: bool | None = None
    """Whether the cable is in this archive; None while it is not known."""
    changed: str = ""
    """A sentence where the marked text is not what it was."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the bookmarks screen shows."""

    list: str = ""
    """The name of a list; empty is all bookmarks, the newest first."""
    lists: tuple[tuple[str, int], ...] = ()
    """All lists with their numbers of bookmarks."""
    total: int = 0
    """Bookmarks in all."""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenShelf(Action):
    """Show the bookmarks, or those of a list."""

    list: str = ""


@dataclass(frozen=True, slots=True)
class CloseShelf(Action):
    """The bookmarks screen was left."""


@dataclass(frozen=True, slots=True)
class ShelfRead(Action):
    """The bookmarks of a list as they are now."""

    shelf: Shelf


@dataclass(frozen=True, slots=True)
class EditEntry(Action):
    """Write on the note of a bookmark."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class ListEntry(Action):
    """Put a bookmark into a list."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class DropEntry(Action):
    """Take a bookmark out of the list that is shown; out of all bookmarks it is gone."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class MoveEntry(Action):
    """Give a bookmark of a list another place."""

    entry: Entry
    to: int


@dataclass(frozen=True, slots=True)
class ReadShelf(Effect):
    """Read the bookmarks of a list; answered by `ShelfRead`, more than once as more is known."""

    latest: ClassVar[str] = "shelf"

    list: str = ""


@dataclass(frozen=True, slots=True)
class ShowShelf(Effect):
    """Bring the bookmarks screen."""


@dataclass(frozen=True, slots=True)
class DropMark(Effect):
    """Take a bookmark out of a list, or away; answered by `Marked`."""

    mark: Mark
    list: str


@dataclass(frozen=True, slots=True)
class MoveMark(Effect):
    """Give a bookmark another place in a list; answered by `Marked`."""

    mark: Mark
    list: str
    to: int


def open_shelf(session: Session, action: OpenShelf) -> Result:
    """The screen comes at once; what it shows follows."""
    session, opened = replace(session, shelf=session.shelf or Shelf()), session.shelf is None
    wanted: tuple[Effect, ...] = (ReadShelf(action.list),)
    return session, ((ShowShelf(), *wanted) if opened else wanted)


def close_shelf(session: Session, action: CloseShelf) -> Result:
    """Nothing is read for it any more."""
    del action
    return replace(session, shelf=None), ()


def shelf_read(session: Session, action: ShelfRead) -> Result:
    """Unless it was left meanwhile."""
    return (session if session.shelf is None else replace(session, shelf=action.shelf)), ()


def edit_entry(session: Session, action: EditEntry) -> Result:
    """Notes of others are theirs."""
    entry = action.entry
    if entry.author:
        return session, (effects.Notify(f"This note is {entry.author}'s. B writes one of yours."),)
    return session, (AskNote(Noting(entry.mark)),)


def list_entry(session: Session, action: ListEntry) -> Result:
    """The list is asked for."""
    mark = action.entry.mark
    title = f"Put {mark.name} into which list?"
    return session, (AskList((), (mark,), session.notebook.lists, title),)


def drop_entry(session: Session, action: DropEntry) -> Result:
    """It can be taken back."""
    shown = session.shelf.list if session.shelf else ""
    return session, (DropMark(action.entry.mark, shown),)


def move_entry(session: Session, action: MoveEntry) -> Result:
    """Only a list has an order of the reader's own."""
    shown = session.shelf.list if session.shelf else ""
    if not shown:
        return session, (effects.Notify("All bookmarks stand by time; a list has your own order."),)
    return session, (MoveMark(action.entry.mark, shown, action.to),)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    OpenShelf: open_shelf,
    CloseShelf: close_shelf,
    ShelfRead: shelf_read,
    EditEntry: edit_entry,
    ListEntry: list_entry,
    DropEntry: drop_entry,
    MoveEntry: move_entry,
}
