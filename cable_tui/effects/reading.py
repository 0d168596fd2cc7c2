"""Performs reading: a cable, a reference, its facts, and files that cannot be read. No Textual."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cable_tui.effects.placeholder_cable import placeholder_cable
from cable_tui.effects.services import Services
from cable_tui.effects.table import performs
from cable_tui.session import effects
from cable_tui.session.base import Action
from cable_tui.session.features import glossary, reading, reports


@performs(effects.ReadCable)
def _read_cable(services: Services, effect: effects.ReadCable, _: object) -> Iterator[Action]:
    cable = services.archive.cable(effect.id)
    services.shown = effect.id, cable
    yield reading.CableShown(effect.id, cable)


@performs(effects.GoToCable)
def _resolve(services: Services, effect: effects.GoToCable, _: object) -> Iterator[Action]:
    found = services.archive.find(effect.reference)
    yield reading.ReferenceResolved(effect.reference, found, effect.paragraph)


@performs(glossary.ReadFacts)
def _facts(
    services: Services, effect: glossary.ReadFacts, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    del cancelled
    for row in services.rows([effect.id]).values():
        cable = placeholder_cable(row, "")
        yield glossary.ShowGlossary("top", cable.reference_id, "", cable)


@performs(reports.ReadProblems)
def _problems(
    services: Services, effect: reports.ReadProblems, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    del effect, cancelled
    yield reports.ProblemsRead(tuple(services.archive.problems()))


@performs(reports.ReadRaw)
def _raw(
    services: Services, effect: reports.ReadRaw, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    from cable_tui.archive.records.unparsed import raw_text

    del cancelled
    yield reports.ShowRaw(effect.problem, raw_text(services.archive.root, effect.problem))
