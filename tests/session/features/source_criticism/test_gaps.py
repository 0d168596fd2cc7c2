"""The page of what is not here: opening, leaving, and what it lists."""

from __future__ import annotations

from cable_tui.archive.source_criticism.gaps import Gaps
from cable_tui.session import effects
from cable_tui.session.features.coverage import GapsRead, ReadGaps, ShowGaps
from cable_tui.session.features.reading import opened_cable
from cable_tui.session.features.source_criticism.gaps import LeaveGaps, ListPostYear, OpenGaps
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Summary
from cable_tui.value import replace
from tests.archive.source_criticism.test_gap_words import RABAT
from tests.session import walk

FOUND = Gaps((RABAT,), 0, 0)


def session() -> Session:
    """A room with an archive that is read."""
    return replace(Session(phase="ready"), summary=Summary(40, 2004, 2010))


def test_the_page_opens_at_once_and_is_filled_later() -> None:
    assert step(session(), OpenGaps())[1] == (ShowGaps(opens=True), ReadGaps(40))


def test_what_is_known_is_not_computed_again() -> None:
    known, _ = step(session(), GapsRead(FOUND, {}, 40))
    assert step(known, OpenGaps())[1] == (ShowGaps(opens=True),)


def test_leaving_keeps_the_place_and_stops_what_is_not_done() -> None:
    left, wanted = step(session(), LeaveGaps(("RABAT", 2009), "rab", 2))
    assert wanted == (effects.Stop("gaps"),)
    assert (left.gaps.at, left.gaps.typed, left.gaps.order) == (("RABAT", 2009), "rab", 2)
    known, _ = step(session(), GapsRead(FOUND, {}, 40))
    assert step(known, LeaveGaps(("RABAT", 2009), "", 0))[1] == ()


def test_enter_asks_for_the_cables_of_the_post_and_year() -> None:
    asked, _ = step(session(), ListPostYear("Embassy Rabat", 2009))
    assert asked.text.strip() == 'origin:"Embassy Rabat" date:2009'
    assert asked.pane == "list"


def test_back_from_these_cables_comes_to_the_page() -> None:
    asked = walk(session(), LeaveGaps(("RABAT", 2009), "", 0), ListPostYear("Embassy Rabat", 2009))
    back, wanted = step(asked, opened_cable.GoBack())
    assert back.text == ""
    assert ShowGaps(opens=True) in wanted
    assert back.gaps.at == ("RABAT", 2009)
