"""Times as integers that sort."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.records import sortable_times


@pytest.mark.parametrize(
    ("iso", "number"),
    [
        ("2009-02-13T14:57Z", 2009021314572),
        ("2009-02-13T14Z", 2009021314001),
        ("2009-02-13", 2009021300000),
        ("2011-08-24T16:30", 2011082416302),
        ("", 0),
        ("yesterday", 0),
    ],
)
def test_a_time_is_a_number_with_its_precision(iso: str, number: int) -> None:
    assert sortable_times.packed(iso) == number


@given(st.datetimes(), st.sampled_from(["%Y-%m-%d", "%Y-%m-%dT%HZ", "%Y-%m-%dT%H:%MZ"]))
def test_a_packed_time_comes_back(moment: object, form: str) -> None:
    iso = f"{moment:{form}}".rjust(len(f"2000{form[2:]}"), "0")
    whole = f"{int(iso.split('-')[0]):04}-{iso.split('-', 1)[1]}"
    assert sortable_times.unpacked(sortable_times.packed(whole), "Z") == whole


def test_the_time_of_a_document_of_frus_has_no_zone() -> None:
    number = sortable_times.packed("1957-02-12T23:00")
    assert sortable_times.creation(number, "frus1955-57v97/d1") == "1957-02-12T23:00"
    assert sortable_times.creation(number, "57STRELSAU1") == "1957-02-12T23:00Z"


def test_numbers_sort_as_times_do() -> None:
    isos = ["", "1966-02-01", "2009-02-13", "2009-02-13T14Z", "2009-02-13T14:57Z", "2010-01-01"]
    assert sorted(map(sortable_times.packed, isos)) == [sortable_times.packed(iso) for iso in isos]


def test_a_day_is_a_number_too() -> None:
    assert sortable_times.day_number("2009-02-13T14:57Z") == 20090213
    assert sortable_times.day(20090213) == "2009-02-13"
    assert sortable_times.day(sortable_times.day_number("")) == ""
