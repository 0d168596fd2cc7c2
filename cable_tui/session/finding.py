"""Finding words in the cable that is read: `^f`, then n and N, until Esc."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cable_tui.cable import Span
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.text import fold

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is looked for in one cable."""

    open: bool = False
    """The line for it has the keys."""
    text: str = ""

    @property
    def active(self) -> bool:
        """Whether n and N go by it instead of by the query."""
        return self.open or bool(self.text)


@dataclass(frozen=True, slots=True)
class Sought:
    """A `Lit`: where these words stand, whatever their case and accents, also over line ends."""

    text: str

    def spans(self, text: str) -> list[Span]:
        """Ranges of characters, in order; none for nothing."""
        parts = self.text.split()
        if not parts:
            return []
        pattern = re.compile(r"\s+".join(re.escape(_plain(part)) for part in parts))
        return [found.span() for found in pattern.finditer(_plain(text))]


def _plain(text: str) -> str:
    """Folded, as long as it was: where a letter becomes two it stays."""
    if text.isascii():
        return text.lower()
    return "".join(one if len(one := fold(sign)) == 1 else sign for sign in text)


@dataclass(frozen=True, slots=True)
class Find(Action):
    """^f: ask for words."""


@dataclass(frozen=True, slots=True)
class Seek(Action):
    """The text of the line changed."""

    text: str


@dataclass(frozen=True, slots=True)
class Keep(Action):
    """Enter: the keys go back to the body, what was found stays lit."""


def find(session: Session, action: Find) -> Result:
    """Open the line with what was looked for last in this cable."""
    del action
    if session.cable is None:
        return session, (effects.Notify("No cable is open yet: l opens one."),)
    session = replace(session, pane="body", reading=True, drawer=False)
    return replace(session, finding=replace(session.finding, open=True)), ()


def seek(session: Session, action: Seek) -> Result:
    """Every letter changes what is lit."""
    return replace(session, finding=replace(session.finding, text=action.text)), ()


def keep(session: Session, action: Keep) -> Result:
    """Nothing typed is nothing looked for."""
    del action
    return replace(session, finding=replace(session.finding, open=False)), ()


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {Find: find, Seek: seek, Keep: keep}
