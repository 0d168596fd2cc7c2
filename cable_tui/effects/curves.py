"""The handler that counts curves for their page. No Textual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.query import parse
from cable_tui.session.features.source_criticism.curves import (
    CountCurves,
    CurvesCounted,
    CurvesFailed,
)
from cable_tui.text.counted import counted

if TYPE_CHECKING:
    from cable_tui.archive.search.engine import Hits


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
