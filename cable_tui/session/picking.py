"""Picking whole paragraphs: `v`, then j k { } G; copying takes them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Pick(Action):
    """v: from this paragraph on; again: no more."""


def pick(session: Session, action: Pick) -> Result:
    """The paragraph under the cursor is the first."""
    del action
    if session.picked is not None:
        return replace(session, picked=None), ()
    if session.here is None:
        return session, (effects.Notify("No paragraph is here: } goes to the first one."),)
    return replace(session, picked=session.paragraph), ()


def picked(session: Session) -> tuple[int, ...]:
    """The picked paragraphs in the order of the text, as indexes; empty while none is."""
    if session.picked is None or session.cable is None:
        return ()
    last = len(session.cable.body.paragraphs) - 1
    here = 0 if session.paragraph is None else session.paragraph
    first, end = sorted((session.picked, here))
    return tuple(range(min(first, last), min(end, last) + 1))


def told(session: Session) -> str:
    """The picked paragraphs: `¶5–7`, or how many where they have no labels; empty while none is."""
    chosen = picked(session)
    if not chosen or session.cable is None:
        return ""
    labels = [session.cable.body.paragraphs[at].label for at in (chosen[0], chosen[-1])]
    ends = [label for label in dict.fromkeys(labels) if label]
    return f"¶{'–'.join(ends)}" if ends else f"{len(chosen)} paragraphs"


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {Pick: pick}
