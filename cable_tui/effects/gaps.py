"""Handlers that compute what is not here. No Textual."""

from __future__ import annotations

from time import monotonic, sleep

from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.session.features import coverage

_WORK, _PAUSE = 0.02, 0.002
"""Seconds of work, and of the pause after it, to let keys be answered."""


@performs(coverage.ReadGaps)
def _read_gaps(services: Services, effect: coverage.ReadGaps, cancelled: Cancelled) -> Actions:
    # Late: only this needs them.
    from cable_tui.archive.source_criticism.coverage import coverage as of_posts
    from cable_tui.archive.source_criticism.gaps import gaps as read

    due = monotonic() + _WORK

    def stops() -> bool:
        nonlocal due
        if monotonic() >= due:
            sleep(_PAUSE)
            due = monotonic() + _WORK
        return cancelled()

    found = read(services.archive, stops)
    if not cancelled():
        yield coverage.GapsRead(found, of_posts(found.post_years), effect.cables)
