"""A cable in other programs: the reader's pager or editor, and a browser when asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from cable_tui.cable import Problem
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session

Program = Literal["pager", "editor"]


class OpenInProgram(Action):
    """Open the cable's text in another program; the session waits for it."""

    program: Program


class FindOrigin(Action):
    """Show where the cable is from: its files, and its public address."""


class CopyText(Request):
    """Copy a text to the clipboard as it stands."""

    text: str
    what: str


class ReadText(Effect):
    """Read the text of a cable; answered by `RunProgram`."""

    latest = "hand over"

    id: int
    program: Program


class RunProgram(Request):
    """Give the terminal to a program until it ends."""

    program: Program
    reference: str
    text: str


class ReadOrigin(Effect):
    """Read where a cable is from; answered by `ShowOrigin`."""

    opens_dialog = True
    latest = "hand over"

    id: int


class ShowOrigin(Request):
    """Show the menu of a cable's files and address."""

    reference: str
    files: tuple[str, ...]
    address: str


class OpenBrowser(Request):
    """Open an address in a browser: nothing else here leaves this machine, and only when asked."""

    address: str


class ReadRaw(Request):
    """Read the text of a file from a problem on; answered by `ShowText`."""

    opens_dialog = True
    latest = "problems"

    problem: Problem


@handles(OpenInProgram)
def open_in_program(session: Session, action: OpenInProgram) -> Result:
    """Read the text of the open cable, or of the one under the cursor."""
    return _for_cable(session, lambda id_: ReadText(id_, action.program))


@handles(FindOrigin)
def find_origin(session: Session, _: FindOrigin) -> Result:
    """Read the origin of the same cable."""
    return _for_cable(session, ReadOrigin)


def _for_cable(session: Session, wanted: Callable[[int], Effect]) -> Result:
    cable = session.cable_here
    if cable is None:
        return session, (effects.Notify("There is no cable here."),)
    return session, (wanted(cable),)
