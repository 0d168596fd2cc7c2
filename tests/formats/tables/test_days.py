"""Dates as tables write them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.tables import days
from cable_tui.formats.tables.days import Order


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2009-02-03 18:48", "2009-02-03 18:48", id="as on the pages"),
        pytest.param("2009-02-03T18:48:00Z", "2009-02-03 18:48", id="ISO"),
        pytest.param("2009-02-03T18:48:00.000+00:00", "2009-02-03 18:48", id="mongoexport"),
        pytest.param("2009-02-03T18:48:00+01:00", "2009-02-03 17:48", id="a zone"),
        pytest.param("2009-02-03 00:00:00", "2009-02-03", id="midnight to the second"),
        pytest.param("2009-02-03 00:00", "2009-02-03 00:00", id="midnight to the minute"),
        pytest.param("12/28/1966 9:30", "1966-12-28 09:30", id="the dump"),
        pytest.param("12/28/66 9:30", "1966-12-28 09:30", id="two digits"),
        pytest.param("28.12.1966 18:48", "1966-12-28 18:48", id="German"),
        pytest.param("28/12/1966", "1966-12-28", id="can only be the day first"),
        pytest.param("3/4/2009 6:48 PM", "2009-03-04 18:48", id="twelve hours"),
        pytest.param("2010 February 26, 11:30 (Friday)", "2010-02-26 11:30", id="PlusD"),
        pytest.param("1975 April 12, 00:00 (Saturday)", "1975-04-12", id="PlusD, midnight"),
        pytest.param("29 MAR 1974", "1974-03-29", id="AAD"),
        pytest.param("3. März 2009", "2009-03-03", id="a German month"),
        pytest.param("20-Mar-2014 12:00:00 AM", "2014-03-20", id="Catalog"),
        pytest.param("Feb 3, 2009", "2009-02-03", id="American, in words"),
        pytest.param("Tue, 03 Feb 2009 18:48:00 GMT", "2009-02-03 18:48", id="as in mail"),
        pytest.param("Fri Feb 13 00:00:00 +0100 2009", "2009-02-13", id="Ruby"),
        pytest.param("1233686880", "2009-02-03 18:48", id="seconds"),
        pytest.param("-94710720000", "1966-12-31 19:28", id="milliseconds before 1970"),
        pytest.param("20090203", "2009-02-03", id="compact"),
        pytest.param("131457Z FEB 09", "2009-02-13 14:57", id="a date-time group"),
        pytest.param("2009-13-45", "2009-13-45", id="no date"),
        pytest.param("spring", "spring", id="a word"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_date_is_written_as_on_the_pages(text: str, expected: str) -> None:
    assert days.parsed(text, "month first") == expected


@pytest.mark.parametrize(
    ("values", "order", "doubt"),
    [
        (["3/4/2009", "12/28/1966"], "month first", ""),
        (["3/4/2009", "28/12/1966"], "day first", ""),
        (["3/4/2009"], "month first", "3/4/2009"),
        (["3.4.2009"], "day first", ""),
        (["3-4-2009", ""], "day first", "3-4-2009"),
        (["4/4/2009"], "month first", ""),
        (["2009-02-03"], "month first", ""),
    ],
)
def test_the_values_of_a_column_say_which_number_is_the_day(
    values: list[str], order: Order, doubt: str
) -> None:
    assert days.order_of(values) == days.Days(order, doubt)


@given(st.datetimes(min_value=datetime(1900, 1, 1)))
def test_both_orders_say_the_same_of_one_day(at: datetime) -> None:
    year, month, day = at.year, at.month, at.day
    expected = f"{year:04}-{month:02}-{day:02}"
    assert days.parsed(f"{day}.{month}.{year:04}", "month first") == expected
    assert days.parsed(f"{month}/{day}/{year:04}", "month first") == expected
    assert days.parsed(f"{day}/{month}/{year:04}", "day first") == expected


@given(st.text(alphabet="0123456789/-.: TZAPMJANFEB+", max_size=30))
def test_any_text_is_a_date_or_stays(text: str) -> None:
    days.parsed(text, "month first")
    days.parsed(text, "day first")
    days.order_of([text])
