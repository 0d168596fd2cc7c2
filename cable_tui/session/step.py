"""One step of the reading room: `step(session, action) -> (session, effects)`.

No Textual and no archive: actions are what the reader does and what workers report, effects are
what threads and the screen must do, and the screen shows the session that results.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from cable_tui.session import features
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.features import tour
from cable_tui.session.registry import STEPS
from cable_tui.session.state import Session

FEATURES = tuple(
    import_module(each.name) for each in walk_packages(features.__path__, f"{features.__name__}.")
)
"""The features; importing them registers their steps, and that of `session.ask`."""


def step(session: Session, action: Action) -> tuple[Session, tuple[Effect, ...]]:
    """The next session, and the effects to perform. Pure, and defined for every action."""
    if isinstance(action, Request):
        return session, (action,)
    new, wanted = STEPS[type(action)](session, action)
    if new.tour.at is None:
        return new, wanted
    return tour.watch(session, action, new, wanted)
