"""Performs the effects that take time. Runs in threads; no Textual.

Importing it registers the handlers of all modules of this folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
from cable_tui.effects.placeholder_cable import placeholder_cable
from cable_tui.effects.services import Services
from cable_tui.effects.table import EFFECTS
from cable_tui.errors import CableTuiError
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.features.reading import CableNotShown

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


def perform(services: Services, effect: Effect, cancelled: Callable[[], bool]) -> Iterator[Action]:
    """Do what an effect asks, and yield what comes of it.

    Errors of the program's own tree become sentences; anything else is a fault and goes up.
    """
    try:
        yield from EFFECTS[type(effect)].perform(services, effect, cancelled)
    except CableTuiError as error:
        if isinstance(effect, effects.ReadCable):
            row = services.rows([effect.id]).get(effect.id)
            known = None if row is None else placeholder_cable(row, str(error))
            yield CableNotShown(effect.id, str(error), known)
        else:
            yield effects.Notify(str(error), "error")
