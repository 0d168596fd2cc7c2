"""The handler that computes how much of each post is here. No Textual."""

from __future__ import annotations

from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.reports.look import Look
from cable_tui.session.features import coverage


@performs(coverage.ReadCoverage)
def _read(services: Services, effect: coverage.ReadCoverage, cancelled: Cancelled) -> Actions:
    # Late: only this needs them.
    from cable_tui.archive.source_criticism.gap_words import coverage as of_posts
    from cable_tui.archive.source_criticism.gaps import gaps

    look = Look(services.archive, None, services.library.path, cancelled, in_room=True)
    found = gaps(services.archive, look.stops)
    if not cancelled():
        yield coverage.CoverageRead(of_posts(found.post_years), effect.cables)
