"""The order of the list: part of the query, chosen from a menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cable_tui.query.sorting import NEWEST
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class OpenSort(Action):
    """Choose an order."""


@dataclass(frozen=True, slots=True)
class SortBy(Action):
    """An order, as `sort:` names it."""

    key: str


@dataclass(frozen=True, slots=True)
class AskSort(Effect):
    """Show the orders; answered by `SortBy`."""

    now: str


def open_sort(session: Session, action: OpenSort) -> Result:
    """With the one that holds now."""
    del action
    return session, (AskSort(session.order),)


def sort_by(session: Session, action: SortBy) -> Result:
    """It stands in the bar as text; the newest first is what a query without it means."""
    from cable_tui.session.searching import written

    return written(session, session.query.sorted_by("" if action.key == NEWEST else action.key))


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    OpenSort: open_sort,
    SortBy: sort_by,
}
