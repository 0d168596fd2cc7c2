"""Note how much of a post is in the archive, for the filters and the status line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cable_tui.archive.archive import Archive
from cable_tui.session.feature_state import OriginNote
from cable_tui.tools.missing.gaps import gaps, pausing
from cable_tui.tools.missing.wording import Coverage, coverage


def origin_notes(archive: Archive, cancelled: Callable[[], bool]) -> Mapping[str, OriginNote]:
    """Return the coverage of each origin, as `session.features.sidebar.ReadNotes` needs it."""
    archive_gaps = gaps(archive, pausing(cancelled))
    return {
        origin: note(origin_coverage)
        for origin, origin_coverage in coverage(archive_gaps.post_years).items()
    }


def note(post_coverage: Coverage) -> OriginNote:
    """Return the estimated share of cables in the archive: `~6%`, or the symbol `▁` in one cell."""
    percent = (
        post_coverage.percent
        if post_coverage.percent.startswith("<")
        else f"~{post_coverage.percent}"
    )
    return OriginNote((percent, post_coverage.sign), post_coverage.label, HEAD)


HEAD = "~% ▁ of all sent"
"""The explanation of the notes: an estimated share, as a number or as the height of a bar."""
