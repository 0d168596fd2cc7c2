"""The preview: after a pause, the reading pane shows the cable under the cursor in the list."""

from __future__ import annotations

from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.feature_state import Context, Preview, WordsToFind
from cable_tui.session.features.bookmarks import READ_AFTER, CountAsRead
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import READING, TOP, Action, HistoryEntry, Landing

PAUSE = 0.2
"""How long the cursor must rest before the cable is read, in seconds, so that nothing is read while
a key is held down.
"""
FIRST_HIT = Landing(hit="first in a paragraph")
"""The first match below the lines that the list shows anyway."""


class CursorRested(Action):
    """The pause after a move of the list's cursor is over."""

    id: int
    """The id of the cable under the cursor when the pause began."""

    def step(self, session: Session) -> Result:
        """Read the cable under the cursor, or wait again if the cursor has moved since."""
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


def await_rest(previous_session: Session, session: Session) -> Result:
    """Start a pause if the cursor has left the open cable; only one pause runs at a time.

    `previous_session` is the session before the cursor moved.
    """
    current_id, opened_cable = session.current, session.opened
    if opened_cable is None or current_id is None or current_id == opened_cable.id:
        return session, ()
    if session.preview.resting is not None:
        return session, ()
    pausing_preview = replace(
        session.preview, resting=current_id, stale=previous_session.left_behind
    )
    session = replace(session, preview=pausing_preview)
    return session, (effects.DispatchLater(PAUSE, CursorRested(current_id)),)


def is_preview(session: Session, cable_id: int) -> bool:
    """Return whether a cable that was read is the preview of the row under the cursor."""
    is_requested = session.preview.wanted == cable_id == session.current
    return is_requested and session.opening is None and session.pane not in READING


def place_left(session: Session) -> HistoryEntry | None:
    """Return the position where the reader left the last cable that was not a preview."""
    opened_cable = session.opened
    if opened_cable is None or session.preview.shown:
        return session.preview.left
    cable_position = (opened_cable.id, session.paragraph, session.scroll, session.stop)
    return HistoryEntry(session.text, session.at, *cable_position)


def landing_in(session: Session, cable_id: int) -> Landing:
    """Return the position at which to open a cable from the list.

    This is the position where it was left, or else its top. If the query asks for sentences, it is
    the first sentence instead of the top.
    """
    opened_cable = session.opened
    if opened_cable is not None and opened_cable.id == cable_id:
        return Landing(index=session.paragraph, scroll=session.scroll, stop=session.stop)
    left_entry = session.preview.left
    if left_entry is not None and left_entry.id == cable_id:
        return left_entry.landing
    return FIRST_HIT if session.query.has_sentences else TOP


def begin_reading(session: Session) -> Result:
    """Move the focus to a previewed cable, which then counts as opened from the list."""
    opened_cable = session.opened
    if not session.preview.shown or opened_cable is None:
        return session, ()
    session = session.with_past(replace(session.history_entry(), id=None))
    session = replace(session, preview=Preview(left=session.preview.left))
    return session, (effects.DispatchLater(READ_AFTER, CountAsRead(opened_cable.id)),)


def close_cable(session: Session) -> Result:
    """Close the open cable, so that the list fills the screen."""
    cable_name = session.cable.reference_id if session.cable else "The cable"
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
    return session, (effects.Notify(f"{cable_name} is closed; press q again to quit."),)
