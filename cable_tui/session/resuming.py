"""Steps of coming back: where the reader was when the last room closed, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cable_tui.session import actions, effects, reading, searching
from cable_tui.session.base import Action, Effect
from cable_tui.session.values import EVERYTHING, Landing, Place
from cable_tui.trail import Spot, Trail, Window

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]

SHOWN = 60
"""Lines of the list that are kept for the first picture: a tall screen has no more."""


@dataclass(frozen=True, slots=True)
class Resume(Action):
    """Go where a trail leads; `ids` are its cables that are here, by canonical id."""

    trail: Trail
    ids: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class KnowPast(Action):
    """The same for a room that begins elsewhere: Back leads to where the reader was."""

    trail: Trail
    ids: Mapping[str, int]


def resume(session: Session, action: Resume) -> Result:
    """Query, order, line, cable, paragraph, scroll, and the places before."""
    trail, ids = action.trail, action.ids
    here = trail.here
    session, asked = searching.start(session, actions.Start(""))
    session = replace(session, past=_past(trail.past, ids), at=here.at)
    session = replace(
        session, text=here.text, earlier=here.text, query=searching.as_it_stands(here.text)
    )
    session, again = searching.asking(session)
    # `start` has asked for the archive's summary; its question is asked anew with the query.
    wanted = (*again, *(each for each in asked if not isinstance(each, effects.Search)))
    id_ = ids.get(here.cable)
    if id_ is not None:
        landing = Landing(index=here.index, scroll=here.scroll, stop=here.stop)
        session, opening = reading.opening(session, id_, landing)
        session = replace(session, zoomed=trail.zoomed, unfolded=trail.unfolded)
        wanted = (*wanted, *opening)
    if here.text.strip():
        wanted = (*wanted, effects.Notify("Resumed; Esc for all cables."))
        return replace(session, resumed=_state(session)), wanted
    if here.at or id_ is not None:
        wanted = (*wanted, effects.Notify("Resumed where you left."))
    return session, wanted


def know_past(session: Session, action: KnowPast) -> Result:
    """Silently."""
    spots = (*action.trail.past, action.trail.here)
    return replace(session, past=_past(spots, action.ids)), ()


def _past(spots: Sequence[Spot], ids: Mapping[str, int]) -> tuple[Place, ...]:
    return tuple(place for spot in spots if (place := _place(spot, ids)) is not None)


def _place(spot: Spot, ids: Mapping[str, int]) -> Place | None:
    """A place of the history; None where its cable is here no more."""
    if spot.cable and spot.cable not in ids:
        return None
    landing = (spot.index, spot.scroll, spot.stop)
    return Place(spot.text, spot.at, ids.get(spot.cable), *landing)


def _state(session: Session) -> object:
    opened = session.opened.id if session.opened else None
    cable = opened if session.opening is None else session.opening
    return session.text, len(session.past), session.at, cable


def offered(session: Session) -> bool:
    """Whether Esc leads to all cables: the reader came back to a query and did nothing since."""
    return session.resumed is not None and session.resumed == _state(session)


def afresh(session: Session) -> Result:
    """All cables; Back leads to where the reader was."""
    session = session.remembering(session.place())
    session = replace(session, text="", earlier="", query=EVERYTHING, at=0, resumed=None)
    session = replace(session, pane="list", reading=False, drawer=False, zoomed=False, opening=None)
    return searching.asking(session)


def cables(session: Session) -> Iterator[int]:
    """The cables that a trail of this session names."""
    for place in (*session.past, session.place()):
        if place.id is not None:
            yield place.id


def trail(session: Session, names: Mapping[int, str], generation: int) -> Trail:
    """What the next room needs to know; `names` are canonical ids of `cables`."""
    # A list that is shown anew has its cursor on the last line that is in sight.
    start = max(0, session.at - SHOWN + 1)
    ids = tuple(session.hits.ids[start : start + SHOWN])
    return Trail(
        _spot(session.place(), names),
        tuple(_spot(place, names) for place in session.past),
        Window(generation, start, ids, session.hits.count),
        session.zoomed,
        session.unfolded,
    )


def _spot(place: Place, names: Mapping[int, str]) -> Spot:
    name = names.get(place.id, "") if place.id is not None else ""
    return Spot(place.text, place.at, name, place.index, place.scroll, place.stop)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    Resume: resume,
    KnowPast: know_past,
}
