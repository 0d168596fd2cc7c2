"""What `step` asks the outside for. The room runs each in a worker or paints it."""

from __future__ import annotations

from typing import Literal

from cable_tui.cable import Reference
from cable_tui.query import Query
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.values import Landing


class Search(Effect):
    """Ask the archive; answered by `Found`."""

    latest = "search"

    ticket: int
    query: Query
    again: bool = False
    """The list that is shown answers the same question: there is no hurry for its first lines."""


class CountFacets(Effect):
    """Count the library for a question; answered by `Counted`."""

    latest = "count"

    ticket: int
    query: Query


class FindJumps(Effect):
    """Find what a text may name; answered by `Jumped`."""

    latest = "look up"

    ticket: int
    text: str


class ReadCable(Effect):
    """Read a cable from its file; answered by `Shown` or `NotShown`."""

    latest = "open"

    id: int


class GoToCable(Request):
    """Find the cable of an id; answered by `Resolved`."""

    opens_dialog = True
    latest = "resolve"

    reference: str
    paragraph: str | None = None


class ScrollTo(Effect):
    """Bring the body to a place, once the cable is painted."""

    landing: Landing


class CopyCable(Effect):
    """Copy a cable or paragraph in a format; the notice says by which way."""

    style: str
    id: int
    paragraph: int | None
    stop: int = 0
    """Where the body's cursor is: without a paragraph it may be on a REF line."""
    upto: int | None = None
    """Last one of several paragraphs."""
    source: str = ""
    """Format of the record that is cited, where the cable has one."""
    span: tuple[int, int] | None = None
    """A part of the body, whatever the cursor is on."""


class CopyCables(Effect):
    """Copy several cables in a format; the notice says by which way."""

    style: str
    ids: tuple[int, ...]


class ShowMenu(Effect):
    """A menu or a dialog, by its name in `DIALOGS` of `tui/main/screen_effects.py`."""

    what: str


class AskReference(Effect):
    """Several references stand here: the reader says which."""

    references: tuple[Reference, ...]


class OfferLink(Effect):
    """A cable is not in the archive: say so, and offer its link."""

    reference: str


class Notify(Request):
    """A short sentence that goes away by itself."""

    sentence: str
    severity: Literal["information", "warning", "error"] = "information"


class DispatchLater(Effect):
    """Take an action after a while."""

    seconds: float
    action: Action


class RememberChoice(Effect):
    """Keep what the reader chose on the screen for the next time."""

    choice: str
    value: bool


class Summarise(Effect):
    """Ask what the archive holds; answered by `Summarised`."""

    latest = "summarise"


class QuitProgram(Effect):
    """End the program."""
