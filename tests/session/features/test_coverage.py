"""When the coverage of posts is computed, and what becomes of the answer."""

from __future__ import annotations

from cable_tui.archive.source_criticism.estimate import NumberRange
from cable_tui.archive.source_criticism.gap_words import Coverage
from cable_tui.session.features.coverage import CoverageRead, ReadCoverage
from cable_tui.session.features.panes import Focus
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import IndexProgress, Summary
from cable_tui.value import replace

READ = replace(Session(phase="ready"), summary=Summary(40, 2004, 2010))
"""A room with an archive that is read."""


def test_the_library_computes_it_when_it_first_gets_the_keys() -> None:
    assert ReadCoverage(40) in step(READ, Focus("library"))[1]
    for pane in ("list", "timeline"):
        assert ReadCoverage(40) not in step(READ, Focus(pane))[1]
    building = replace(READ, building=IndexProgress("walk", 0, 0))
    assert ReadCoverage(40) not in step(building, Focus("library"))[1]


def test_it_is_computed_once_until_cables_come_and_shown_in_the_library() -> None:
    covered = {"Embassy Rabat": Coverage(20, NumberRange(290, 312, 340), 1, 0)}
    known, wanted = step(READ, CoverageRead(covered, 40))
    assert (known.sidebar.coverage, wanted) == (covered, ())
    assert not any(isinstance(each, ReadCoverage) for each in step(known, Focus("library"))[1])
    grown = replace(known, summary=Summary(41, 2004, 2010))
    assert ReadCoverage(41) in step(grown, Focus("library"))[1]
