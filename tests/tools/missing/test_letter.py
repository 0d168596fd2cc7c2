"""The letter: what it says of each cable, and the places to fill in."""

from __future__ import annotations

from typing import Any

import pytest

from cable_tui.base.value import replace
from cable_tui.tools.missing.letter import Kind, cable_lines, days, letter
from cable_tui.tools.missing.requested import CitedIn, RequestedCable

CABLE = RequestedCable(
    "09RABAT27",
    27,
    2009,
    "RABAT",
    "Rabat",
    "not in the archive",
    "",
    "2009-03-01",
    "2009-03-09",
    "numbers",
    2,
    (
        CitedIn("09CASABLANCA31", "2009-03-10", "1", "The keepers wait."),
        CitedIn("09RABAT30", "", None, ""),
    ),
)
SENT = (
    "   Sent: probably between 2009-03-01 and 2009-03-09 "
    "(estimated from the numbers and dates of the post's other telegrams)"
)


def test_each_cable_has_a_paragraph() -> None:
    assert list(cable_lines(3, CABLE)) == [
        "3. Telegram 2009 RABAT 27 (Rabat; reference ID 09RABAT27)",
        SENT,
        "   Classification: not known",
        "   Status: cited by other telegrams, but not in the collection that I use",
        "   Cited by 2 telegrams:",
        '   - 09CASABLANCA31 of 2009-03-10, paragraph 1: "The keepers wait."',
        "   - 09RABAT30",
    ]


def test_a_year_that_no_citation_names_is_said_to_be_inferred() -> None:
    inferred = tuple(replace(citing, year_inferred=True) for citing in CABLE.cited_in)
    line = "   Year: inferred from the dates of the citations, which do not give it"
    assert list(cable_lines(3, replace(CABLE, cited_in=inferred)))[1:3] == [line, SENT]
    one_named = (inferred[0], CABLE.cited_in[1])
    assert line not in cable_lines(3, replace(CABLE, cited_in=one_named))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dates_from": "the archive"}, "2009-03-01"),
        ({"dates_from": "nothing"}, "in 2009"),
        ({"dates_from": "citations"}, "in 2009, no later than 2009-03-09, when it was first cited"),
        ({"dates_from": "contradiction"}, "in 2009, if number and year are right"),
        ({"latest": ""}, "probably after 2009-03-01, in 2009"),
        ({"latest": "2009-03-01"}, "probably on 2009-03-01"),
    ],
)
def test_days_say_how_they_are_known(changes: dict[str, Any], words: str) -> None:
    assert days(replace(CABLE, **changes)).startswith(words)


@pytest.mark.parametrize(
    ("kind", "law"), [("foia", "5 U.S.C. 552"), ("mdr", "section 3.5 of Executive Order 13526")]
)
def test_a_letter_names_its_law_and_what_to_fill_in(kind: Kind, law: str) -> None:
    lines = list(letter(kind, [CABLE, replace(CABLE, status="withdrawn")]))
    assert law in "\n".join(lines)
    assert lines[0] == lines[-1] == "[YOUR NAME]"
    assert [line[:2] for line in lines if "Telegram 2009" in line] == ["1.", "2."]
    assert "   Status: its text was withdrawn from the public archive" in lines
