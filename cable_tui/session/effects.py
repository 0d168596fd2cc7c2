"""Effects that several features use. A thread or the screen performs each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from cable_tui.base.cable import Place
from cable_tui.base.value import Value
from cable_tui.query import Query
from cable_tui.session.values import Action, Effect, Landing, Request

Severity = Literal["information", "warning", "error"]


class Stop(Effect):
    """Stop the running effects of a group, `Effect.latest`; their later reports are dropped."""

    group: str


class AskLine(Request):
    """Let the reader type one line, with a proposal; `typed` makes an action of it."""

    title: str
    proposed: str
    typed: Callable[[str], Action]
    note: str = ""
    can_be_empty: bool = False
    """Whether an empty line is an answer too."""
    is_path: bool = False
    """Whether the folder that the room runs in is proposed, if there is no other proposal."""


class AskFile(Request):
    """Let the reader name a file to write, or a download; `named` makes an action of the name."""

    what: str
    """The object that is written: `the chain`."""
    name: str
    """The proposed name."""
    named: Callable[[str], Action]


class MenuItem(Value):
    """One line of a menu."""

    key: str
    """A key that picks the line at once; empty if it has none."""
    label: str
    does: Any
    """An action; in a menu that the screen makes, also a `WidgetAction`."""
    detail: str = ""
    group: str = ""
    """The heading above it."""


class AskMenu(Request):
    """Let the reader choose one of some lines, and do the action of that line."""

    title: str
    items: tuple[MenuItem, ...]
    note: str = ""
    start: int = 0
    """The line under the cursor at first."""


def numbered_menu(title: str, lines: Iterable[tuple[str, str, Action]]) -> AskMenu:
    """Return a menu of labels, details and actions; the first nine have their number as key."""
    items = (
        MenuItem(str(number) if number < 10 else "", label, line_action, detail)
        for number, (label, detail, line_action) in enumerate(lines, 1)
    )
    return AskMenu(title, tuple(items))


class LeaveDialog(Request):
    """Leave the dialog on top without an answer; a page, and a note that is written, stay."""


class AskTicks(Request):
    """Let the reader select some lines, each with a number; `ticked` makes an action of them."""

    title: str
    lines: tuple[tuple[str, int], ...]
    ticked: Callable[[tuple[str, ...]], Action]


class PutOnClipboard(Request):
    """Copy a text unchanged; `what` names it."""

    text: str
    what: str


def copy_link(reference: str) -> PutOnClipboard:
    """Copy the link of a cable that is not here."""
    from cable_tui.exports.citation import TEMPLATES

    return PutOnClipboard(TEMPLATES["plusd"].format(id=reference), f"link · {reference}")


class ShowText(Request):
    """Show some lines as a page."""

    title: str
    lines: tuple[str, ...]
    warning: str = ""
    """A warning about them."""


class FindHits(Effect):
    """Search the archive; answered by `HitsFound`."""

    latest = "search"
    ends = ("absent", "count", "look up", "reasons", "timeline")

    query: Query
    again: bool = False
    """Whether it is the same query again: its first lines need not come early."""


class CountFacets(Effect):
    """Count the facets of a query; answered by `FacetsCounted`."""

    latest = "count"

    query: Query


class FindJumps(Effect):
    """Find the jumps for a text; answered by `JumpsFound`."""

    latest = "look up"

    text: str


class FetchCable(Effect):
    """Read a cable from its file; answered by `CableShown` or `CableNotShown`."""

    latest = "open"

    id: int
    record: int = 0
    """The number of the record; 0 is the one with the words of the query, or else the shown one."""


class GoToCable(Request):
    """Open a cable by its id, in any spelling; answered by `ReferenceResolved`."""

    opens_dialog = True
    latest = "resolve"

    reference: str
    paragraph: str | None = None
    page: Action | None = None
    """Opens the page from which it was opened: Back returns to it."""


class ReadBookmarks(Effect):
    """Read the bookmarks of a list; answered by `BookmarksRead`, again as more is known."""

    latest = "bookmarks screen"

    list: str = ""


class ScrollTo(Effect):
    """Dispatch `body_cursor.Land` for a position in the body, once the cable is painted."""

    landing: Landing


class CopyCable(Effect):
    """Copy a cable or a part of it in a format."""

    style: str
    place: Place
    stop: int = 0
    """The stop of the body's cursor: without a paragraph it may be on a REF line."""
    upto: int | None = None
    """Last one of several paragraphs."""


class CopyCables(Effect):
    """Copy several cables in a format."""

    style: str
    ids: tuple[int, ...]


class ShowMenu(Effect):
    """A menu or a dialog, by its name in `DIALOGS` of `tui/main/screen_effects.py`."""

    what: str


class Notify(Request):
    """Show a sentence for a short time."""

    sentence: str
    severity: Severity = "information"


NO_CABLE = Notify("No cable is open yet: l opens one.")
"""The notice of commands that need an open cable."""


class DispatchLater(Effect):
    """Dispatch an action after some seconds."""

    seconds: float
    action: Action


class RememberChoice(Effect):
    """Store the reader's choice on the screen for the next start."""

    choice: str
    value: bool


class Summarise(Effect):
    """Summarise the archive; answered by `ArchiveSummarised`."""

    latest = "summarise"


class QuitProgram(Effect):
    """End the program."""
