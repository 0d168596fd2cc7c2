"""Help for whoever types a query: what its last word may become, and the queries before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session
    from cable_tui.session.values import Jump

    Result = tuple[Session, tuple[Effect, ...]]

_UNFINISHED = re.compile(r'(?:^|[\s(])-?(?:[A-Za-z]+:(?:"[^"]*|[^\s"()]*)|[A-Za-z]{3,})\Z')
"""The end of a text that a prefix, or a value of one, may complete."""


@dataclass(frozen=True, slots=True)
class Completed(Action):
    """What the last word of a text may become, each as a line to take."""

    text: str
    jumps: tuple[Jump, ...]


@dataclass(frozen=True, slots=True)
class Complete(Action):
    """Tab in the bar: take the completion that is chosen, or the first; none leads on."""


@dataclass(frozen=True, slots=True)
class Recall(Action):
    """An earlier query into the bar, or a later one."""

    by: int


@dataclass(frozen=True, slots=True)
class FindCompletions(Effect):
    """Find what the last word of a text may become; answered by `Completed`."""

    latest: ClassVar[str] = "complete"

    text: str


def wanted(text: str) -> tuple[Effect, ...]:
    """What to ask for when a text has been typed so far."""
    return (FindCompletions(text),) if _UNFINISHED.search(text) else ()


def completed(session: Session, action: Completed) -> Result:
    """Before what the text may name; unless it is another text by now."""
    if action.text != session.text or session.pane != "bar":
        return session, ()
    others = tuple(jump for jump in session.jumps if not jump.completes)
    choice = session.choice
    if choice is not None and session.jumps[choice : choice + 1] != action.jumps[:1]:
        choice = None
    return replace(session, jumps=(*action.jumps, *others), choice=choice), ()


def complete(session: Session, action: Complete) -> Result:
    """The line under the bar; to the next pane where there is none to take."""
    from cable_tui.session import actions
    from cable_tui.session.room import cycle
    from cable_tui.session.searching import taken

    del action
    chosen = 0 if session.choice is None else session.choice
    if chosen < len(session.jumps) and session.jumps[chosen].completes:
        return taken(session, session.jumps[chosen])
    return cycle(session, actions.Cycle(1))


def recall(session: Session, action: Recall) -> Result:
    """Through the texts of earlier places, each once; behind the last stands what was typed."""
    from cable_tui.session import actions
    from cable_tui.session.searching import typed

    texts = list(dict.fromkeys(place.text for place in reversed(session.past) if place.text))
    texts = [text for text in texts if text != session.earlier]
    index = session.recalled + action.by
    if not 0 <= index <= len(texts):
        return session, ()
    text = texts[index - 1] if index else session.earlier
    session, asked = typed(session, actions.Typed(text))
    return replace(session, recalled=index), asked


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    Completed: completed,
    Complete: complete,
    Recall: recall,
}
