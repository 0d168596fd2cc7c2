"""One step of the reading room: `step(session, action) -> (session, effects)`.

No Textual and no archive: actions are what the reader does and what workers report, effects are
what threads and the screen must do, and the screen shows the session that results.
"""

from __future__ import annotations

from cable_tui.session import ask
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.features import (
    bookmarks,
    bookmarks_changed,
    bookmarks_screen,
    context,
    copy,
    export,
    external_programs,
    find,
    glossary,
    goto,
    index_status,
    opened_cable,
    panes,
    passages,
    query_edits,
    reports,
    restore,
    results,
    search_bar,
    selection,
    sidebar,
    text_options,
    timeline,
)
from cable_tui.session.registry import STEPS
from cable_tui.session.state import Session

FEATURES = (
    ask,
    bookmarks,
    bookmarks_changed,
    bookmarks_screen,
    context,
    copy,
    export,
    external_programs,
    find,
    glossary,
    goto,
    index_status,
    opened_cable,
    panes,
    passages,
    query_edits,
    reports,
    restore,
    results,
    search_bar,
    selection,
    sidebar,
    text_options,
    timeline,
)
"""The modules that have steps; importing them registers the steps."""


def step(session: Session, action: Action) -> tuple[Session, tuple[Effect, ...]]:
    """The next session, and the effects to perform. Pure, and defined for every action."""
    if isinstance(action, Request):
        return session, (action,)
    return STEPS[type(action)](session, action)
