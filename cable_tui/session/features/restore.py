"""Restore the last session: its query, position and history."""

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
    """Return to the last position. `ids` are the ids of its cables by canonical id, if any."""

    trail: LastPosition
    ids: Mapping[str, int]

    def step(self, session: Session) -> Result:
        """Restore the query, the line, the cable with the position in it, and the history."""
        saved_position, cable_ids = self.trail, self.ids
        saved_entry = saved_position.here
        session, start_effects = results.StartArchive("").step(session)
        session = replace(session, past=_history(saved_position.past, cable_ids))
        session, ask_effects = ask.ask(ask.with_text(session, saved_entry.text, saved_entry.at))
        # `StartArchive` has asked for the summary too; its search, without the query, is left out.
        resume_effects = (
            *ask_effects,
            *(effect for effect in start_effects if not isinstance(effect, effects.FindHits)),
        )
        cable_id = cable_ids.get(saved_entry.cable)
        if cable_id is not None:
            landing = Landing(
                index=saved_entry.index, scroll=saved_entry.scroll, stop=saved_entry.stop
            )
            session, open_effects = opened_cable.fetch_cable(session, cable_id, landing)
            session = replace(
                session, zoomed=saved_position.zoomed, unfolded=saved_position.unfolded
            )
            resume_effects = (*resume_effects, *open_effects)
        if saved_entry.text.strip():
            resume_effects = (*resume_effects, effects.Notify("Resumed; press Esc for all cables."))
            return replace(session, resumed_at=_state(session)), resume_effects
        if saved_entry.at or cable_id is not None:
            resume_effects = (*resume_effects, effects.Notify("Resumed where you stopped."))
        return session, resume_effects


class RestoreHistory(Action):
    """Restore only the history, for a start elsewhere: going back returns to the last position."""

    trail: LastPosition
    ids: Mapping[str, int]

    def step(self, session: Session) -> Result:
        """Restore the history without a message."""
        saved_entries = (*self.trail.past, self.trail.here)
        return replace(session, past=_history(saved_entries, self.ids)), ()


def _history(
    saved_entries: Sequence[SavedHistoryEntry], ids: Mapping[str, int]
) -> tuple[HistoryEntry, ...]:
    return tuple(
        history_entry
        for saved_entry in saved_entries
        if (history_entry := _entry(saved_entry, ids)) is not None
    )


def _entry(saved_entry: SavedHistoryEntry, ids: Mapping[str, int]) -> HistoryEntry | None:
    """Return an entry of the history, or None if its cable is no longer in the archive."""
    if saved_entry.cable and saved_entry.cable not in ids:
        return None
    saved_position = (saved_entry.index, saved_entry.scroll, saved_entry.stop)
    return HistoryEntry(
        saved_entry.text, saved_entry.at, ids.get(saved_entry.cable), *saved_position
    )


def _state(session: Session) -> object:
    opened_id = session.opened.id if session.opened else None
    cable_id = opened_id if session.opening is None else session.opening
    return session.text, len(session.past), session.at, cable_id


def offers_all_cables(session: Session) -> bool:
    """Return whether Esc shows all cables: a query was restored, and nothing was done since."""
    return session.resumed_at is not None and session.resumed_at == _state(session)


def show_all_cables(session: Session) -> Result:
    """Show all cables; going back returns to the restored position."""
    session = ask.with_text(session.with_past(session.history_entry()), "")
    session = replace(session, pane="list", reading=False, filters_open=False, zoomed=False)
    return ask.ask(replace(session, opening=None, resumed_at=None))


def history_cables(session: Session) -> Iterator[int]:
    """Yield the ids of the cables in a session's history and at its position."""
    for history_entry in (*session.past, session.history_entry()):
        if history_entry.id is not None:
            yield history_entry.id


def last_position(
    session: Session, names: Mapping[int, str], generation: int, now: float
) -> LastPosition:
    """Return the position to store for the next start; `names` are canonical ids by cable id.

    If the reader has never looked at new cables, all cables in the archive count as seen once all
    files are read.
    """
    # A list that is shown again has its cursor on the last line that is in sight.
    window_start = max(0, session.at - FIRST_ROWS + 1)
    window_ids = tuple(session.hits.ids[window_start : window_start + FIRST_ROWS])
    return LastPosition(
        _saved_entry(session.history_entry(), names),
        tuple(_saved_entry(history_entry, names) for history_entry in session.past),
        Window(generation, window_start, window_ids, session.hits.count),
        session.zoomed,
        session.unfolded,
        int(session.new_cables.looked_at or (now if session.building is None else 0)),
    )


def _saved_entry(history_entry: HistoryEntry, names: Mapping[int, str]) -> SavedHistoryEntry:
    canonical_id = names.get(history_entry.id, "") if history_entry.id is not None else ""
    return SavedHistoryEntry(
        to_keep(history_entry.text),
        history_entry.at,
        canonical_id,
        history_entry.index,
        history_entry.scroll,
        history_entry.stop,
    )
