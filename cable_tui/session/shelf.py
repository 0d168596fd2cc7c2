"""The bookmarks screen: a list of the reader's, or all bookmarks, with what stands behind each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from cable_tui.session import effects
from cable_tui.session.base import Action, Deed, Effect
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
class NameList(Action):
    """Give the list that is shown another name; without one, ask for it."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class DropList(Action):
    """Take the list that is shown away; its bookmarks stay."""


@dataclass(frozen=True, slots=True)
class MoveList(Action):
    """Give the list that is shown another place among the lists."""

    by: int


@dataclass(frozen=True, slots=True)
class ReadShelf(Effect):
    """Read the bookmarks of a list; answered by `ShelfRead`, more than once as more is known."""

    latest: ClassVar[str] = "shelf"

    list: str = ""


@dataclass(frozen=True, slots=True)
class ShowShelf(Effect):
    """Bring the bookmarks screen."""


@dataclass(frozen=True, slots=True)
class DropMark(Deed):
    """Take a bookmark out of a list, or away; answered by `Marked`."""

    mark: Mark
    list: str


@dataclass(frozen=True, slots=True)
class MoveMark(Deed):
    """Give a bookmark another place in a list; answered by `Marked`."""

    mark: Mark
    list: str
    to: int


@dataclass(frozen=True, slots=True)
class AskListName(Effect):
    """Let the reader type another name; answered by `NameList`."""

    list: str


@dataclass(frozen=True, slots=True)
class RenameList(Deed):
    """Give a list another name; answered by `Marked` and `OpenShelf`."""

    list: str
    name: str


@dataclass(frozen=True, slots=True)
class TakeList(Deed):
    """Take a list away; answered by `Marked`."""

    list: str


@dataclass(frozen=True, slots=True)
class PlaceList(Deed):
    """Give a list another place among the lists, from 0; answered by `Marked`."""

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


def name_list(session: Session, action: NameList) -> Result:
    """A name is asked for, with the one it has to begin from."""
    name = " ".join(action.name.split())
    if name and session.shelf is not None and name == session.shelf.list:
        return session, ()
    return _of_list(session, lambda shown: RenameList(shown, name) if name else AskListName(shown))


def drop_list(session: Session, action: DropList) -> Result:
    """It can be taken back."""
    del action
    return _of_list(session, TakeList)


def move_list(session: Session, action: MoveList) -> Result:
    """At an end it stays."""
    names = [name for name, _ in session.shelf.lists] if session.shelf else []
    return _of_list(session, lambda shown: PlaceList(shown, names.index(shown) + action.by))


def _of_list(session: Session, effect: Callable[[str], Effect]) -> Result:
    shown = session.shelf.list if session.shelf else ""
    if not shown:
        return session, (effects.Notify("These are all bookmarks: Tab goes to a list."),)
    return session, (effect(shown),)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    OpenShelf: open_shelf,
    CloseShelf: close_shelf,
    ShelfRead: shelf_read,
    EditEntry: edit_entry,
    ListEntry: list_entry,
    DropEntry: drop_entry,
    MoveEntry: move_entry,
    NameList: name_list,
    DropList: drop_list,
    MoveList: move_list,
}
