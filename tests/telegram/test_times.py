from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.times import Moment, cell, group, is_garbled, julian
from tests.cases import case


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        case("to the minute", "2009-02-13 14:57", Moment(date(2009, 2, 13), 14, 57)),
        case("day only", "2009-02-13", Moment(date(2009, 2, 13))),
        case("impossible day", "2009-02-30 14:57", None),
        case("impossible hour", "2009-02-13 25:57", Moment(date(2009, 2, 13))),
        case("impossible minute", "2009-02-13 14:77", Moment(date(2009, 2, 13), 14)),
        case("other form", "13 Feb 2009", None),
        case("empty", "", None),
    ],
)
def test_a_cell_is_read_as_it_is(text: str, moment: Moment | None) -> None:
    assert cell(text) == moment


@pytest.mark.parametrize(
    ("clock", "garbled"),
    [
        case("18:06", (18, 6), True),
        case("09:09", (9, 9), True),
        case("midnight", (0, 12), True),
        case("noon", (12, 12), True),
        case("the final site", (14, 57), False),
        case("midnight, right", (0, 0), False),
    ],
)
def test_garbled_minutes_are_the_hour_again(clock: tuple[int, int], garbled: bool) -> None:
    assert is_garbled(Moment(date(2009, 2, 13), *clock)) is garbled


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        case("FL5", "P 131457Z FEB 09", "2009-02-13T14:57"),
        case("two precedences and tail", "O R 281848Z DEC 66 ZDK", "1966-12-28T18:48"),
        case("a blank before the Z", "R 241549 Z APR 74", "1974-04-24T15:49"),
        case("bare", "note\n\n291359Z Nov 00", "2000-11-29T13:59"),
        case("impossible first", "310000Z FEB 09\nR 010203Z MAR 09", "2009-03-01T02:03"),
        case("impossible clock", "R 132560Z FEB 09", None),
        case("no month", "TO PAGE 02 STATE 015113 182333Z", None),
    ],
)
def test_the_first_valid_date_time_group_counts(text: str, iso: str | None) -> None:
    moment = group(text)

    assert (moment.iso() if moment else None) == iso


@pytest.mark.parametrize(
    ("line", "year", "iso"),
    [
        case("FL3", "DE RUEHZZ #0027/01 0441457", 2009, "2009-02-13T14:57"),
        case("leap year", "DE RUEHZZ #0027 3661457", 2008, "2008-12-31T14:57"),
        case("day nought", "DE RUEHZZ #0027 0001457", 2009, None),
        case("impossible clock", "DE RUEHZZ #0027 0442499", 2009, None),
        case("no time", "DE RUEHZZ #0027/01", 2009, None),
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
