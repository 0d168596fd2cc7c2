"""Effects that several features request. A thread or the screen performs each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from cable_tui.base.cable import Place
from cable_tui.base.value import Value
from cable_tui.query import Query
from cable_tui.session.values import Action, Effect, Landing, Request

Severity = Literal["information", "warning", "error"]


class Stop(Effect):
    """Stop the running effects of a group (`Effect.latest`); their later reports are dropped."""

    group: str


class AskLine(Request):
    """Let the reader type one line, starting from a proposal; `typed` creates the action for it."""

    title: str
    proposed: str
    typed: Callable[[str], Action]
    note: str = ""
    can_be_empty: bool = False
    """Whether the reader may answer with an empty line."""
    is_path: bool = False
    """Whether the line is a path; if so, the room's working directory is the default proposal."""


class AskFile(Request):
    """Let the reader name a file to write or download; `named` creates the action for the name."""

    what: str
    """The content of the file, such as `the chain`."""
    name: str
    """The proposed name of the file."""
    named: Callable[[str], Action]


class MenuItem(Value):
    """One line of a menu."""

    key: str
    """The key that chooses the line immediately, or an empty string."""
    label: str
    does: Any
    """The action of the line; in a menu that the screen creates, this may be a `WidgetAction`."""
    detail: str = ""
    group: str = ""
    """The heading above the line, or an empty string."""


class AskMenu(Request):
    """Let the reader choose one line of a menu, and dispatch the action of that line."""

    title: str
    items: tuple[MenuItem, ...]
    note: str = ""
    start: int = 0
    """The index of the line where the cursor starts."""


def numbered_menu(title: str, lines: Iterable[tuple[str, str, Action]]) -> AskMenu:
    """Return a menu of labels, details and actions; the first nine lines have a number as key."""
    menu_items = (
        MenuItem(str(line_number) if line_number < 10 else "", label, line_action, detail)
        for line_number, (label, detail, line_action) in enumerate(lines, 1)
    )
    return AskMenu(title, tuple(menu_items))


class LeaveDialog(Request):
    """Close the top dialog without an answer, unless it is a page or a note being written."""


class AskTicks(Request):
    """Let the reader select lines, each with a number.

    `ticked` creates the action from the selection.
    """

    title: str
    lines: tuple[tuple[str, int], ...]
    ticked: Callable[[tuple[str, ...]], Action]


class PutOnClipboard(Request):
    """Copy a text to the clipboard unchanged; `what` names the text in the message."""

    text: str
    what: str


def copy_link(reference: str) -> PutOnClipboard:
    """Return the effect that copies the link to a cable that is not in this archive."""
    from cable_tui.exports.citation import TEMPLATES

    return PutOnClipboard(TEMPLATES["plusd"].format(id=reference), f"link · {reference}")


class ShowText(Request):
    """Show lines of text as a page."""

    title: str
    lines: tuple[str, ...]
    warning: str = ""
    """The warning above the lines, or an empty string."""


class FindHits(Effect):
    """Search the archive; answered by `HitsFound`."""

    latest = "search"
    ends = ("absent", "count", "look up", "reasons", "timeline")

    query: Query
    again: bool = False
    """Whether the same query is resent, so its first lines are not needed early."""


class CountFacets(Effect):
    """Count the facets of a query; answered by `FacetsCounted`."""

    latest = "count"

    query: Query


class FindJumps(Effect):
    """Find jumps for the text in the bar; answered by `JumpsFound`."""

    latest = "look up"

    text: str


class FetchCable(Effect):
    """Read a cable from its file; answered by `CableShown` or `CableNotShown`."""

    latest = "open"

    id: int
    record: int = 0
    """The number of the record; 0 selects the record that contains the words in the query, or else
    the default record.
    """


class GoToCable(Request):
    """Open a cable by its reference ID, in any spelling; answered by `ReferenceResolved`."""

    opens_dialog = True
    latest = "resolve"

    reference: str
    paragraph: str | None = None
    page: Action | None = None
    """The action that opens the page from which the cable was opened, so that going back returns to
    it.
    """


class ReadBookmarks(Effect):
    """Read the bookmarks of a list; answered by `BookmarksRead`, repeatedly as texts are read."""

    latest = "bookmarks screen"

    list: str = ""


class ScrollTo(Effect):
    """Dispatch `body_cursor.Land` for a position in the body as soon as the cable is painted."""

    landing: Landing


class CopyCable(Effect):
    """Copy a cable or a part of it in a format."""

    style: str
    place: Place
    stop: int = 0
    """The index of the body stop at the cursor; outside paragraphs, the stop may be a REF line."""
    upto: int | None = None
    """The index of the last paragraph if several are copied."""


class CopyCables(Effect):
    """Copy several cables in a format."""

    style: str
    ids: tuple[int, ...]


class ShowMenu(Effect):
    """Open a menu or dialog, by its name in `DIALOGS` of `tui/main/screen_effects.py`."""

    what: str


class Notify(Request):
    """Show a sentence for a short time."""

    sentence: str
    severity: Severity = "information"


NO_CABLE = Notify("No cable is open yet: l opens one.")
"""The message of commands that need an open cable."""


class DispatchLater(Effect):
    """Dispatch an action after a number of seconds."""

    seconds: float
    action: Action


class RememberChoice(Effect):
    """Store a choice that the reader made on the screen, for the next start."""

    choice: str
    value: bool


class Summarise(Effect):
    """Summarize the archive; answered by `ArchiveSummarised`."""

    latest = "summarise"


class QuitProgram(Effect):
    """End the program."""
