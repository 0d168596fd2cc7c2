"""The trails: two steps with each tool that can follow the tour."""

from __future__ import annotations

import pytest

from cable_tui.reports.table import REPORTS
from cable_tui.session import effects
from cable_tui.session.features import pages
from cable_tui.session.step import step
from cable_tui.session.values import Action
from cable_tui.tools.chain import report as chain
from cable_tui.tools.comparison import room as comparison
from cable_tui.tools.drafts import room as check_draft
from cable_tui.tools.tour import room as tour
from cable_tui.tools.tour.room import tour_of
from tests.session import does as line_of
from tests.session import reading_session, said, the, walk
from tests.tools.comparison.test_room import READ as COMPARED
from tests.tools.tour.test_room import HELP, at

CLOSED = pages.ClosePage(at_once=True)


@pytest.mark.parametrize(
    ("key", "line", "does", "leaves"),
    [
        (
            "c",
            "{go.menu} `t`",
            pages.OpenPage(REPORTS["chain"], chain.Ask(10)),
            CLOSED,
        ),
        ("m", "{go.menu} `x`", pages.OpenPage(REPORTS["missing"]), CLOSED),
        ("p", "{people.show}", pages.OpenPage(REPORTS["people"]), CLOSED),
        ("d", "{draft.check}", check_draft.OpenDraft("draft.md"), check_draft.CloseDraft()),
        ("v", "{cable.compare}", COMPARED, comparison.CloseComparison()),
    ],
)
def test_a_tool_is_tried_in_two_steps(key: str, line: str, does: Action, leaves: Action) -> None:
    _, wanted = step(walk(at(HELP), tour.NextTourStep()), tour.NextTourStep())
    chosen = line_of(the(effects.AskMenu, wanted), key)
    session = walk(reading_session(), chosen)
    assert line in tour.hint(session)
    assert tour.number_at(tour_of(session).at or 0) == "1/2"
    session = walk(session, does)
    assert "`Esc` closes" in tour.hint(session)
    session, wanted = step(session, leaves)
    assert tour_of(session).at is None
    assert "Done. It is in the g menu as well." in said(wanted)
