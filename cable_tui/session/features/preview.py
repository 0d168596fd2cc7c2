"""The preview: the reading pane follows the cursor of the list, once the cursor rests."""

from __future__ import annotations

from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.feature_state import Context, Preview, WordsToFind
from cable_tui.session.features.bookmarks import READ_AFTER, CountAsRead
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import READING, TOP, Action, HistoryEntry, Landing

PAUSE = 0.2
"""Seconds that the cursor rests before its cable is read: holding a key down reads none."""


class CursorRested(Action):
    """A pause of the list's cursor is over."""

    id: int
    """The cable under the cursor when the pause began."""

    def step(self, session: Session) -> Result:
        """Read the cable under the cursor; wait again if the cursor has moved."""
        current_id, opened_cable = session.current, session.opened
        session = replace(session, preview=replace(session.preview, resting=None, stale=False))
        if opened_cable is None or current_id is None or current_id == opened_cable.id:
            return session, ()
        if session.opening is not None or session.pane in READING:
            return session, ()
        if current_id != self.id:
            return await_rest(session, session)
        if session.pane != "list":
            return session, ()
        session = replace(session, preview=replace(session.preview, wanted=current_id))
        return session, (effects.FetchCable(current_id),)


def await_rest(before: Session, session: Session) -> Result:
    """Begin a pause if the cursor has left the open cable; only one runs at a time.

    `before` is the session before the cursor moved.
    """
    current_id, opened_cable = session.current, session.opened
    if opened_cable is None or current_id is None or current_id == opened_cable.id:
        return session, ()
    if session.preview.resting is not None:
        return session, ()
    pausing = replace(session.preview, resting=current_id, stale=before.left_behind)
    session = replace(session, preview=pausing)
    return session, (effects.DispatchLater(PAUSE, CursorRested(current_id)),)


def is_preview(session: Session, id_: int) -> bool:
    """Return whether a cable that was read is the preview of the row under the cursor."""
    is_wanted = session.preview.wanted == id_ == session.current
    return is_wanted and session.opening is None and session.pane not in READING


def place_left(session: Session) -> HistoryEntry | None:
    """Return the position at which the reader left the last opened cable."""
    opened_cable = session.opened
    if opened_cable is None or session.preview.shown:
        return session.preview.left
    place = (opened_cable.id, session.paragraph, session.scroll, session.stop)
    return HistoryEntry(session.text, session.at, *place)


def landing_in(session: Session, id_: int) -> Landing:
    """Return where a reader arrives in a cable from the list: where it was left, or its top."""
    opened_cable = session.opened
    if opened_cable is not None and opened_cable.id == id_:
        return Landing(index=session.paragraph, scroll=session.scroll, stop=session.stop)
    place_left = session.preview.left
    return place_left.landing if place_left is not None and place_left.id == id_ else TOP


def begin_reading(session: Session) -> Result:
    """Give the keys to the open cable: from now on it is read, and Back goes to the list."""
    opened_cable = session.opened
    if not session.preview.shown or opened_cable is None:
        return session, ()
    session = session.with_past(replace(session.history_entry(), id=None))
    session = replace(session, preview=Preview(left=session.preview.left))
    return session, (effects.DispatchLater(READ_AFTER, CountAsRead(opened_cable.id)),)


def close_cable(session: Session) -> Result:
    """Close the open cable: the list has all the room."""
    name = session.cable.reference_id if session.cable else "The cable"
    session = replace(
        session,
        opened=None,
        opening=None,
        landing=TOP,
        paragraph=None,
        scroll=0,
        stop=0,
        find=WordsToFind(),
        selected_from=None,
        sentence=None,
        sentence_from=None,
        context=Context(),
        preview=Preview(),
        reading=False,
    )
    return session, (effects.Notify(f"{name} is closed; press q again to quit."),)
