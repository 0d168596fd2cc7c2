"""The handler that reads two records and compares them. No Textual."""

from __future__ import annotations

from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.session import effects
from cable_tui.session.features.source_criticism import comparison


@performs(effects.ReadComparison)
def _compare(services: Services, effect: effects.ReadComparison, _: Cancelled) -> Actions:
    from cable_tui.archive.source_criticism.versions import compare_versions  # with the grammar

    pair = effect.pair
    if pair.ids[0] == pair.ids[1] and pair.records == (1, 2):
        sources = services.archive.sources(pair.ids[0])
        if len(sources) == 1:
            yield effects.Notify(
                "There is one record of this cable. Mark two cables with Space to compare them."
            )
            return
    yield comparison.ComparisonRead(
        pair, compare_versions(services.archive, pair.ids, pair.records)
    )
