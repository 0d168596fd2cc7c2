"""The notebook: bookmarks, notes, lists, saved searches, and which cables were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cable_tui.session.base import Action, Deed, Effect

if TYPE_CHECKING:
    # The first list on the screen does not wait for the library.
    from cable_tui.library import Mark

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

    mark: Mark
    """The bookmark that has it, with the note that stands there already; it may be a new one."""

    @property
    def title(self) -> str:
        """What it is a note to."""
        return f"Note to {self.mark.name}"


# What a reader does, and what the library answers.


@dataclass(frozen=True, slots=True)
class Marked(Action):
    """The notebook as the library has it now, perhaps with a word on what was done."""

    notebook: Notebook
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark(Action):
    """Set or take away the bookmark of the cable or paragraph under the cursor.

    One with a note or in a list stays.
    """


@dataclass(frozen=True, slots=True)
class TakeAway(Action):
    """Take bookmarks away with their notes and places in lists: X, of what `Bookmark` is of."""


@dataclass(frozen=True, slots=True)
class MarksRead(Action):
    """What a reader wants to take away, as the library has it."""

    marks: tuple[Mark, ...]
    sentence: str = ""
    """Why there is nothing to take away."""


@dataclass(frozen=True, slots=True)
class Remove(Action):
    """The reader has seen what goes, and wants it."""

    marks: tuple[Mark, ...]


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
    marks: tuple[Mark, ...]
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
class SetMark(Deed):
    """Set or take away a bookmark; answered by `Marked`."""

    target: Target


@dataclass(frozen=True, slots=True)
class SetMarks(Deed):
    """Bookmark those of several places that are not yet; answered by `Marked`."""

    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class ReadMarks(Deed):
    """Fetch the reader's own bookmarks of some places; answered by `MarksRead`."""

    brings = True

    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class AskRemoval(Effect):
    """Say what would go, and ask whether it may; answered by `Remove` where it may."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class RemoveMarks(Deed):
    """Take bookmarks away with all that they have, as one change; answered by `Marked`."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ReadNote(Deed):
    """Fetch the reader's note to a place; answered by `NoteRead`."""

    brings = True

    target: Target


@dataclass(frozen=True, slots=True)
class AskNote(Effect):
    """Let the reader write; answered by `KeepNote`."""

    noting: Noting


@dataclass(frozen=True, slots=True)
class StoreNote(Deed):
    """Write a note down; answered by `Marked`."""

    noting: Noting
    text: str


@dataclass(frozen=True, slots=True)
class AskList(Effect):
    """Let the reader choose or name a list; answered by `ListChosen`."""

    targets: tuple[Target, ...] = ()
    marks: tuple[Mark, ...] = ()
    lists: tuple[tuple[str, int], ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class PutInList(Deed):
    """Bookmark what is not, and put it into a list; answered by `Marked`."""

    targets: tuple[Target, ...]
    marks: tuple[Mark, ...]
    name: str


@dataclass(frozen=True, slots=True)
class TakeBack(Deed):
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
class StoreSearch(Deed):
    """Keep a search, or without a query drop it; answered by `Marked`."""

    name: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class StoreRead(Deed):
    """Keep that a cable was read, or no longer; answered by `Marked`."""

    canonical_id: str
    read: bool = True
