"""Days of the later archives: day first, and no time where only the day is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.dates import day_first, released_in

CASES = [
    pytest.param("01 JAN 1994", "1994-01-01", id="capture date"),
    pytest.param("20-Mar-2014 12:00:00 AM", "2014-03-20", id="with a clock"),
    pytest.param("12-APR-1973", "1973-04-12", id="DD-Mon-YYYY"),
    pytest.param("03/04/1975", "1975-04-03", id="day first"),
    pytest.param("04/13/1975", "1975-04-13", id="a thirteenth month can only be a day"),
    pytest.param("2010 February 26, 11:30 (Friday)", "2010-02-26 11:30", id="as PlusD writes it"),
    pytest.param("1975 January 14, 00:00 (Tuesday)", "1975-01-14", id="midnight is no time"),
    pytest.param("1975-04-03", "1975-04-03", id="ISO"),
    pytest.param("1975-04-03T09:30:00Z", "1975-04-03 09:30", id="ISO with a time"),
    pytest.param("1975/04/03", "1975-04-03", id="year first with slashes"),
    pytest.param("31/02/1975", "31/02/1975", id="an impossible day stays as given"),
    pytest.param("12 Smarch  1975", "12 Smarch 1975", id="no month"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("given_", "expected"), CASES)
def test_a_date_is_read_day_first(given_: str, expected: str) -> None:
    assert day_first(given_) == expected


STAMP = "Declassified/Released US Department of State EO Systematic Review"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"MONTAGUE\n{STAMP} 30 JUN 2005\n", "2005-06-30", id="a stamp"),
        pytest.param(f"Ann Example {STAMP} 20 Mar 2014", "2014-03-20", id="after a name"),
        pytest.param(f"{STAMP}", "", id="no day"),
        pytest.param("RELEASED 30 JUN 2005", "", id="no stamp"),
    ],
)
def test_a_stamp_tells_the_day_of_release(text: str, expected: str) -> None:
    assert released_in(text) == expected


@given(st.text(max_size=60))
def test_dates_of_any_text_are_texts(text: str) -> None:
    assert isinstance(day_first(text), str)
    assert isinstance(released_in(STAMP + text), str)
