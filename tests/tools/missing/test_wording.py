"""What is not here, in words and signs."""

from __future__ import annotations

from typing import Any

import pytest

from cable_tui.base.value import replace
from cable_tui.tools.missing import wording as gap_words
from cable_tui.tools.missing.estimate import NumberRange
from cable_tui.tools.missing.gaps import Gaps, Month, PostYear, Reason
from cable_tui.tools.missing.wording import Coverage, coverage

RABAT = PostYear(
    station="RABAT",
    post="Embassy Rabat",
    year=2009,
    here=20,
    cited=5,
    doubtful=0,
    sent=NumberRange(290, 312, 340),
    reason="",
    least=288,
    months=(Month(2, 0, NumberRange(20, 26, 30)), Month(0, 1, NumberRange(20, 26, 30)))
    + (Month(0, 0, NumberRange(20, 26, 30)),) * 10,
)


def test_a_sentence_has_the_estimate_with_its_range() -> None:
    assert gap_words.sentence(RABAT) == (
        "Embassy Rabat sent at least 288 cables in 2009; about 310, 290 to 340 (95 of 100); "
        "20 are here, 5 are cited but missing."
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("starts again", "because its numbers start again in June; 20 are here"),
        ("shares numbers", "because it shares its numbers with KIEV and KYIV; 20 are here"),
        ("out of order", "because its numbers do not increase with the dates; 20 are here"),
        ("no dates", "because none of its cables is dated in this year; 20 are here"),
    ],
)
def test_what_is_not_estimated_says_why(reason: Reason, said: str) -> None:
    given = replace(RABAT, sent=None, reason=reason, again=6, others=("KIEV", "KYIV"), least=0)
    assert gap_words.sentence(given).startswith(f"Embassy Rabat, 2009: no estimate, {said}")


def test_a_year_that_is_only_cited_says_what_there_was_at_least() -> None:
    given = replace(RABAT, here=0, cited=1, sent=None, reason="cited only")
    assert gap_words.sentence(given) == (
        "Embassy Rabat sent at least 288 cables in 2009; no estimate; none is held, "
        "1 is cited but missing."
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (NumberRange(290, 312, 340), "about 310"),
        (NumberRange(1150, 1413, 1700), "about 1,400"),
        (NumberRange(1636, 1637, 1644), "about 1,637"),
        (NumberRange(12, 12, 12), "about 12"),
        (NumberRange(96, 99, 126), "about 100"),
        (NumberRange(96, 96, 107), "about 96"),
        (NumberRange(85, 132, 199), "about 130"),
        (NumberRange(0, 0, 3), "about 0"),
    ],
)
def test_about_how_many(sent: NumberRange, said: str) -> None:
    assert gap_words.about(sent) == said


@pytest.mark.parametrize(
    ("here", "of", "said"),
    [(20, 312, "6%"), (0, 312, "0%"), (1, 312, "<1%"), (311, 312, "99%"), (9, 9, "100%"),
     (9, 8, "100%")],
)  # fmt: skip
def test_percents(here: int, of: int, said: str) -> None:
    assert gap_words.percent(here, of) == said


@pytest.mark.parametrize(
    ("month", "signs"),
    [
        (Month(0, 0, NumberRange(0, 0, 0)), "  "),
        (Month(0, 0, NumberRange(20, 26, 30)), "- "),
        (Month(0, 2, NumberRange(20, 26, 30)), "-×"),
        (Month(1, 0, NumberRange(20, 26, 30)), "▁ "),
        (Month(13, 1, NumberRange(20, 26, 30)), "▅×"),
        (Month(25, 0, NumberRange(25, 26, 30)), "▇ "),
        (Month(26, 0, NumberRange(26, 26, 30)), "█ "),
        (Month(3, 0, None), "▪ "),
        (Month(0, 0, None), "  "),
    ],
)
def test_the_signs_of_a_month(month: Month, signs: str) -> None:
    assert gap_words.strip([month]) == signs


