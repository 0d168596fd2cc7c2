"""What a reader does, and what workers report: the one input of `step`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cable_tui.cable import Cable, Reference
from cable_tui.session.model import Building, Counts, Hits, Jump, Pane, Summary


@dataclass(frozen=True, slots=True)
class Start:
    """The room is open on an archive."""

    text: str = ""
    reference: str = ""
    """A cable to open at once, perhaps with `#3`."""


@dataclass(frozen=True, slots=True)
class Edit:
    """To the search bar."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The text of the bar changed under the reader's hands."""

    text: str


@dataclass(frozen=True, slots=True)
class Accept:
    """Enter in the bar."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Esc in the bar: the old query comes back."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Up or down in the bar: through the query and what its text may name."""

    by: int


@dataclass(frozen=True, slots=True)
class TakeJump:
    """A click on something the text may name."""

    index: int


@dataclass(frozen=True, slots=True)
class Toggle:
    """A value of the library, added to the query or taken out."""

    facet: str
    value: str
    how: Literal["toggled", "only", "excluding"] = "toggled"


@dataclass(frozen=True, slots=True)
class AddOffers:
    """The near words that were offered join the query, as text."""


@dataclass(frozen=True, slots=True)
class TurnOrder:
    """Newest first becomes oldest first, and back."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question."""

    ticket: int
    hits: Hits
    more: bool = False
    """Only the first ids are there; the whole answer follows."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of the library for a question."""

    ticket: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Jumped:
    """What the text of a question may name."""

    ticket: int
    jumps: tuple[Jump, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """The cursor of the list, by lines."""

    by: int


@dataclass(frozen=True, slots=True)
class MoveTo:
    """The cursor of the list, to a line; negative from the end."""

    index: int


@dataclass(frozen=True, slots=True)
class Read:
    """Open the cable under the cursor of the list."""


@dataclass(frozen=True, slots=True)
class Step:
    """J and K: the next or previous cable of the list."""

    by: int


@dataclass(frozen=True, slots=True)
class NoMoreHits:
    """The body has no further hit in this direction."""

    by: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A cable was read from its file."""

    id: int
    cable: Cable


@dataclass(frozen=True, slots=True)
class NotShown:
    """A cable could not be read."""

    id: int
    reason: str
    known: Cable | None = None
    """What the catalogue has of it, in the form of a cable; None where that is nothing."""


@dataclass(frozen=True, slots=True)
class At:
    """Where the body's cursor and its first line are now."""

    paragraph: int | None
    scroll: int
    stop: int = 0
    """Which of the body's stops the cursor is on: paragraphs, REF lines, the top matter."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Go where the references under the cursor point."""

    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Go:
    """Open a cable by its id as anyone may write it."""

    reference: str
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Which cable of the archive an id names, or None."""

    reference: str
    id: int | None
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class Back:
    """To the place before."""


@dataclass(frozen=True, slots=True)
class Forward:
    """To the place that `Back` left."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Set or take away the bookmark of the cable or paragraph under the cursor."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The bookmarks as the library has them now, perhaps with a word on what was done."""

    marks: frozenset[tuple[str, str | None]]
    sentence: str = ""
    pending: int = 0
    """Of them, those that could not be written yet."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Copy what is under the cursor in one of the formats; empty is the one used last."""

    style: str = ""


@dataclass(frozen=True, slots=True)
class CopyLink:
    """Copy the link of a cable that is not here."""

    reference: str


@dataclass(frozen=True, slots=True)
class Focus:
    """To a pane."""

    pane: Pane


@dataclass(frozen=True, slots=True)
class Cycle:
    """To the next or previous pane."""

    by: int


@dataclass(frozen=True, slots=True)
class Flip:
    """A part of the layout on or off."""

    part: Literal["drawer", "zoomed", "unfolded", "repaired"]


@dataclass(frozen=True, slots=True)
class StepOut:
    """Esc: one step back towards the list."""


@dataclass(frozen=True, slots=True)
class Close:
    """q: close this view; leave where there is none."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Quit at once."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Show one of the menus or screens: `copy`, `go`, `marks`, `help`, `palette`."""

    what: Literal["copy", "go", "marks", "help", "palette"]


@dataclass(frozen=True, slots=True)
class Progressed:
    """The index grew, or is complete (None)."""

    building: Building | None


@dataclass(frozen=True, slots=True)
class Stalled:
    """The index cannot be completed; the sentence says why."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Grew:
    """There is more in the archive than was asked."""


@dataclass(frozen=True, slots=True)
class Summarised:
    """What the archive holds."""

    summary: Summary


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The folder holds nothing to read; the sentence says what was seen."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Widen:
    """A section of the library shows all its values, or its first ones again."""

    facet: str


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was asked for is done; the sentence says what."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that must be known of what was asked for; it is done all the same."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that was asked for did not work; the sentence says what."""

    sentence: str


Action = (
    Start
    | Edit
    | Typed
    | Accept
    | GiveUp
    | Choose
    | TakeJump
    | Toggle
    | AddOffers
    | TurnOrder
    | Found
    | Counted
    | Jumped
    | Move
    | MoveTo
    | Read
    | Step
    | NoMoreHits
    | Shown
    | NotShown
    | At
    | Follow
    | Go
    | Resolved
    | Back
    | Forward
    | Bookmark
    | Marked
    | Copy
    | CopyLink
    | Focus
    | Cycle
    | Flip
    | StepOut
    | Close
    | Leave
    | Ask
    | Progressed
    | Stalled
    | Grew
    | Summarised
    | Unreadable
    | Widen
    | Said
    | Warned
    | Failed
)
