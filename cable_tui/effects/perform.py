"""Performs the effects that take time. Runs in threads; no Textual.

Importing it registers the handlers of all modules of this folder.
"""

from __future__ import annotations

from cable_tui.effects import (
    bookmarks,
    bookmarks_screen,
    copy,
    export,
    external_programs,
    reading,
    references,
    search,
)
from cable_tui.effects.services import Services
from cable_tui.effects.table import EFFECTS, Actions, Cancelled
from cable_tui.errors import CableTuiError
from cable_tui.session import effects
from cable_tui.session.base import Effect

HANDLERS = (
    bookmarks,
    bookmarks_screen,
    copy,
    export,
    external_programs,
    reading,
    references,
    search,
)
"""The modules that perform effects in threads."""


def perform(services: Services, effect: Effect, cancelled: Cancelled) -> Actions:
    """Perform an effect, and report what comes of it.

    The program's own errors become notices; any other error is a fault and is raised.
    """
    try:
        yield from EFFECTS[type(effect)].perform(services, effect, cancelled)
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