def test_a_line_of_a_month() -> None:
    assert gap_words.month_line(RABAT, 1) == (
        "2009-02  0 held, 1 cited but missing, about 26 sent (estimate: 20 to 30)"
    )


@pytest.mark.parametrize(
    ("serials", "changes", "said"),
    [
        ((32, 337, 339), {"least": 340}, "Missing numbers: 1-31, 33-336, 338, 340"),
        ((1, 2, 9), {"least": 2}, ""),
        ((32,), {"sent": None}, ""),
    ],
)
def test_the_numbers_that_are_not_here_are_ranges(
    serials: tuple[int, ...], changes: dict[str, Any], said: str
) -> None:
    given = replace(RABAT, serials=serials, **changes)
    assert gap_words.numbers_not_here(given) == said
    assert list(gap_words.absent_lines(given)) == ([said] if said else [])


def test_a_row_in_the_shell_has_the_least_number_the_estimate_and_its_range() -> None:
    said = "at least 288; about 310, 290 to 340 (95 of 100), 6% held"
    assert gap_words.sent(RABAT) == said


def test_what_stands_in_no_line_is_said() -> None:
    assert list(gap_words.left_out(Gaps((), 3, 0))) == ["3 cables have no serial number"]
    assert list(gap_words.left_out(Gaps((), 0, 2))) == ["2 cited IDs contain an unknown post"]


def test_each_month_has_a_bar_with_its_counts_and_range() -> None:
    lines = gap_words.month_lines(RABAT)
    assert lines[0].startswith("Embassy Rabat sent at least 288")
    assert "estimate" in lines[4]
    assert [line[:3] for line in lines[5:17]] == [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]  # fmt: skip
    assert all(line.endswith("20–30") for line in lines[5:17])


@pytest.mark.parametrize(
    ("month", "bar"),
    [
        (Month(12, 6, NumberRange(20, 24, 30)), "█" * 12 + "▒" * 6 + "░" * 6),
        (Month(1, 1, NumberRange(90, 100, 110)), "█▒" + "░" * 22),
        (Month(24, 0, NumberRange(24, 24, 24)), "█" * 24),
        (Month(0, 0, NumberRange(0, 0, 3)), "░" + " " * 23),
    ],
)
def test_bars_of_months(month: Month, bar: str) -> None:
    most = max(month.sent.likely if month.sent else 0, 24)
    assert gap_words.month_bar(month, most) == bar


def test_years_are_added_and_their_errors_partly_cancel() -> None:
    years = [RABAT, replace(RABAT, year=2008, here=40, sent=NumberRange(460, 500, 540))]
    found = coverage(years)["Embassy Rabat"]
    assert (found.here, found.years, found.others, found.sent.likely) == (60, 2, 0, 812)
    # 22 and 40 less: the root of the sum of their squares; 28 and 40 more.
    assert (found.sent.low, found.sent.high) == (812 - 46, 812 + 49)
    assert found.label == "estimate: 766 to 861 sent in 2 years (7% held)"


def test_years_that_are_not_estimated_are_named_apart() -> None:
    again = replace(RABAT, year=2006, sent=None, reason="starts again")
    absent = replace(RABAT, year=2005, here=0, sent=None, reason="cited only")
    found = coverage([RABAT, again, absent])["Embassy Rabat"]
    assert (found.here, found.years, found.others) == (20, 1, 1)
    assert found.label == "estimate: 290 to 340 sent in 1 of 2 years (6% held)"


def test_a_post_without_an_estimate_has_no_coverage() -> None:
    given: list[PostYear] = [replace(RABAT, sent=None, reason="no dates")]
    assert coverage(given) == {}


def test_one_year_is_said_in_the_singular() -> None:
    found = Coverage(20, NumberRange(290, 312, 340), 1, 0)
    assert (found.percent, found.sign) == ("6%", "▁")
    assert found.label == "estimate: 290 to 340 sent in 1 year (6% held)"
