"""Passages under the subjects of the list: read for the visible lines, dropped when stale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cable_tui.base.value import replace
from cable_tui.query.answers import Highlighting, NoHighlights
from cable_tui.session import effects
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect

if TYPE_CHECKING:
    from cable_tui.archive.search.passages import FoundPassage

_KEPT = 400
"""Passages that are remembered before the oldest are dropped."""
CHOICE = "passages"
"""Name of the stored choice whether they are shown."""


class TogglePassages(Action):
    """p: show the passages, or hide them."""

    def step(self, session: Session) -> Result:
        """Show or hide them, and remember the choice."""
        are_shown = not session.passages.shown
        session = replace(session, passages=replace(session.passages, shown=are_shown))
        wanted_effects: tuple[Effect, ...] = (effects.RememberChoice(CHOICE, are_shown),)
        if not are_shown:
            return session, (
                *wanted_effects,
                effects.Notify("Passages are no longer shown; p shows them."),
            )
        if not session.query.has_words:
            message = "Passages are shown under the subjects if the query has words."
            return session, (*wanted_effects, effects.Notify(message))
        return session, wanted_effects


class RestorePassages(Action):
    """Show or hide the passages, as the reader chose the last time."""

    shown: bool

    def step(self, session: Session) -> Result:
        """Apply the choice without a notice."""
        return replace(session, passages=replace(session.passages, shown=self.shown)), ()


class WantPassages(Action):
    """These cables are visible and their passages are unknown."""

    ids: tuple[int, ...]

    def step(self, session: Session) -> Result:
        """Read the unknown ones for the current highlights."""
        known_passages = (
            session.passages.found if session.passages.highlights == session.hits.highlights else {}
        )
        ids = tuple(id_ for id_ in self.ids if id_ not in known_passages)
        return session, (ReadPassages(ids, session.hits.highlights),) if ids else ()


class PassagesRead(Action):
    """Passages were read."""

    highlights: Highlighting
    ids: tuple[int, ...]
    """All cables that were asked for."""
    passages: Sequence[FoundPassage]

    def step(self, session: Session) -> Result:
        """Keep them, unless the list has changed meanwhile."""
        if self.highlights != session.hits.highlights:
            return session, ()
        known_passages = (
            session.passages.found if session.passages.highlights == self.highlights else {}
        )
        by_id = {passage.id: passage for passage in self.passages}
        passages = {**known_passages, **{id_: by_id.get(id_) for id_ in self.ids}}
        passages = dict(list(passages.items())[-_KEPT:])
        return replace(
            session, passages=replace(session.passages, found=passages, highlights=self.highlights)
        ), ()


class ReadPassages(Effect):
    """Read the passages of cables; answered by `PassagesRead`."""

    latest = "passages"

    ids: tuple[int, ...]
    highlights: Highlighting


def _passages(services: Services, effect: ReadPassages, cancelled: Cancelled) -> Actions:
    if not isinstance(effect.highlights, NoHighlights):  # the rows of the first paint
        records = services.records_of(effect.ids)
        passages = services.archive.passages(
            effect.ids, effect.highlights, cancelled, records=records
        )
        yield PassagesRead(effect.highlights, effect.ids, passages)


PERFORMERS: Performers = {
    ReadPassages: _passages,
}
