"""What `step` asks the outside for. The room runs each in a worker or paints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cable_tui.cable import Reference
from cable_tui.query import Query
from cable_tui.session.model import Landing, Sort


@dataclass(frozen=True, slots=True)
class Search:
    """Ask the archive; answered by `Found`."""

    ticket: int
    query: Query
    sort: Sort
    again: bool = False
    """The list that is shown answers the same question: there is no hurry for its first lines."""


@dataclass(frozen=True, slots=True)
class CountFacets:
    """Count the library for a question; answered by `Counted`."""

    ticket: int
    query: Query


@dataclass(frozen=True, slots=True)
class LookUp:
    """Find what a text may name; answered by `Jumped`."""

    ticket: int
    text: str


@dataclass(frozen=True, slots=True)
class Open:
    """Read a cable from its file; answered by `Shown` or `NotShown`."""

    id: int


@dataclass(frozen=True, slots=True)
class Resolve:
    """Find the cable of an id; answered by `Resolved`."""

    reference: str
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class Land:
    """Bring the body to a place, once the cable is painted."""

    landing: Landing


@dataclass(frozen=True, slots=True)
class SetMark:
    """Set or take away a bookmark; answered by `Marked`."""

    id: int
    paragraph: int | None
    """In `Body.paragraphs`; None is the whole cable."""


@dataclass(frozen=True, slots=True)
class PutOnClipboard:
    """Copy a cable or paragraph in a format; the notice says by which way."""

    style: str
    id: int
    paragraph: int | None
    stop: int = 0
    """Where the body's cursor is: without a paragraph it may be on a REF line."""


@dataclass(frozen=True, slots=True)
class PutLinkOnClipboard:
    """Copy the link of a cable of which only the id is known."""

    reference: str


@dataclass(frozen=True, slots=True)
class ShowMenu:
    """One of the menus or screens."""

    what: Literal["copy", "go", "marks", "help", "palette"]


@dataclass(frozen=True, slots=True)
class AskWhich:
    """Several references stand here: the reader says which."""

    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class OfferLink:
    """A cable is not in the archive: say so, and offer its link."""

    reference: str


@dataclass(frozen=True, slots=True)
class Notify:
    """A short sentence that goes away by itself."""

    sentence: str
    severity: Literal["information", "warning", "error"] = "information"


@dataclass(frozen=True, slots=True)
class Summarise:
    """Ask what the archive holds; answered by `Summarised`."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the program."""


Effect = (
    Search
    | CountFacets
    | LookUp
    | Open
    | Resolve
    | Land
    | SetMark
    | PutOnClipboard
    | PutLinkOnClipboard
    | ShowMenu
    | AskWhich
    | OfferLink
    | Notify
    | Summarise
    | Quit
)
