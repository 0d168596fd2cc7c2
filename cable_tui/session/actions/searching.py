"""What is done with the search bar and the library, and what the archive answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cable_tui.session.base import Action
from cable_tui.session.values import Counts, Hits, Jump


@dataclass(frozen=True, slots=True)
class Start(Action):
    """The room is open on an archive."""

    text: str = ""
    reference: str = ""
    """A cable to open at once, perhaps with `#3`."""


@dataclass(frozen=True, slots=True)
class Edit(Action):
    """To the search bar."""


@dataclass(frozen=True, slots=True)
class Typed(Action):
    """The text of the bar changed under the reader's hands."""

    text: str


@dataclass(frozen=True, slots=True)
class Accept(Action):
    """Enter in the bar."""


@dataclass(frozen=True, slots=True)
class GiveUp(Action):
    """Esc in the bar: the old query comes back."""


@dataclass(frozen=True, slots=True)
class Choose(Action):
    """Up or down in the bar: through the query and what its text may name."""

    by: int


@dataclass(frozen=True, slots=True)
class TakeJump(Action):
    """A click on something the text may name."""

    index: int


@dataclass(frozen=True, slots=True)
class LookFor(Action):
    """A query that something on the screen stands for: its list."""

    text: str


@dataclass(frozen=True, slots=True)
class Toggle(Action):
    """A value of the library, added to the query or taken out."""

    facet: str
    value: str
    how: Literal["toggled", "only", "excluding"] = "toggled"


@dataclass(frozen=True, slots=True)
class AddOffers(Action):
    """The near words that were offered join the query, as text."""


@dataclass(frozen=True, slots=True)
class TurnOrder(Action):
    """Newest first becomes oldest first, and back."""


@dataclass(frozen=True, slots=True)
class Widen(Action):
    """A section of the library shows all its values, or its first ones again."""

    facet: str


@dataclass(frozen=True, slots=True)
class Found(Action):
    """The answer to a question."""

    ticket: int
    hits: Hits
    more: bool = False
    """Only the first ids are there; the whole answer follows."""


@dataclass(frozen=True, slots=True)
class Counted(Action):
    """The counts of the library for a question."""

    ticket: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Jumped(Action):
    """What the text of a question may name."""

    ticket: int
    jumps: tuple[Jump, ...]


@dataclass(frozen=True, slots=True)
class Grew(Action):
    """There is more in the archive than was asked."""
