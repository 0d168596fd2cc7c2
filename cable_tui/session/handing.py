"""Steps of handing a cable over: to the reader's pager or editor, and to a browser when asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]

Program = Literal["pager", "editor"]


@dataclass(frozen=True, slots=True)
class HandTo(Action):
    """The cable as text, in another program; the room waits for it."""

    program: Program


@dataclass(frozen=True, slots=True)
class TextRead(Action):
    """The text is there."""

    program: Program
    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class AskSource(Action):
    """Where the cable is from: its files, and its public address."""


@dataclass(frozen=True, slots=True)
class SourceFound(Action):
    """Both are known."""

    reference: str
    files: tuple[str, ...]
    """The shown one first."""
    address: str
    """Empty where there is none."""


@dataclass(frozen=True, slots=True)
class OpenAddress(Action):
    """In a browser: the only thing in the room that leaves this machine, and only when asked."""

    address: str


@dataclass(frozen=True, slots=True)
class CopyText(Action):
    """A line of the menu, onto the clipboard."""

    text: str
    what: str


@dataclass(frozen=True, slots=True)
class ReadText(Effect):
    """The text of a cable; answered by `TextRead`."""

    latest: ClassVar[str] = "hand over"

    id: int
    program: Program


@dataclass(frozen=True, slots=True)
class RunProgram(Effect):
    """Leave the screen to a program until it ends."""

    program: Program
    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class FindSource(Effect):
    """Answered by `SourceFound`."""

    brings = True
    latest: ClassVar[str] = "hand over"

    id: int


@dataclass(frozen=True, slots=True)
class ShowSource(Effect):
    """A menu of what can be done with it."""

    reference: str
    files: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Browse(Effect):
    """Open an address in a browser."""

    address: str


@dataclass(frozen=True, slots=True)
class PutText(Effect):
    """Copy a text as it stands."""

    text: str
    what: str


def hand_to(session: Session, action: HandTo) -> Result:
    """The cable that is read, or the one under the cursor of the list."""
    return _for_cable(session, lambda id_: ReadText(id_, action.program))


def ask_source(session: Session, action: AskSource) -> Result:
    """The same for its source."""
    del action
    return _for_cable(session, FindSource)


def _for_cable(session: Session, wanted: Callable[[int], Effect]) -> Result:
    cable = session.opened.id if session.in_cable and session.opened else session.current
    if cable is None:
        return session, (effects.Notify("There is no cable here."),)
    return session, (wanted(cable),)


def text_read(session: Session, action: TextRead) -> Result:
    """On to the program."""
    return session, (RunProgram(action.program, action.reference, action.text),)


def source_found(session: Session, action: SourceFound) -> Result:
    """Shown, with what can be done."""
    return session, (ShowSource(action.reference, action.files, action.address),)


def open_address(session: Session, action: OpenAddress) -> Result:
    """The reader has been asked: the menu line says what it does."""
    return session, (Browse(action.address),)


def copy_text(session: Session, action: CopyText) -> Result:
    """What came of it is said."""
    return session, (PutText(action.text, action.what),)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    HandTo: hand_to,
    TextRead: text_read,
    AskSource: ask_source,
    SourceFound: source_found,
    OpenAddress: open_address,
    CopyText: copy_text,
}
