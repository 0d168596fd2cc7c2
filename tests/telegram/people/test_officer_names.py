from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.people.officer_names import last_name, split_name, surname


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Political Minister Counselor Ada Pelham", "Ada Pelham", "Political Minister Counselor"),
        ("Ada B. Pelham, Assistant Secretary", "Ada B. Pelham", "Assistant Secretary"),
        ("CDA, A.I. ADA PELHAM", "ADA PELHAM", "CDA, A.I."),
        ("Acting ISN A/S Ada H. Van Pelham", "Ada H. Van Pelham", "Acting ISN A/S"),
        ("USEU EconMinCouns Ada Pelham", "Ada Pelham", "USEU EconMinCouns"),
        ("EUR/FO ? ADA PELHAM", "ADA PELHAM", "EUR/FO"),
        ("Ambassador Ada Pelham, Jr.", "Ada Pelham, Jr.", "Ambassador"),
        ("DCM Pete O'Pelham", "Pete O'Pelham", "DCM"),
        ("Ambassador to Chad Ada Pelham", "Ada Pelham", "Ambassador to Chad"),
        ("U/S Ada Pelham (G)", "Ada Pelham", "U/S"),
        ("Ambassodor Ada Pelham", "Ada Pelham", "Ambassodor"),
        ("Deputy Political Counsleor Ada Pelham", "Ada Pelham", "Deputy Political Counsleor"),
        ("AMBASSAD0R ADA PELHAM", "ADA PELHAM", "AMBASSAD0R"),
        ("AMBASSADOR R0NA PELHAM", "R0NA PELHAM", "AMBASSADOR"),
        ("Minister-Couselor Ada Pelham", "Ada Pelham", "Minister-Couselor"),
        ("AMBASSADOR-AT-LARGE ADA-MAY PELHAM", "ADA-MAY PELHAM", "AMBASSADOR-AT-LARGE"),
        ("ConGen Rabat XDPO Ada Pelham", "Ada Pelham", "ConGen Rabat XDPO"),
        ("Envoy for Chad and Mali Ada C. Pelham", "Ada C. Pelham", "Envoy for Chad and Mali"),
        ("Acting DCM/Ada Pelham", "Ada Pelham", "Acting DCM"),
        ("Pol/Econ Chief Ada Pelham", "Ada Pelham", "Pol/Econ Chief"),
        ("Ambassador Ada Pelham, III", "Ada Pelham, III", "Ambassador"),
        ("Charge' Ada Pelham", "Ada Pelham", "Charge'"),
        ("CDA Ada Pelham for the Ambassador", "Ada Pelham", "CDA"),
        ("CDA Ada Pelham a.y.", "Ada Pelham", "CDA"),
        ("GUIDE BY ADA PELHAM", "ADA PELHAM", "GUIDE BY"),
        ("USNATO POLADVISOR Ada Pelham", "Ada Pelham", "USNATO POLADVISOR"),
        ("AMB. ADA R. PELHAM", "ADA R. PELHAM", "AMB."),
        # Issue 13, section 6: two officers on one line.
        ("Poloffs Ada Pelham and Bo Rask", "Ada Pelham and Bo Rask", "Poloffs"),
        ("Poloff A. Pelham and Econoff B. Rask", "A. Pelham and B. Rask", "Poloff and Econoff"),
        (
            "AF ADA PELHAM, ACTING AND S/CT DAS BO RASK",
            "ADA PELHAM and BO RASK",
            "AF, ACTING and S/CT DAS",
        ),
        ("DCM Ada Pelham & DCM Bo Rask", "Ada Pelham and Bo Rask", "DCM"),
        ("Political and Economic Chief Ada Pelham", "Ada Pelham", "Political and Economic Chief"),
        (
            "Envoy for Burkina Faso and Mali Ada C. Pelham",
            "Ada C. Pelham",
            "Envoy for Burkina Faso and Mali",
        ),
        ("Charge, Embassy Rabat", None, "Charge, Embassy Rabat"),
        ("", None, None),
    ],
)
def test_names_and_titles_are_told_apart(text: str, name: str | None, title: str | None) -> None:
    assert split_name(text) == (name, title)


@given(st.text(max_size=200))
def test_any_text_has_a_name_or_none(text: str) -> None:
    name, title = split_name(text)

    assert name != ""
    assert title != ""


@pytest.mark.parametrize(
    ("name", "key", "last"),
    [
        ("Ada R. Pelham", "pelham", "Pelham"),
        ("Bashir Al-Kelp", "kelp", "Al-Kelp"),
        ("Bo Rask, Jr.", "rask", "Rask"),
        ("Bo Rask III", "rask", "Rask"),
        ("ØDEGÅRD", "odegard", "ØDEGÅRD"),
        ("Ahmadi-Nejad", "ahmadinejad", "Ahmadi-Nejad"),
        ("", "", ""),
        ("Zane el Kelp Ben Tern", "ben tern", "Ben Tern"),
        ("Bo bin Ada", "bin ada", "bin Ada"),
        ("Ivo Abd al-Rask", "abd rask", "Abd al-Rask"),
        ("Abu Rask", "abu rask", "Abu Rask"),
        ("Salman Al Tern", "tern", "Al Tern"),
        ("Ada van der Kelp", "kelp", "van der Kelp"),
        ("Bo C.Pelham", "pelham", "Pelham"),
        ("Ben Pelham", "ben pelham", "Ben Pelham"),
    ],
)
def test_people_are_grouped_by_their_last_name(name: str, key: str, last: str) -> None:
    assert (surname(name), last_name(name)) == (key, last)
