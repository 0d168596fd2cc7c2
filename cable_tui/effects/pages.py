"""The handlers that read reports for the page of the room. They run in threads; no Textual."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any

from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.reports.look import Look
from cable_tui.reports.report import LARGEST, Report
from cable_tui.session.features.pages import ArrangeRows, PageFailed, ReadPage, RowsCame

_REPORT = 0.2
"""Seconds between two reports of more rows."""


@performs(ReadPage)
def _read(services: Services, effect: ReadPage, cancelled: Cancelled) -> Actions:
    """The first rows at once, then what was read in each fifth of a second."""
    look = Look(services.archive, effect.ask, services.library.path, cancelled, in_room=True)
    look.ways, look.known = services.ways, effect.known
    report: Report[Any] = effect.of.report
    try:
        for action in _rows(report, look):
            if cancelled():
                return
            yield action
    except CableTuiError as error:
        yield PageFailed(str(error))


def _rows(report: Report[Any], look: Look) -> Iterator[RowsCame]:
    kept: list[Any] = []
    shown = 0
    """How many of them were reported."""
    due = 0.0
    answer: Any = None
    is_whole = False
    for rows in report.read(look):
        answer = rows.answer or answer
        if rows.whole:
            kept, shown, is_whole = report.arranged(look.ask, rows.rows), 0, True
        else:
            kept += rows.rows[: LARGEST - len(kept)]
        if len(kept) >= LARGEST:
            command = f"cable-tui {report.name}"
            look.notes.append(f"the first {LARGEST:,} {report.rows_name}; {command} prints all")
            break
        if (len(kept) > shown or is_whole) and monotonic() >= due:
            due = monotonic() + _REPORT
            yield RowsCame(kept[shown:], look.tally, whole=not shown, answer=answer)
            shown = len(kept)
    arranged = report.arranged(look.ask, kept)
    yield RowsCame(arranged, look.tally, whole=True, done=True, answer=answer)


@performs(ArrangeRows)
def _arrange(_services: Services, effect: ArrangeRows, _: Cancelled) -> Actions:
    arranged = effect.of.report.arranged(effect.ask, effect.rows)
    yield RowsCame(arranged, effect.tally, whole=True, done=True)
