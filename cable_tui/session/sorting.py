"""The order of the list: part of the query, chosen from a menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    return session, (AskSort(session.query.order),)


def sort_by(session: Session, action: SortBy) -> Result:
    """It stands in the bar as text, unless it is the one that the query has without."""
    from cable_tui.session.searching import written

    query = session.query.sorted_by("")
    return written(session, query if query.order == action.key else query.sorted_by(action.key))


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    OpenSort: open_sort,
    SortBy: sort_by,
}
