"""Restoring the last session: its query, position and history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cable_tui.base.value import replace
from cable_tui.program.last_position import LastPosition, SavedHistoryEntry, Window
from cable_tui.query.answers import FIRST_ROWS
from cable_tui.query.parser import to_keep
from cable_tui.session import ask, effects
from cable_tui.session.features import opened_cable, results
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import Action, HistoryEntry, Landing


class Resume(Action):
    """Return to the last position; `ids` are its cables by canonical id, if they are here."""

    trail: LastPosition
    ids: Mapping[str, int]

    def step(self, session: Session) -> Result:
        """Restore the query, order, line, cable, paragraph, scroll, and history."""
        trail, ids = self.trail, self.ids
        place_here = trail.here
        session, start_effects = results.StartArchive("").step(session)
        session = replace(session, past=_history(trail.past, ids))
        session, ask_effects = ask.ask(ask.with_text(session, place_here.text, place_here.at))
        # `StartArchive` has asked for the summary too; its search, without the query, is left out.
        wanted_effects = (
            *ask_effects,
            *(effect for effect in start_effects if not isinstance(effect, effects.FindHits)),
        )
        id_ = ids.get(place_here.cable)
        if id_ is not None:
            landing = Landing(
                index=place_here.index, scroll=place_here.scroll, stop=place_here.stop
            )
            session, opening = opened_cable.fetch_cable(session, id_, landing)
            session = replace(session, zoomed=trail.zoomed, unfolded=trail.unfolded)
            wanted_effects = (*wanted_effects, *opening)
        if place_here.text.strip():
            wanted_effects = (*wanted_effects, effects.Notify("Resumed; press Esc for all cables."))
            return replace(session, resumed_at=_state(session)), wanted_effects
        if place_here.at or id_ is not None:
            wanted_effects = (*wanted_effects, effects.Notify("Resumed where you stopped."))
        return session, wanted_effects


class RestoreHistory(Action):
    """Take over the last history only, for a start elsewhere: Back returns to it."""

    trail: LastPosition
    ids: Mapping[str, int]

    def step(self, session: Session) -> Result:
        """Restore the history without a notice."""
        spots = (*self.trail.past, self.trail.here)
        return replace(session, past=_history(spots, self.ids)), ()


def _history(
    spots: Sequence[SavedHistoryEntry], ids: Mapping[str, int]
) -> tuple[HistoryEntry, ...]:
    return tuple(place for spot in spots if (place := _entry(spot, ids)) is not None)


def _entry(spot: SavedHistoryEntry, ids: Mapping[str, int]) -> HistoryEntry | None:
    """Return a position of the history; None if its cable is not here any more."""
    if spot.cable and spot.cable not in ids:
        return None
    landing = (spot.index, spot.scroll, spot.stop)
    return HistoryEntry(spot.text, spot.at, ids.get(spot.cable), *landing)


def _state(session: Session) -> object:
    opened_id = session.opened.id if session.opened else None
    cable = opened_id if session.opening is None else session.opening
    return session.text, len(session.past), session.at, cable


def offers_all_cables(session: Session) -> bool:
    """Return whether Esc shows all cables: a query was resumed and nothing was done since."""
    return session.resumed_at is not None and session.resumed_at == _state(session)


def show_all_cables(session: Session) -> Result:
    """Show all cables; Back returns to the resumed place."""
    session = ask.with_text(session.with_past(session.history_entry()), "")
    session = replace(session, pane="list", reading=False, filters_open=False, zoomed=False)
    return ask.ask(replace(session, opening=None, resumed_at=None))


def history_cables(session: Session) -> Iterator[int]:
    """Yield the cables that the history and the position of a session name."""
    for place in (*session.past, session.history_entry()):
        if place.id is not None:
            yield place.id


def last_position(
    session: Session, names: Mapping[int, str], generation: int, now: float
) -> LastPosition:
    """Return the position to store for the next start; `names` are canonical ids by cable.

    A reader who never looked at new cables has seen those of now, once all files are read.
    """
    # A list that is shown again has its cursor on the last line that is in sight.
    start = max(0, session.at - FIRST_ROWS + 1)
    ids = tuple(session.hits.ids[start : start + FIRST_ROWS])
    return LastPosition(
        _saved_entry(session.history_entry(), names),
        tuple(_saved_entry(place, names) for place in session.past),
        Window(generation, start, ids, session.hits.count),
        session.zoomed,
        session.unfolded,
        int(session.new_cables.looked_at or (now if session.building is None else 0)),
    )


def _saved_entry(place: HistoryEntry, names: Mapping[int, str]) -> SavedHistoryEntry:
    cable_name = names.get(place.id, "") if place.id is not None else ""
    return SavedHistoryEntry(
        to_keep(place.text), place.at, cable_name, place.index, place.scroll, place.stop
    )
