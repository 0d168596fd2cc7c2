"""Steps of handing a cable over: to the reader's pager or editor, and to a browser when asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.registry import Result, handles

if TYPE_CHECKING:
    from cable_tui.session.state import Session

Program = Literal["pager", "editor"]


class OpenInProgram(Action):
    """The cable as text, in another program; the room waits for it."""

    program: Program


class TextRead(Action):
    """The text is there."""

    program: Program
    reference: str
    text: str


class FindOrigin(Action):
    """Where the cable is from: its files, and its public address."""


class OriginFound(Action):
    """Both are known."""

    reference: str
    files: tuple[str, ...]
    """The shown one first."""
    address: str
    """Empty where there is none."""


class OpenAddress(Action):
    """In a browser: the only thing in the room that leaves this machine, and only when asked."""

    address: str


class CopyText(Action):
    """A line of the menu, onto the clipboard."""

    text: str
    what: str


class ReadText(Effect):
    """The text of a cable; answered by `TextRead`."""

    latest = "hand over"

    id: int
    program: Program


class RunProgram(Effect):
    """Leave the screen to a program until it ends."""

    program: Program
    reference: str
    text: str


class ReadOrigin(Effect):
    """Answered by `SourceFound`."""

    opens_dialog = True
    latest = "hand over"

    id: int


class ShowOrigin(Effect):
    """A menu of what can be done with it."""

    reference: str
    files: tuple[str, ...]
    address: str


class OpenBrowser(Effect):
    """Open an address in a browser."""

    address: str


class CopyPlainText(Effect):
    """Copy a text as it stands."""

    text: str
    what: str


@handles(OpenInProgram)
def open_in_program(session: Session, action: OpenInProgram) -> Result:
    """The cable that is read, or the one under the cursor of the list."""
    return _for_cable(session, lambda id_: ReadText(id_, action.program))


@handles(FindOrigin)
def find_origin(session: Session, action: FindOrigin) -> Result:
    """The same for its source."""
    del action
    return _for_cable(session, ReadOrigin)


def _for_cable(session: Session, wanted: Callable[[int], Effect]) -> Result:
    cable = session.opened.id if session.in_cable and session.opened else session.current
    if cable is None:
        return session, (effects.Notify("There is no cable here."),)
    return session, (wanted(cable),)


@handles(TextRead)
def text_read(session: Session, action: TextRead) -> Result:
    """On to the program."""
    return session, (RunProgram(action.program, action.reference, action.text),)


@handles(OriginFound)
def origin_found(session: Session, action: OriginFound) -> Result:
    """Shown, with what can be done."""
    return session, (ShowOrigin(action.reference, action.files, action.address),)


@handles(OpenAddress)
def open_address(session: Session, action: OpenAddress) -> Result:
    """The reader has been asked: the menu line says what it does."""
    return session, (OpenBrowser(action.address),)


@handles(CopyText)
def copy_text(session: Session, action: CopyText) -> Result:
    """What came of it is said."""
    return session, (CopyPlainText(action.text, action.what),)
