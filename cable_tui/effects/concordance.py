"""Handlers that read a concordance, and count curves, for the pages of the room. No Textual."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic, sleep
from typing import TYPE_CHECKING

from cable_tui.archive.archive import Archive
from cable_tui.archive.source_criticism.concordance_lines import BY_CONTEXT, Line, by_context
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.query import parse
from cable_tui.session.features.source_criticism.concordance import (
    ConcordanceFailed,
    ConcordanceRead,
    ReadConcordance,
    SortConcordance,
)
from cable_tui.session.features.source_criticism.curves import (
    CountCurves,
    CurvesCounted,
    CurvesFailed,
)
from cable_tui.text.counted import counted

if TYPE_CHECKING:
    from cable_tui.archive.search.engine import Hits

MOST_LINES = 20_000
"""Lines of a page: nobody reads more, and the command line has no such end."""
_REPORT = 0.2
"""Seconds between two reports."""
_TOGETHER = 4
_PAUSE = 0.001
"""Seconds after so many cables, to let keys be answered."""


@performs(SortConcordance)
def _sort(_services: Services, effect: SortConcordance, _: Cancelled) -> Actions:
    view = effect.view
    lines = tuple(by_context(view.lines, view.order))
    yield ConcordanceRead(
        effect.ticket, lines, view.cables, view.total, view.note, whole=True, done=True
    )


@performs(ReadConcordance)
def _read(services: Services, effect: ReadConcordance, cancelled: Cancelled) -> Actions:
    """The first lines at once, then what was read in each fifth of a second."""
    try:
        yield from _lines(services.archive, effect, cancelled)
    except CableTuiError as error:
        yield ConcordanceFailed(effect.ticket, str(error))


def _lines(archive: Archive, effect: ReadConcordance, cancelled: Cancelled) -> Actions:
    from cable_tui.archive.source_criticism import concordance  # it loads the engine

    hits = archive.search(parse(effect.text), sort="created", cancelled=cancelled, offering=False)
    if hits.complaints:
        yield ConcordanceFailed(effect.ticket, hits.complaints[0].reason)
        return
    ids = concordance.in_order(archive, hits.ids, effect.order)
    sorts = effect.order in BY_CONTEXT
    kept: list[Line] = []
    new: list[Line] = []
    cables = elsewhere = 0
    problems: list[str] = []
    due = 0.0
    full = False
    for read in concordance.concordance(archive, ids, hits.highlights, cancelled):
        cables += 1
        new += read.lines[: MOST_LINES - len(kept) - len(new)]
        elsewhere += not read.lines and not read.problem
        if read.problem:
            problems.append(read.problem)
        if len(kept) + len(new) >= MOST_LINES:
            full = True
            break
        if cables % _TOGETHER == 0:
            sleep(_PAUSE)
        if new and monotonic() >= due:
            due = monotonic() + _REPORT
            yield ConcordanceRead(effect.ticket, tuple(new), cables, hits.count)
            kept += new
            new = []
    if cancelled():
        return
    kept += new
    note = " · ".join([*_answered(hits), *_notes(elsewhere, problems, full=full)])
    last = tuple(by_context(kept, effect.order)) if sorts else tuple(new)
    yield ConcordanceRead(effect.ticket, last, cables, hits.count, note, whole=sorts, done=True)


def _notes(elsewhere: int, problems: list[str], *, full: bool) -> list[str]:
    """What the lines do not say."""
    said = []
    if full:
        said.append(f"the first {MOST_LINES:,} lines; cable-tui concordance prints all")
    if elsewhere:
        said.append(f"{counted(elsewhere, 'cable')} more: in header, TAGS or references only")
    if problems:
        said.append(f"{counted(len(problems), 'text')} could not be read: {problems[0]}")
    return said


def _answered(hits: Hits) -> Iterator[str]:
    """How the answer differs from what was typed, and whether it is whole."""
    for each in hits.corrections:
        used = ", ".join(word for word, _ in each.used)
        yield f'no "{each.word}"; searched for {used}' if used else f'no "{each.word}"'
    if hits.partial:
        yield "not every text is indexed yet: more may come"


@performs(CountCurves)
def _count(services: Services, effect: CountCurves, cancelled: Cancelled) -> Actions:
    from cable_tui.archive.source_criticism.curves import curves  # it loads the engine

    archive = services.archive
    try:
        answers, said = [], []
        for text in effect.queries:
            hits = archive.search(parse(text), sort="-created", cancelled=cancelled, offering=False)
            said += [*_answered(hits), *(each.reason for each in hits.complaints)]
            answers.append((text, hits.ids))
            if cancelled():
                return
        found = curves(archive, answers, archive.search(parse(""), "-created").ids, effect.by)
    except CableTuiError as error:
        yield CurvesFailed(effect.ticket, str(error))
        return
    if found.without:
        missing = "no date" if found.in_time else f"no {found.by}"
        said.append(f"{counted(found.without, 'cable')} with {missing} not in the chart")
    yield CurvesCounted(effect.ticket, found, " · ".join(dict.fromkeys(said)))
