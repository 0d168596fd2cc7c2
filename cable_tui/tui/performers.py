"""PERFORMERS: who does, off the screen's thread, what a feature of the room asks for.

A new effect that takes time is one function in its feature's module and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cable_tui.session import Action, Effect, effects, passages, timeline
from cable_tui.tui import exporting, notebook, shelf
from cable_tui.tui.outside import Outside, told

Performer = Callable[[Outside, Any, Callable[[], bool]], Iterator[Action]]
"""The archive's world, the effect, and whether its answer is still wanted."""


def _copy_link(
    outside: Outside, effect: effects.PutLinkOnClipboard, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    from cable_tui.exports.links import TEMPLATES

    del cancelled
    address = TEMPLATES["plusd"].format(id=effect.reference)
    yield told(outside.clipboard, address, f"link · {effect.reference}")


def _passages(
    outside: Outside, effect: passages.ReadPassages, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    from cable_tui.archive.lit import Lit

    if isinstance(effect.lit, Lit):
        found = outside.archive.passages(effect.ids, effect.lit, cancelled)
        yield passages.Read(effect.lit, effect.ids, found)


def _timeline(
    outside: Outside, effect: timeline.Draw, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    yield timeline.Drawn(
        effect.ticket, outside.archive.timeline(effect.query, effect.dates, cancelled)
    )


PERFORMERS: dict[type[Effect], Performer] = {
    effects.PutLinkOnClipboard: _copy_link,
    passages.ReadPassages: _passages,
    timeline.Draw: _timeline,
    **notebook.PERFORMERS,
    **exporting.PERFORMERS,
    **shelf.PERFORMERS,
}
"""By effect; those of searching and reading are methods of `Outside`."""
