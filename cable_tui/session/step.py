"""One step of the room: `step(session, action) -> (session, effects)`; and performing effects.

A step uses neither Textual nor the archive: actions come from the reader and from workers, effects
go to threads and to the screen, and the screen displays the resulting session. `perform` performs
the effects that take time, in threads.
"""

from __future__ import annotations

from collections.abc import Callable

from cable_tui.base.errors import CableTuiError
from cable_tui.base.tools import load, tools
from cable_tui.session import ask, effects, put_in_list
from cable_tui.session.features import (
    body_cursor,
    bookmarks,
    bookmarks_screen,
    context,
    copy,
    export_choices,
    external_programs,
    file_to_write,
    glossary,
    goto,
    index_status,
    links,
    list_passages,
    opened_cable,
    pages,
    panes,
    preview,
    restore,
    results,
    search_bar,
    selection,
    sidebar,
    sidebar_cursor,
    sidebar_sections,
    timeline,
)
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect

FEATURES = (
    body_cursor,
    bookmarks,
    bookmarks_screen,
    context,
    copy,
    export_choices,
    external_programs,
    file_to_write,
    glossary,
    goto,
    index_status,
    links,
    opened_cable,
    pages,
    panes,
    list_passages,
    preview,
    restore,
    results,
    search_bar,
    selection,
    sidebar,
    sidebar_cursor,
    sidebar_sections,
    timeline,
    *(load(module) for tool in tools() for module in tool.features),
)
"""The modules of all features, both of the core and of tools."""
EFFECTS: Performers = {
    effect: performer
    for feature in (ask, put_in_list, *FEATURES)
    for effect, performer in getattr(feature, "PERFORMERS", {}).items()
}
"""The function that performs each effect in a thread, keyed by the effect's class or a base class
of it.
"""
Watch = Callable[[Session, Action, Session, tuple[Effect, ...]], Result]
"""A function that observes an action, given the sessions before and after it and its effects.

It returns the session and the effects, possibly changed.
"""
WATCHES: tuple[Watch, ...] = tuple(load(name) for tool in tools() for name in tool.watches)
"""The tools' functions that observe every action."""


def step(session: Session, action: Action) -> tuple[Session, tuple[Effect, ...]]:
    """Return the next session, and the effects to perform. Pure, and defined for every action."""
    new_session, new_effects = action.step(session)
    new_session = body_cursor.follow_text(session, new_session)
    for watch in WATCHES:
        new_session, new_effects = watch(session, action, new_session, new_effects)
    return sidebar_cursor.follow_counts(session, new_session), new_effects


def perform(services: Services, effect: Effect, cancelled: Cancelled) -> Actions:
    """Perform an effect, and report its results.

    Errors of this program become messages on the screen; any other error is a bug and is raised.
    """
    try:
        effect_class = next(class_ for class_ in type(effect).__mro__ if class_ in EFFECTS)
        yield from EFFECTS[effect_class](services, effect, cancelled)
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
