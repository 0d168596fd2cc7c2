"""Attributes in all the ways in which programs print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.aad.attributes import attributes, facts_of

STAMP = "Declassified/Released US Department of State EO Systematic Review 20 Mar 2014"


@pytest.mark.parametrize(
    ("lines", "key", "value"),
    [
        pytest.param("From: LIMA", "from", "LIMA", id="plain"),
        pytest.param("      From: LIMA", "from", "LIMA", id="indented"),
        pytest.param("From :   LIMA  ", "from", "LIMA", id="blanks"),
        pytest.param("TAGS: EFIS,\nPE\nTo: STATE", "tags", "EFIS, PE", id="further lines"),
        pytest.param(
            "Subject: A\nNOTE: B\nTo: X", "subject", "A NOTE: B", id="a colon in capitals"
        ),
        pytest.param(f"TAGS: EFIS,\n{STAMP}\nPE", "tags", "EFIS, PE", id="a stamp between"),
        pytest.param(
            f"TAGS: EFIS,\n\tAnn B. Example\n\t{STAMP.replace(' US', chr(10) + 'US')}\nPE",
            "tags",
            "EFIS, PE",
            id="a stamp on several lines",
        ),
        pytest.param("Reference: N/A", "reference", "", id="nothing"),
        pytest.param("From: A\nFrom: B", "from", "A", id="twice"),
        pytest.param(f"Markings: {STAMP}", "released", "2014-03-20", id="the day of the stamp"),
    ],
)
def test_a_value_is_found_by_its_key(lines: str, key: str, value: str) -> None:
    assert attributes(lines)[key] == value


def test_of_1977_the_day_is_that_of_sending() -> None:
    facts = {"document number": "1977LIMA00012", "sent date": "01-Jan-1977 12:00:00 am"}
    assert facts_of(facts, "").created == "01-Jan-1977 12:00:00 am"


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        pytest.param({}, "not in this record", id="nothing is said"),
        pytest.param(
            {"locator": "ON MICROFILM", "film number": "D770001-0012"},
            "not in this record; on microfilm; film number D770001-0012",
            id="on film",
        ),
        pytest.param(
            {"review action": "WITHDRAWN", "review exemptions": "B1"},
            "not in this record; review: withdrawn; exemptions: B1",
            id="withdrawn",
        ),
        pytest.param(
            {"locator": "TEXT ON-LINE", "review action": "RELEASED, APPROVED"},
            "not in this record; text online",
            id="said to be there",
        ),
    ],
)
def test_where_a_missing_text_is_is_a_remark(said: dict[str, str], remark: str) -> None:
    facts = facts_of({"document number": "1977LIMA00012", **said}, " \n")
    assert facts.remarks == (("Text", remark),)
    assert not facts.has_body


def test_a_text_that_is_there_needs_no_remark() -> None:
    facts = {"document number": "1977LIMA00012", "locator": "ON MICROFILM"}
    assert facts_of(facts, "FM AMEMBASSY LIMA\nUNCLAS LIMA 12\nA").remarks == ()
    assert facts_of(facts, "ERROR READING TEXT INDEX FILE").remarks
    assert facts_of({**facts, "locator": "TEXT ON-LINE"}, "WHATEVER").remarks == ()


@given(st.text(alphabet="Aa:\n /()TAGS", max_size=200))
def test_any_lines_have_attributes(lines: str) -> None:
    assert all(isinstance(value, str) for value in attributes(lines).values())
