"""Steps of handing a cable over: to the reader's pager or editor, and to a browser when asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session

Program = Literal["pager", "editor"]


class OpenInProgram(Action):
    """The cable as text, in another program; the room waits for it."""

    program: Program


class FindOrigin(Action):
    """Where the cable is from: its files, and its public address."""


class CopyText(Request):
    """A line of the menu, onto the clipboard."""

    text: str
    what: str


class ReadText(Effect):
    """The text of a cable; answered by `RunProgram`."""

    latest = "hand over"

    id: int
    program: Program


class RunProgram(Request):
    """Leave the screen to a program until it ends."""

    program: Program
    reference: str
    text: str


class ReadOrigin(Effect):
    """Answered by `SourceFound`."""

    opens_dialog = True
    latest = "hand over"

    id: int


class ShowOrigin(Request):
    """A menu of what can be done with it."""

    reference: str
    files: tuple[str, ...]
    address: str


class OpenBrowser(Request):
    """Open an address in a browser."""

    address: str


@handles(OpenInProgram)
def open_in_program(session: Session, action: OpenInProgram) -> Result:
    """The cable that is read, or the one under the cursor of the list."""
    return _for_cable(session, lambda id_: ReadText(id_, action.program))


@handles(FindOrigin)
def find_origin(session: Session, _: FindOrigin) -> Result:
    """The same for its source."""
    return _for_cable(session, ReadOrigin)


def _for_cable(session: Session, wanted: Callable[[int], Effect]) -> Result:
    cable = session.opened.id if session.in_cable and session.opened else session.current
    if cable is None:
        return session, (effects.Notify("There is no cable here."),)
    return session, (wanted(cable),)
