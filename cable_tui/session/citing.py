"""Which record of a cable citations name, where it was found in several repositories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.cable import Source
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class ChooseSource(Action):
    """Say which record is cited."""


@dataclass(frozen=True, slots=True)
class CiteFrom(Action):
    """Records of this format are cited, wherever a cable has one."""

    format: str


@dataclass(frozen=True, slots=True)
class AskSource(Effect):
    """Let the reader choose; answered by `CiteFrom`."""

    sources: tuple[Source, ...]
    now: str


def choose_source(session: Session, action: ChooseSource) -> Result:
    """Of the cable that is open."""
    del action
    sources = session.cable.sources if session.cable else ()
    if len({each.format for each in sources}) < 2:
        return session, (effects.Notify("This cable was found in one form only."),)
    return session, (AskSource(sources, cited(session)),)


def cited(session: Session) -> str:
    """The format of the record that a citation of the open cable names."""
    sources = session.cable.sources if session.cable else ()
    known = [each.format for each in sources]
    return session.source if session.source in known else known[0] if known else ""


def cite_from(session: Session, action: CiteFrom) -> Result:
    """Kept for all cables until the reader changes it."""
    return replace(session, source=action.format), (effects.ShowMenu("copy"),)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    ChooseSource: choose_source,
    CiteFrom: cite_from,
}
