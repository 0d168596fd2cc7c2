"""Volumes and documents as historians name them; ids are those of the published volumes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.exports.volumes import printed_place, roman


@pytest.mark.parametrize(
    ("reference_id", "named"),
    [
        ("frus1955-57v17/d89", "FRUS, 1955-1957, vol. XVII, doc. 89"),
        ("frus1870/d65", "FRUS, 1870, doc. 65"),
        ("frus1952-54v12p2/d127", "FRUS, 1952-1954, vol. XII, pt. 2, doc. 127"),
        ("frus1872p2v4/d1", "FRUS, 1872, pt. 2, vol. IV, doc. 1"),
        ("frus1864p3/d9", "FRUS, 1864, pt. 3, doc. 9"),
        ("frus1917Supp02v02/d14", "FRUS, 1917, supp. 2, vol. II, doc. 14"),
        ("frus1914Supp/d3", "FRUS, 1914, supp., doc. 3"),
        ("frus1918Russiav03/d3", "FRUS, 1918, Russia, vol. III, doc. 3"),
        ("frus1919Parisv11/d3", "FRUS, 1919, The Paris Peace Conference, vol. XI, doc. 3"),
        ("frus1894Nicaragua/d3", "FRUS, 1894, Nicaragua, doc. 3"),
        ("frus1902app1/d3", "FRUS, 1902, app. 1, doc. 3"),
        ("frus1877app/d3", "FRUS, 1877, appendix, doc. 3"),
        ("frus1917-72PubDipv06/d3", "FRUS, 1917-1972, Public Diplomacy, vol. VI, doc. 3"),
        ("frus1943CairoTehran/d3", "FRUS, 1943, Cairo Tehran, doc. 3"),
        (
            "frus1958-60v05mSupp/d3",
            "FRUS, 1958-1960, vol. V, microfiche supplement, doc. 3",
        ),
        (
            "frus1969-76ve15p2Ed2/d3",
            "FRUS, 1969-1976, vol. E-15, pt. 2, 2nd ed., doc. 3",
        ),
        ("frus1981-88v03/d104", "FRUS, 1981-1988, vol. III, doc. 104"),
        ("09CASABLANCA27", "09CASABLANCA27"),
    ],
)
def test_ids_of_volumes_become_names(reference_id: str, named: str) -> None:
    assert printed_place(reference_id) == named


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (38, "XXXVIII"), (49, "XLIX"), (97, "XCVII")],
)
def test_roman_numerals(number: int, text: str) -> None:
    assert roman(number) == text


@given(st.from_regex(r"frus[0-9]{4}(-[0-9]{2})?[A-Za-z0-9]{0,12}/d[0-9]{1,3}", fullmatch=True))
def test_any_id_is_named(reference_id: str) -> None:
    assert printed_place(reference_id).startswith(("FRUS", "frus"))
