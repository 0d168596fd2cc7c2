"""The plain rows of a dump: what is told briefly of them is what is told at length."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Problem
from cable_tui.formats import rows
from cable_tui.formats.base import Record
from cable_tui.formats.dump import Dump
from cable_tui.formats.plain_rows import PlainRow, closing

START = '"1","2/13/2009 9:30","09RABAT27","Embassy Rabat","SECRET","08RABAT1|08RABAT2",'
ROW = f'{START}"FM AMEMBASSY RABAT","S E C R E T\n\nThe lamps.\n"\n'


def briefly(data: bytes) -> list[PlainRow | Record | Problem]:
    return list(Dump().briefly(BytesIO(data), "cables.csv"))


def at_length(data: bytes) -> list[object]:
    return list(map(in_short, Dump().records(BytesIO(data), "cables.csv")))


def in_short(item: PlainRow | Record | Problem) -> object:
    """What a `Brief` says, of either."""
    if isinstance(item, PlainRow):
        return (*item[:5], f"{item.day} {item.clock}", *item[7:])
    if isinstance(item, Problem):
        return item
    place, cable = item.place, item.cable
    known = (cable.reference_id, cable.created, cable.classification, cable.origin)
    return (place.offset, place.length, item.crc, item.line, *known, item.extent)


def test_a_row_with_another_behind_it_is_told_briefly() -> None:
    first, second = briefly(f"{ROW}{ROW}".encode())
    assert isinstance(first, PlainRow)
    assert first.reference_id == "09RABAT27"
    assert (first.day, first.clock) == ("2009-02-13", "09:30")
    assert (first.origin, first.classification) == ("Embassy Rabat", "SECRET")
    assert (first.offset, first.length, first.line) == (0, len(ROW) - 1, 1)
    assert first.extent == (18, 23, False)
    assert isinstance(second, Record)
    assert second.line == ROW.count("\n") + 1


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        pytest.param("9:30", "9:09", id="the hour again: the header may know better"),
        pytest.param("9:30", "24:30", id="no hour"),
        pytest.param("9:30", "9:61", id="no minute"),
        pytest.param("2/13", "2/30", id="no day"),
        pytest.param("09RABAT27", "09RABAT 27", id="an id with a blank"),
        pytest.param("Embassy Rabat", 'Embassy \\"Rabat\\"', id="an escape in a fact"),
        pytest.param('lamps.\n"', 'lamps.\\\\"', id="an escaped backslash at the end"),
        pytest.param("The lamps.", 'The "lamps".', id="quotes without a backslash"),
        pytest.param('The lamps.\n"', 'The lamps.\n" behind', id="text behind the row"),
    ],
)
def test_a_row_that_is_not_plain_is_told_at_length(part: str, instead: str) -> None:
    odd = ROW.replace(part, instead)
    data = f"{ROW}{odd}{ROW}{ROW}".encode()
    found = briefly(data)
    brief = {item.line for item in found if isinstance(item, PlainRow)}
    assert ROW.count("\n") + 1 not in brief
    assert list(map(in_short, found)) == at_length(data)


PARTS = (
    ROW,
    ROW.replace("\n", "\r\n"),
    START,
    '"',
    '\\"',
    "\\",
    "\n",
    ",",
    '","',
    "text \u00e9\n",
    '"7","1/2/2010 18:6","10STATE9","Secretary of State","SECRET",""',
    '"7","1/2/2010 18:48","10state9","Secretary of State","SECRET","","',
    "partial extract of the original cable",
)


@given(st.lists(st.sampled_from(PARTS), max_size=14), st.booleans())
def test_briefly_and_at_length_the_same_is_told_of_any_file(parts: list[str], mark: bool) -> None:
    data = ("\ufeff" * mark + "".join(parts)).encode()
    assert list(map(in_short, briefly(data))) == at_length(data)


def test_edges_of_what_was_read_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    data = "".join(ROW.replace("27", f"{n}") for n in range(30, 60)).encode()
    whole = briefly(data)
    for size in (100, 271, 1000):
        monkeypatch.setattr(rows, "_CHUNK", size)
        assert list(map(in_short, briefly(data))) == list(map(in_short, whole))


@given(st.text('ab"\\\n'), st.integers(0, 4))
def test_the_quote_that_ends_a_text_is_the_first_without_an_escape(text: str, start: int) -> None:
    data = f'"{text}'.encode()
    start = min(start, len(data) - 1) + 1
    expected, at = -1, start
    while at < len(data):
        if data[at : at + 1] == b"\\":
            at += 1
        elif data[at : at + 1] == b'"':
            expected = at
            break
        at += 1
    # Where backslashes stand in a row, or before the start, a look need not tell.
    found = closing(data, start)
    assert found in {expected, -1} or b"\\" in data[start - 1 : start]
    if b"\\\\" not in data:
        assert found == expected or data[start - 1 : start] == b"\\"


def test_rows_without_a_date_between_plain_ones_are_told_at_length() -> None:
    data = f"{ROW}{ROW}{ROW.replace('2/13/2009 9:30', '')}{ROW}{ROW}".encode()
    found = briefly(data)
    assert [type(item) for item in found] == [PlainRow, Record, Record, Problem, PlainRow, Record]
    assert list(map(in_short, found)) == at_length(data)
