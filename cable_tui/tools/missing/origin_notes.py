"""How much of a post is here, as a note for the library pane and the status line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cable_tui.archive.archive import Archive
from cable_tui.session.feature_state import OriginNote
from cable_tui.tools.missing.gaps import gaps, pausing
from cable_tui.tools.missing.wording import Coverage, coverage


def origin_notes(archive: Archive, cancelled: Callable[[], bool]) -> Mapping[str, OriginNote]:
    """Return the coverage of each origin, as `session.features.sidebar.ReadNotes` says."""
    result = gaps(archive, pausing(cancelled))
    return {
        origin: note(origin_coverage)
        for origin, origin_coverage in coverage(result.post_years).items()
    }


def note(known: Coverage) -> OriginNote:
    """Return the note `~6%`, or in one cell `▁`: the estimated share that is here."""
    percent = known.percent if known.percent.startswith("<") else f"~{known.percent}"
    return OriginNote((percent, known.sign), known.label)
