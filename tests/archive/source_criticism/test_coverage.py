"""How much of each post is here, over the years."""

from __future__ import annotations

from cable_tui.archive.source_criticism.coverage import Coverage, coverage
from cable_tui.archive.source_criticism.estimate import NumberRange
from cable_tui.archive.source_criticism.gaps import PostYear
from cable_tui.value import replace
from tests.archive.source_criticism.test_gap_words import RABAT


def test_years_are_added_and_their_errors_partly_cancel() -> None:
    years = [RABAT, replace(RABAT, year=2008, here=40, sent=NumberRange(460, 500, 540))]
    found = coverage(years)["Embassy Rabat"]
    assert (found.here, found.years, found.others, found.sent.likely) == (60, 2, 0, 812)
    # 22 and 40 less: the root of the sum of their squares; 28 and 40 more.
    assert (found.sent.low, found.sent.high) == (812 - 46, 812 + 49)
    assert found.label == "estimate: 766 to 861 sent in 2 years (7% here)"


def test_years_that_are_not_estimated_are_named_apart() -> None:
    again = replace(RABAT, year=2006, sent=None, reason="starts again")
    absent = replace(RABAT, year=2005, here=0, sent=None, reason="cited only")
    found = coverage([RABAT, again, absent])["Embassy Rabat"]
    assert (found.here, found.years, found.others) == (20, 1, 1)
    assert found.label == "estimate: 290 to 340 sent in 1 of 2 years (6% here)"


def test_a_post_without_an_estimate_has_no_coverage() -> None:
    given: list[PostYear] = [replace(RABAT, sent=None, reason="no dates")]
    assert coverage(given) == {}


def test_one_year_is_said_in_the_singular() -> None:
    found = Coverage(20, NumberRange(290, 312, 340), 1, 0)
    assert (found.percent, found.sign) == ("6%", "▁")
    assert found.label == "estimate: 290 to 340 sent in 1 year (6% here)"
