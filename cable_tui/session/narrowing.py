"""Narrowing the query by something that stands in a cable: a TAG that was clicked or chosen."""

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
class Narrow(Action):
    """Only cables that have this too."""

    facet: str
    value: str


def narrow(session: Session, action: Narrow) -> Result:
    """To the list of those cables; Back comes back to the cable.

    Another value of the same facet gives way: two of them would widen.
    """
    from cable_tui.session.searching import written

    if session.query.state(action.facet, action.value) == "included":
        said = f"{action.facet}:{action.value} is in the query already."
        return session, (effects.Notify(said),)
    query = session.query.only(action.facet, action.value)
    session, wanted = written(session, query)
    said = f"Narrowed by {action.facet}:{action.value}; Backspace comes back."
    session = replace(session, pane="list", reading=False, zoomed=False)
    return session, (*wanted, effects.Notify(said))


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {Narrow: narrow}
