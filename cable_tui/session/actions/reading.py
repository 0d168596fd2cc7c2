"""What is done in the list and in a cable, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from cable_tui.cable import Cable, Reference
from cable_tui.session.base import Action


@dataclass(frozen=True, slots=True)
class Move(Action):
    """The cursor of the list, by lines."""

    by: int


@dataclass(frozen=True, slots=True)
class MoveTo(Action):
    """The cursor of the list, to a line; negative from the end."""

    index: int


@dataclass(frozen=True, slots=True)
class Read(Action):
    """Open the cable under the cursor of the list."""


@dataclass(frozen=True, slots=True)
class Step(Action):
    """J and K: the next or previous cable of the list."""

    by: int


@dataclass(frozen=True, slots=True)
class NoMoreHits(Action):
    """The body has no further hit in this direction."""

    by: int


@dataclass(frozen=True, slots=True)
class Shown(Action):
    """A cable was read from its file."""

    id: int
    cable: Cable


@dataclass(frozen=True, slots=True)
class NotShown(Action):
    """A cable could not be read."""

    id: int
    reason: str
    known: Cable | None = None
    """What the catalogue has of it, in the form of a cable; None where that is nothing."""


@dataclass(frozen=True, slots=True)
class At(Action):
    """Where the body's cursor and its first line are now."""

    paragraph: int | None
    scroll: int
    stop: int = 0
    """Which of the body's stops the cursor is on: paragraphs, REF lines, the top matter."""


@dataclass(frozen=True, slots=True)
class Follow(Action):
    """Go where the references under the cursor point."""

    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Go(Action):
    """Open a cable by its id as anyone may write it."""

    reference: str
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved(Action):
    """Which cable of the archive an id names, or None."""

    reference: str
    id: int | None
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class Back(Action):
    """To the place before."""


@dataclass(frozen=True, slots=True)
class Forward(Action):
    """To the place that `Back` left."""
