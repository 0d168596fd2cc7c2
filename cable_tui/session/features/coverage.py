"""How much of each post is here: computed once for the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.session.base import Action, Effect
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

if TYPE_CHECKING:
    # Computed when they are asked for: the room does not wait for them.
    from cable_tui.archive.source_criticism.gap_words import Coverage


class CoverageRead(Action):
    """The coverage of each origin; `cables` were in the archive then."""

    coverage: dict[str, Coverage]
    cables: int


class ReadCoverage(Effect):
    """Compute it; answered by `CoverageRead`."""

    latest = "coverage"

    cables: int


def wanted(session: Session) -> tuple[Effect, ...]:
    """What computes it once the archive is read, unless no cable came since the last time."""
    cables, is_read = session.summary.cables or 0, session.building is None
    is_known = session.sidebar.covered == cables
    return (ReadCoverage(cables),) if is_read and cables and not is_known else ()


@handles(CoverageRead)
def coverage_read(session: Session, action: CoverageRead) -> Result:
    """Show it in the library."""
    sidebar = replace(session.sidebar, coverage=action.coverage, covered=action.cables)
    return replace(session, sidebar=sidebar), ()
