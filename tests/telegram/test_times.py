from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.times import Moment, cell, group, is_garbled, julian


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("2009-02-13 14:57", Moment(date(2009, 2, 13), 14, 57), id="to the minute"),
        pytest.param("2009-02-13", Moment(date(2009, 2, 13)), id="day only"),
        pytest.param("2009-02-30 14:57", None, id="impossible day"),
        pytest.param("2009-02-13 25:57", Moment(date(2009, 2, 13)), id="impossible hour"),
        pytest.param("2009-02-13 14:77", Moment(date(2009, 2, 13), 14), id="impossible minute"),
        pytest.param("13 Feb 2009", None, id="other form"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_cell_is_read_as_it_is(text: str, moment: Moment | None) -> None:
    assert cell(text) == moment


@pytest.mark.parametrize(
    ("clock", "garbled"),
    [
        pytest.param((18, 6), True, id="18:06"),
        pytest.param((9, 9), True, id="09:09"),
        pytest.param((0, 12), True, id="midnight"),
        pytest.param((12, 12), True, id="noon"),
        pytest.param((14, 57), False, id="the final site"),
        pytest.param((0, 0), False, id="midnight, right"),
    ],
)
def test_garbled_minutes_are_the_hour_again(clock: tuple[int, int], garbled: bool) -> None:
    assert is_garbled(Moment(date(2009, 2, 13), *clock)) is garbled


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        pytest.param("P 131457Z FEB 09", "2009-02-13T14:57", id="FL5"),
        pytest.param("O R 281848Z DEC 66 ZDK", "1966-12-28T18:48", id="two precedences and tail"),
        pytest.param("R 241549 Z APR 74", "1974-04-24T15:49", id="a blank before the Z"),
        pytest.param("note\n\n291359Z Nov 00", "2000-11-29T13:59", id="bare"),
        pytest.param("310000Z FEB 09\nR 010203Z MAR 09", "2009-03-01T02:03", id="impossible first"),
        pytest.param("R 132560Z FEB 09", None, id="impossible clock"),
        pytest.param("TO PAGE 02 STATE 015113 182333Z", None, id="no month"),
    ],
)
def test_the_first_valid_date_time_group_counts(text: str, iso: str | None) -> None:
    moment = group(text)

    assert (moment.iso() if moment else None) == iso


@pytest.mark.parametrize(
    ("line", "year", "iso"),
    [
        pytest.param("DE RUEHZZ #0027/01 0441457", 2009, "2009-02-13T14:57", id="FL3"),
        pytest.param("DE RUEHZZ #0027 3661457", 2008, "2008-12-31T14:57", id="leap year"),
        pytest.param("DE RUEHZZ #0027 0001457", 2009, None, id="day nought"),
        pytest.param("DE RUEHZZ #0027 0442499", 2009, None, id="impossible clock"),
        pytest.param("DE RUEHZZ #0027/01", 2009, None, id="no time"),
    ],
)
def test_the_day_of_the_year_gives_a_date(line: str, year: int, iso: str | None) -> None:
    moment = julian("ZZ\n" + line, year)

    assert (moment.iso() if moment else None) == iso


@given(st.text() | st.from_regex(r"[0-9]{6}Z [A-Z]{3} [0-9]{2}"), st.integers())
def test_reading_times_is_total(text: str, year: int) -> None:
    cell(text)
    group(text)
    julian("DE RUEHZZ #0027 3661457" + text, year)
