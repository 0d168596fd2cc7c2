"""Handlers that read a cable, a reference, and facts. No Textual."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from cable_tui.archive.archive import Archive
from cable_tui.effects.placeholder_cable import placeholder_cable
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.glossary import Counts
from cable_tui.query import parse
from cable_tui.session import effects
from cable_tui.session.features.reading import glossary, opened_cable
from cable_tui.value import replace


@performs(effects.ReadCable)
def _read_cable(services: Services, effect: effects.ReadCable, _: Cancelled) -> Actions:
    try:
        record = effect.record or services.records_of([effect.id]).get(effect.id, 0)
        cable = services.archive.cable(effect.id, record)
    except CableTuiError as error:
        row = services.rows([effect.id]).get(effect.id)
        known = None if row is None else placeholder_cable(row, str(error))
        yield opened_cable.CableNotShown(effect.id, str(error), known)
        return
    services.shown = effect.id, cable
    yield opened_cable.CableShown(effect.id, cable)


@performs(effects.GoToCable)
def _find_cable(services: Services, effect: effects.GoToCable, _: Cancelled) -> Actions:
    found = services.archive.find(effect.reference)
    yield opened_cable.ReferenceResolved(effect.reference, found, effect.paragraph)


@performs(glossary.ReadFacts)
def _read_facts(services: Services, effect: glossary.ReadFacts, _: Cancelled) -> Actions:
    for row in services.rows([effect.id]).values():
        cable = placeholder_cable(row, "")
        yield glossary.ShowGlossary("top", cable.reference_id, "", cable)


@performs(glossary.CountReadings)
def _count_readings(
    services: Services, effect: glossary.CountReadings, cancelled: Cancelled
) -> Actions:
    """Count by searching; where texts cannot be searched there is no evidence, and no failure."""
    shown = effect.shown
    origin = shown.cable.facts.origin if shown.cable else ""
    counts = reading_counts(services.archive, origin, effect.doubtful, cancelled)
    if not cancelled():
        yield replace(shown, counts=counts)


def reading_counts(
    archive: Archive,
    origin: str,
    doubtful: Iterable[tuple[str, str]],
    cancelled: Cancelled = lambda: False,
) -> Counts:
    """How many cables of a post hold each meaning of doubtful acronyms, as far as it is known."""
    counts: dict[tuple[str, str], int] = {}
    with suppress(CableTuiError):
        for word, meaning in doubtful:
            if cancelled():
                break
            named = (phrase.replace('"', " ") for phrase in (origin, meaning, word))
            query = parse('origin:"{}" "{}" "{}"'.format(*named))
            counts[word, meaning] = archive.search(query, limit=1, offering=False).count
    return counts
