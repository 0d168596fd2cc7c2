"""Other words for those of a query: they come when everything that a reader waits for is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session
    from cable_tui.session.values import Offer

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Offered(Action):
    """Words that have near neighbours which are much more frequent."""

    ticket: int
    offers: tuple[Offer, ...]


def offered(session: Session, action: Offered) -> Result:
    """Beside the answer to the newest question; an older one never shows."""
    if action.ticket != session.answered:
        return session, ()
    return replace(session, hits=replace(session.hits, offers=action.offers)), ()


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {Offered: offered}
