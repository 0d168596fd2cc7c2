"""Passages below the subjects of the list: read them for visible lines, and drop outdated ones."""

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
"""The number of passages to keep; the oldest are dropped."""
CHOICE = "passages"
"""The name under which the reader's choice to show passages is stored."""


class TogglePassages(Action):
    """`p`: show or hide the passages."""

    def step(self, session: Session) -> Result:
        """Show or hide the passages, and store the choice."""
        are_shown = not session.passages.shown
        session = replace(session, passages=replace(session.passages, shown=are_shown))
        toggle_effects: tuple[Effect, ...] = (effects.RememberChoice(CHOICE, are_shown),)
        if not are_shown:
            return session, (
                *toggle_effects,
                effects.Notify("Passages are hidden; press p to show them."),
            )
        if not session.query.has_words:
            message = "Passages are now shown under the subjects if the query contains words."
            return session, (*toggle_effects, effects.Notify(message))
        return session, toggle_effects


class RestorePassages(Action):
    """Show or hide the passages, as the reader chose in the last session."""

    shown: bool

    def step(self, session: Session) -> Result:
        """Apply the choice without a message."""
        return replace(session, passages=replace(session.passages, shown=self.shown)), ()


class WantPassages(Action):
    """Cables whose passages are unknown are visible."""

    ids: tuple[int, ...]

    def step(self, session: Session) -> Result:
        """Read the unknown passages for the current highlights."""
        known_passages = (
            session.passages.found if session.passages.highlights == session.hits.highlights else {}
        )
        unknown_ids = tuple(id_ for id_ in self.ids if id_ not in known_passages)
        return session, (ReadPassages(unknown_ids, session.hits.highlights),) if unknown_ids else ()


class PassagesRead(Action):
    """Passages of cables were read."""

    highlights: Highlighting
    ids: tuple[int, ...]
    """The ids of all cables that were read, with or without a passage."""
    passages: Sequence[FoundPassage]

    def step(self, session: Session) -> Result:
        """Store the passages, unless the query has changed since."""
        if self.highlights != session.hits.highlights:
            return session, ()
        known_passages = (
            session.passages.found if session.passages.highlights == self.highlights else {}
        )
        passages_by_id = {passage.id: passage for passage in self.passages}
        kept_passages = {**known_passages, **{id_: passages_by_id.get(id_) for id_ in self.ids}}
        kept_passages = dict(list(kept_passages.items())[-_KEPT:])
        return replace(
            session,
            passages=replace(session.passages, found=kept_passages, highlights=self.highlights),
        ), ()


class ReadPassages(Effect):
    """Read the passages of cables; answered by `PassagesRead`."""

    latest = "passages"

    ids: tuple[int, ...]
    highlights: Highlighting


def _passages(services: Services, effect: ReadPassages, cancelled: Cancelled) -> Actions:
    if not isinstance(effect.highlights, NoHighlights):  # the rows of the first paint
        chosen_records = services.records_of(effect.ids)
        found_passages = services.archive.passages(
            effect.ids, effect.highlights, cancelled, records=chosen_records
        )
        yield PassagesRead(effect.highlights, effect.ids, found_passages)


PERFORMERS: Performers = {
    ReadPassages: _passages,
}
