"""The missing references of the archive: cited here, and not here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class AskMissing(Action):
    """g x: list them."""


@dataclass(frozen=True, slots=True)
class MissingRead(Action):
    """They were counted: ids with the number of cables that cite each, the most cited first."""

    found: tuple[tuple[str, int], ...]
    more: int
    """How many there are beyond these."""


@dataclass(frozen=True, slots=True)
class ReadMissing(Effect):
    """Count them; answered by `MissingRead`."""

    brings = True
    latest: ClassVar[str] = "missing"


@dataclass(frozen=True, slots=True)
class ShowMissing(Effect):
    """A list to choose from."""

    found: tuple[tuple[str, int], ...]
    more: int


def ask_missing(session: Session, action: AskMissing) -> Result:
    """Counting takes a moment on a large archive."""
    del action
    return session, (ReadMissing(),)


def missing_read(session: Session, action: MissingRead) -> Result:
    """Show them."""
    return session, (ShowMissing(action.found, action.more),)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    AskMissing: ask_missing,
    MissingRead: missing_read,
}
