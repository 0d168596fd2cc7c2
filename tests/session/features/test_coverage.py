"""When the coverage of posts is computed, and what becomes of the answer."""

from __future__ import annotations

from cable_tui.archive.source_criticism.coverage import Coverage
from cable_tui.archive.source_criticism.estimate import Range
from cable_tui.archive.source_criticism.gaps import Gaps
from cable_tui.session.features.coverage import GapsRead, ReadGaps, ShowGaps
from cable_tui.session.features.panes import Focus
from cable_tui.session.step import step
from cable_tui.session.values import IndexProgress, Summary
from cable_tui.value import replace
from tests.session.features.source_criticism.test_gaps import FOUND, session


def test_the_library_computes_it_when_it_first_gets_the_keys() -> None:
    _, effects = step(session(), Focus("library"))
    assert ReadGaps(40) in effects
    for pane in ("list", "timeline"):
        assert ReadGaps(40) not in step(session(), Focus(pane))[1]


def test_the_library_waits_for_an_archive_that_is_being_read() -> None:
    building = replace(session(), building=IndexProgress("walk", 0, 0))
    assert ReadGaps(40) not in step(building, Focus("library"))[1]


def test_it_is_computed_once_until_cables_come() -> None:
    known, _ = step(session(), GapsRead(FOUND, {}, 40))
    assert not any(isinstance(each, ReadGaps) for each in step(known, Focus("library"))[1])
    grown = replace(known, summary=Summary(41, 2004, 2010))
    assert ReadGaps(41) in step(grown, Focus("library"))[1]


def test_the_answer_is_shown_on_the_page_and_in_the_library() -> None:
    covered = {"Embassy Rabat": Coverage(20, Range(290, 312, 340), 1, 0)}
    after, effects = step(session(), GapsRead(Gaps((), 0, 0), covered, 40))
    assert effects == (ShowGaps(opens=False),)
    assert after.sidebar.coverage == covered
