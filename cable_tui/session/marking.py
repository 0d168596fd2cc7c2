"""Marks in the list: cables that a command of many is of. Space, a range with `v`, `*` inverts.

They are no bookmarks: nothing is kept of them, and they last while queries come and go.
"""

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
class Marking:
    """What is marked."""

    ids: frozenset[int] = frozenset()
    """Cables, also such that the list of now does not hold."""
    start: tuple[int, int] | None = None
    """Where a range begins: the place in the list, and the cable that stood there."""


@dataclass(frozen=True, slots=True)
class Mark(Action):
    """Space: mark the cable under the cursor, or take its mark away, and one down.

    While a range is being marked, it is marked as a whole.
    """


@dataclass(frozen=True, slots=True)
class MarkAt(Action):
    """Mark the cable at a place of the list, or take its mark away; the cursor goes there."""

    index: int


@dataclass(frozen=True, slots=True)
class Range(Action):
    """v: a range begins here; again: all from there to here are marked."""


@dataclass(frozen=True, slots=True)
class Invert(Action):
    """*: what is marked of this list is no more, and the others are."""


@dataclass(frozen=True, slots=True)
class Unmark(Action):
    """No cable is marked any more."""


def mark(session: Session, action: Mark) -> Result:
    """One, or the range."""
    del action
    if session.current is None:
        return session, ()
    if span(session) is not None:
        return _ranged(session), ()
    session = _toggled(session, session.at)
    return replace(session, at=min(session.at + 1, len(session.hits.ids) - 1)), ()


def mark_at(session: Session, action: MarkAt) -> Result:
    """The mouse."""
    if not 0 <= action.index < len(session.hits.ids):
        return session, ()
    return replace(_toggled(session, action.index), at=action.index), ()


def _toggled(session: Session, index: int) -> Session:
    ids = session.marking.ids ^ {session.hits.ids[index]}
    return replace(session, marking=replace(session.marking, ids=ids, start=None))


def mark_range(session: Session, action: Range) -> Result:
    """Its beginning, or its end."""
    del action
    if session.current is None:
        return session, ()
    if span(session) is not None:
        return _ranged(session), ()
    start = (session.at, session.current)
    return replace(session, marking=replace(session.marking, start=start)), ()


def _ranged(session: Session) -> Session:
    first, last = span(session) or (0, -1)
    ids = session.marking.ids.union(session.hits.ids[first : last + 1])
    return replace(session, marking=Marking(ids))


def span(session: Session) -> tuple[int, int] | None:
    """The first and last place of the range that is being marked; None where there is none.

    It ends with the list that it was begun in.
    """
    if session.marking.start is None:
        return None
    place, cable = session.marking.start
    ids = session.hits.ids
    if place >= len(ids) or ids[place] != cable:
        return None
    return min(place, session.at), max(place, session.at)


def invert(session: Session, action: Invert) -> Result:
    """Says how many that makes."""
    del action
    if not session.hits.ids:
        return session, ()
    ids = session.marking.ids ^ frozenset(session.hits.ids)
    session = replace(session, marking=Marking(ids))
    return session, (effects.Notify(f"{told(session) or 'No cable is marked'}."),)


def unmark(session: Session, action: Unmark) -> Result:
    """Says how many there were."""
    del action
    count = len(session.marking.ids)
    if not count and session.marking.start is None:
        return session, (effects.Notify("No cable is marked: Space marks one, v a range."),)
    said = f"{count:,} mark{'' if count == 1 else 's'} taken away."
    return replace(session, marking=Marking()), (effects.Notify(said),)


def cables(session: Session) -> tuple[int, ...]:
    """The marked cables: those of the list in its order, then the others."""
    marked = session.marking.ids
    if not marked:
        return ()
    listed = [id_ for id_ in session.hits.ids if id_ in marked]
    return (*listed, *sorted(marked.difference(listed)))


def told(session: Session) -> str:
    """`3 marked`, or nothing."""
    count = len(session.marking.ids)
    if (ranged := span(session)) is not None:
        return f"marking {ranged[1] - ranged[0] + 1:,}"
    return f"{count:,} marked" if count else ""


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    Mark: mark,
    MarkAt: mark_at,
    Range: mark_range,
    Invert: invert,
    Unmark: unmark,
}
