"""Effects that stop another one: being newer in its group, each has cancelled it by being run."""

from __future__ import annotations

from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.session.base import Effect
from cable_tui.session.features import coverage, export
from cable_tui.session.features.drafts import check_draft
from cable_tui.session.features.source_criticism import chain, concordance, echoes, people


def _nothing(_services: Services, _effect: Effect, _: Cancelled) -> Actions:
    """Nothing is left to do."""
    return iter(())


for _stop in (
    chain.StopReadingChain,
    check_draft.StopChecking,
    concordance.StopConcordance,
    coverage.StopGaps,
    echoes.StopReadingEchoes,
    export.StopWritingExport,
    people.StopPeople,
):
    performs(_stop)(_nothing)
