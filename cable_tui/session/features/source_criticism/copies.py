"""Copies in the list: cables with nearly the same text are one row, until it is opened."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.base import Action
from cable_tui.session.features import preview
from cable_tui.session.folding import lead_of, with_copies, with_group
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

CHOICE = "fold_copies"
"""Name under which it is kept whether they are folded."""
_NONE = "No other cable of this list has nearly the same text."


class ToggleGroup(Action):
    """f: show the copies of this cable below it, or fold them again."""


class ToggleCopies(Action):
    """F: fold copies, or show every cable at its own place."""


class RestoreCopies(Action):
    """Fold copies or not, as the reader chose the last time."""

    folded: bool


@handles(ToggleGroup)
def toggle_group(session: Session, _: ToggleGroup) -> Result:
    """Open the group under the cursor, or close it; the cursor stays, or goes to its first."""
    hits = session.hits
    if session.current is None:
        return session, ()
    lead = lead_of(hits, session.current)
    if lead not in hits.copies.under:
        return session, (effects.Notify(_NONE),)
    if not session.copies.folded:
        said = "Every cable stands at its own place; F folds copies."
        return session, (effects.Notify(said),)
    before = session
    session = with_group(session, lead, opened=lead in hits.folded)
    return preview.await_rest(before, session)


@handles(ToggleCopies)
def toggle_copies(session: Session, _: ToggleCopies) -> Result:
    """Fold all or none, and remember the choice."""
    before, folded = session, not session.copies.folded
    session = with_copies(session, replace(session.copies, folded=folded, opened=frozenset()))
    hidden = session.hits.hidden
    said = "Every cable stands at its own place; F folds copies."
    if folded:
        said = "Cables with nearly the same text are one row; f opens it."
        if not hidden:
            said = "Cables with nearly the same text are one row; this list has none."
    session, wanted = preview.await_rest(before, session)
    return session, (*wanted, effects.RememberChoice(CHOICE, folded), effects.Notify(said))


@handles(RestoreCopies)
def restore_copies(session: Session, action: RestoreCopies) -> Result:
    """Take the choice without a notice."""
    return with_copies(session, replace(session.copies, folded=action.folded)), ()
