"""Performs the effects that take time. Runs in threads; no Textual.

Importing it registers the handlers of all modules of this folder.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from cable_tui import effects as handlers
from cable_tui.effects.services import Services
from cable_tui.effects.table import EFFECTS, Actions, Cancelled
from cable_tui.errors import CableTuiError
from cable_tui.session import effects
from cable_tui.session.base import Effect

HANDLERS = tuple(
    import_module(f"{handlers.__name__}.{each.name}")
    for each in iter_modules(handlers.__path__)
    if each.name != "perform"
)
"""The modules that perform effects in threads; importing them registers their handlers."""


def perform(services: Services, effect: Effect, cancelled: Cancelled) -> Actions:
    """Perform an effect, and report what comes of it.

    The program's own errors become notices; any other error is a fault and is raised.
    """
    try:
        yield from EFFECTS[type(effect)].perform(services, effect, cancelled)
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
