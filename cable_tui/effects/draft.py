"""Handlers that read and check a draft for its page. No Textual."""

from __future__ import annotations

from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.session.draft_view import Stamp
from cable_tui.session.features.drafts.check_draft import (
    CheckDraft,
    DraftChecked,
    DraftFailed,
    DraftHasChanged,
    DraftWasRead,
    SeeDraftFile,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cable_tui.drafts.base import Draft
    from cable_tui.drafts.findings import Finding

_MOST_NAMED = 3
"""Of what was not looked at, in a small terminal."""
_REPORT = 0.2
"""Seconds between two reports."""
_PAUSE = 0.001
"""Seconds after each quotation, to let keys be answered."""


@performs(SeeDraftFile)
def _see(_services: Services, effect: SeeDraftFile, _: Cancelled) -> Actions:
    if (stamp := _stamp(Path(effect.path))) is not None and stamp != effect.stamp:
        yield DraftHasChanged(effect.path)


def _stamp(path: Path) -> Stamp | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_size, seen.st_mtime_ns


@performs(CheckDraft)
def _check(services: Services, effect: CheckDraft, cancelled: Cancelled) -> Actions:
    if services.in_browser:
        reason = "In a browser no file of the machine that serves this room can be read."
        yield DraftFailed(reason)
        return
    try:
        yield from _findings(services, effect, cancelled)
    except CableTuiError as error:
        yield DraftFailed(str(error))


def _left_out(draft: Draft) -> Iterator[str]:
    """What was not looked at, in few words: the command line names all of it."""
    if draft.left_out:
        more = len(draft.left_out) - _MOST_NAMED
        rest = f"; and {more:,} more" if more > 0 else ""
        yield f"not looked at: {'; '.join(draft.left_out[:_MOST_NAMED])}{rest}"


def _findings(services: Services, effect: CheckDraft, cancelled: Cancelled) -> Actions:
    # Late: few readers check a draft.
    from cable_tui.archive.draft_check.check import Check, in_order
    from cable_tui.archive.search.snapshot import Snapshot
    from cable_tui.drafts.attribution import what_to_check
    from cable_tui.drafts.read import read_draft
    from cable_tui.exports.draft_report import summary

    path = Path(effect.path).expanduser()
    stamp = _stamp(path) or (0, 0)
    draft = read_draft(path)
    read = what_to_check(draft)
    draft = read.draft
    total = len(read.quotations) + len(read.citations)
    yield DraftWasRead(draft, stamp, total)
    check = Check(services.archive, read)
    every: list[Finding] = []
    new: list[Finding] = []
    due = 0.0
    for each in check.findings(cancelled):
        new.append(each)
        sleep(_PAUSE)
        if monotonic() >= due:
            due = monotonic() + _REPORT
            yield DraftChecked(tuple(new))
            every += new
            new = []
    if cancelled():
        return
    every += new
    said = [summary(every), *_left_out(draft)]
    if not Snapshot(services.archive).complete:
        said.append("not every text is indexed yet: r looks again")
    if check.unread:
        said.append(f"{len(check.unread):,} could not be read: {check.unread[0]}")
    yield DraftChecked(in_order(every), done=True, note=" · ".join(said))
