"""One step of the reading room: `step(session, action) -> (session, effects)`; and its effects.

A step knows no Textual and no archive: actions are what the reader does and what workers report,
effects are what threads and the screen must do, and the screen shows the session that results.
`perform` does the effects that take time, in threads.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from cable_tui.errors import CableTuiError
from cable_tui.session import effects, features
from cable_tui.session.features import tour
from cable_tui.session.registry import EFFECTS, Actions, Cancelled, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect

FEATURES = tuple(
    import_module(f"{features.__name__}.{each.name}") for each in iter_modules(features.__path__)
)
"""The features; importing them registers who performs their effects, and those of `ask`."""


def step(session: Session, action: Action) -> tuple[Session, tuple[Effect, ...]]:
    """The next session, and the effects to perform. Pure, and defined for every action."""
    new, wanted = action.step(session)
    if new.tour.at is None:
        return new, wanted
    return tour.watch(session, action, new, wanted)


def perform(services: Services, effect: Effect, cancelled: Cancelled) -> Actions:
    """Perform an effect, and report what comes of it.

    The program's own errors become notices; any other error is a fault and is raised.
    """
    try:
        yield from EFFECTS[type(effect)].perform(services, effect, cancelled)
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
