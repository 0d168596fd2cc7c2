"""How much of each post is here: computed once for the library, and for the page of gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.session.base import Action, Effect
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

if TYPE_CHECKING:
    # Computed when they are asked for: the room does not wait for them.
    from cable_tui.archive.source_criticism.coverage import Coverage
    from cable_tui.archive.source_criticism.gaps import Gaps


class GapsRead(Action):
    """What is not here, and the coverage of each origin; `cables` were in the archive then."""

    found: Gaps
    coverage: dict[str, Coverage]
    cables: int


class ReadGaps(Effect):
    """Compute what is not here; answered by `GapsRead`."""

    latest = "gaps"

    cables: int


class ShowGaps(Effect):
    """Open the page, or fill the open one."""

    opens: bool


def wanted(session: Session) -> tuple[Effect, ...]:
    """What computes them, unless that was done since the last cable came."""
    cables = session.summary.cables or 0
    if session.gaps.found is not None and session.gaps.cables == cables:
        return ()
    return (ReadGaps(cables),)


def wanted_by_library(session: Session) -> tuple[Effect, ...]:
    """The same for the coverage in the library, which can wait until the archive is read."""
    return wanted(session) if session.building is None and session.summary.cables else ()


@handles(GapsRead)
def gaps_read(session: Session, action: GapsRead) -> Result:
    """Keep them, fill the page if it is open, and show the coverage in the library."""
    kept = replace(session.gaps, found=action.found, cables=action.cables)
    sidebar = replace(session.sidebar, coverage=action.coverage)
    return replace(session, gaps=kept, sidebar=sidebar), (ShowGaps(opens=False),)
