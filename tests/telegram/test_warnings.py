from __future__ import annotations

import pytest

from cable_tui.base.cable import RawCable
from cable_tui.telegram import parse
from tests.cases import case
from tests.telegram.cables import BODY, record


def codes(raw: RawCable) -> set[str]:
    return {warning.code for warning in parse(raw).warnings} - {"year-inferred"}


PAGE = "\nCASABLANCA 00000027  002 OF 003 \n\n"
LAST_PAGE = PAGE.replace("002", "003")
SENT = "P 131457Z FEB 09\nFM AMCONSUL CASABLANCA\nTO SECSTATE WASHDC"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        case("none", record(), set()),
        case("8.1", record(BODY.replace("CASABLANCA 000027\n", "RABAT 000512\n")), {"other-cable"}),
        case("8.4", record("S E C R E T CASABLANCA 000027\n\nSUBJECT: A PORT ..."), {"stub"}),
        case("a file that ends in the text", record(cut_off=True), {"cut-off"}),
        case("a file that was altered", record(damaged=True), {"damaged"}),
        case("a copy that ends in a sentence",
             record(BODY + f"{PAGE}and the keeper of the lamps went on with the counting of\n"),
             {"cut-off"}),
        case("a signature before the last page",
             record(BODY + f"{PAGE}and the keeper of the lamps went on and counted.\nPELHAM\n"),
             set()),
        case("the last page",
             record(BODY + f"{LAST_PAGE}and they counted on and on, and on and on"),
             set()),
        case("what the State Archiving System printed, as the History Lab has it",
             record("MRN: 1973ABIDJA000073  ERROR READING TEXT INDEX FILE; UNAVAILABLE"),
             {"no-text"}),
        case("1.1", record(header="This record is a partial extract of the original cable."),
             {"partial-extract"}),
        case("8.5", record(BODY + "\n" + BODY), {"repeated-body", "ambiguous-anchor"}),
        case("8.6", record("<<218634>>\n7/29/2009 14:42\n09CASABLANCA27\n" + BODY),
             {"database-row"}),
        case("labelled-row",
             record("id: 81813\ndate: 2/13/2009 14:57\nrefid: 09CASABLANCA27\n\n" + BODY),
             {"database-row"}),
        case("row-behind-a-cut-head",
             record(BODY[:90] + "...\n\n198269,2/13/2009 14:57,09CASABLANCA27\n" + BODY),
             {"database-row", "repeated-body"}),
        case("8.4-teaser", record(BODY + "KEEPERS' UNION AND...\n"), {"teaser"}),
        case("1.2", record(created="2009-02-13 14:02", header=SENT), {"time-from-date-time-group"}),
        case("a file that gives days alone", record(created="2009-02-13", header=SENT), set()),
        case("2.6", record(anchors=("par1", "par2", "par2")), {"ambiguous-anchor"}),
        case("tags-empty", record(BODY.replace("PREL PGOV MO", "")), {"unparsed"}),
        case("tags-elsewhere",
             record(BODY.replace("TAGS: PREL PGOV MO\n", "") + "\nTAGS: PREL MO\n"), set()),
        case("label-behind", record(BODY + "\nREF: RABAT 1\n"), {"unparsed"}),
    ],
)  # fmt: skip
def test_warnings_hold_where_they_should(raw: RawCable, expected: set[str]) -> None:
    assert codes(raw) == expected


def test_an_inferred_year_is_said_with_the_item() -> None:
    messages = [w.message for w in parse(record()).warnings if w.code == "year-inferred"]

    assert messages == ["B. RABAT 90: year taken from the cable"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1 2 2 3", "two paragraphs are numbered 2"),
        ("1 1 1", "three paragraphs are numbered 1"),
        ("4 4 4 4", "several paragraphs are numbered 4"),
        ("1 2 3 1 2", "two paragraphs each are numbered 1, 2"),
        ("1 2 1 2 1", "two or more paragraphs each are numbered 1, 2"),
        (" ".join("123456789" * 2), "two paragraphs each are numbered 1, 2, 3, 4, 5, 6, 7, 8, …"),
    ],
)
def test_it_is_said_which_numbers_are_there_twice(numbers: str, expected: str) -> None:
    cable = parse(record(anchors=tuple(f"par{number}" for number in numbers.split())))
    assert [w.message for w in cable.warnings if w.code == "ambiguous-anchor"] == [expected]
