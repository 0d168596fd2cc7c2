from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.body_labels import read
from cable_tui.telegram.classified import classified, order
from tests.cases import case

B = ("1.4 (b)",)
B_D = (*B, "1.4 (d)")


@pytest.mark.parametrize(
    ("text", "officer", "reasons"),
    [
        ("Classified By: Consul Ada Pelham for reasons 1.4 (b) and (d).", "Ada Pelham, Consul",
         B_D),
        ("CLASSIFIED BY: Ada Pelham, DCM; REASON: 1.4(B), (D)", "Ada Pelham, DCM", B_D),
        ("Classified By: Classified by CDA Ada Pelham for reason 1.4(b/d)", "Ada Pelham, CDA", B_D),
        ("Classified By: DCM Ada Pelham, reasons 1.4 b\nand d.", "Ada Pelham, DCM", B_D),
        ("(U) Classified by Polcouns Ada Pelham; E.O. 12958 1.4 (b,d)", "Ada Pelham, Polcouns",
         B_D),
        ("CLASSIFIED BY AMBASSADOR ADA PELHAM\nPER 1.4 (B) AND (D).", "ADA PELHAM, AMBASSADOR",
         B_D),
        ("Classified By: DCM Ada Pelham, 1.4 (b)\n\nX", "Ada Pelham, DCM", B),
        # Heads that the site cut off: half a word is neither a name nor a title.
        ("Classified By: Ambass...", "-, -", ()),
        ("Classified By: DCM Ada Pel...", "-, -", ()),
        ("Classified By: DCM Ada Pelham, for rea...", "Ada Pelham, DCM", ()),
        ("Classified By: Charge d'Affaires, for reasons 1.4 (b)", "-, Charge d'Affaires", B),
        ("1. (U) CLASSIFIED BY ADA PELHAM, CONSUL. REASON: 1.5 (D)", "ADA PELHAM, CONSUL",
         ("1.5 (d)",)),
        ("1. (U) Classified\nby Ada Pelham, Consul. Reason: 1.5 (D)", "Ada Pelham, Consul",
         ("1.5 (d)",)),
        ("Classified By: DCM Ada Pelham for reaons 1.4 (b)", "Ada Pelham, DCM", B),
        ("Classified By: DCM ADA PELHAM F0R REAS0N 1.4 (B)", "ADA PELHAM, DCM", B),
        ("Classified By: DCM Ada Pelham.  Resons 1.4 b", "Ada Pelham, DCM", B),
        ("Classified By: DCM Ada Pelham due to 1,4 (b)", "Ada Pelham, DCM", B),
        ("Classified By: DCM Ada Pelham for 12958 1.4 b", "Ada Pelham, DCM", B),
        ("Classified By: Classfied By: DCM Ada Pelham, 1.4 b", "Ada Pelham, DCM", B),
        ("Classified By: DCM Ada Pelham based upon E.O.12958 reasons 1.4 (b)", "Ada Pelham, DCM",
         B),
        ("CLASSIFIED BY DCM ADA PELHAM.\nSECRET\n\nPAGE 02 RABAT 0375 01 OF 03 111533Z\n1.4 B.",
         "ADA PELHAM, DCM", B),
        ("Classified By: RABAT 22\nRABAT 23\n\nClassified by DCM Ada Pelham; 1.4 b.",
         "Ada Pelham, DCM", B),
        ("Classified By: DCM\n\nRABAT 00000027  001.2 OF 003\n\n\nAda Pelham, 1.4 (b)",
         "Ada Pelham, DCM", B),
        ("SIPDIS SUBJECT: X (U) Classified by DCM Ada Pelham, 1.4 b", "Ada Pelham, DCM", B),
        ("Classified By: (S) DCM Ada Pelham, 1.4 (b)", "Ada Pelham, DCM", B),
        ("nothing", "-, -", ()),
    ],
)  # fmt: skip
def test_the_officer_and_the_reasons_are_read(
    text: str, officer: str, reasons: tuple[str, ...]
) -> None:
    found = classified(read("TAGS: PREL\n" + text))
    assert (f"{found.name or '-'}, {found.title or '-'}", found.reasons) == (officer, reasons)


def test_a_name_that_the_template_cut_in_two_is_whole_again() -> None:
    line = (
        "Classified By: Acting Minister Counselor for Political Affairs Adah Pel \nham, 1.4 (b/d)."
    )

    assert classified(read("SUBJECT: X\n\n" + line)).name == "Adah Pelham"


def test_reasons_that_the_template_cut_in_two_go_on_behind_a_blank_line() -> None:
    line = "CLASSIFIED BY: ACTING DEPUTY PRINCIPAL OFFICER ADAH R. PELHAMSON, F REA\n\nSONS 1.4 (B)"

    assert len(line.partition("\n")[0]) == 71  # the width at which the site's template cuts
    assert classified(read("SUBJECT: X\n\n" + line)).reasons == ("1.4 (b)",)


@given(st.text(max_size=300))
def test_any_text_behind_the_label_is_read(text: str) -> None:
    assert classified(read("Classified By: " + text)).name != ""


@pytest.mark.parametrize(
    ("line", "number", "day", "event"),
    [
        ("E.O. 12958: DECL: 06/20/2024", "12958", "2024-06-20", None),
        ("EO 12958 DECL: 12/18/2034", "12958", "2034-12-18", None),
        ("E.O. 12958: DECL: 2020/01/29", "12958", "2020-01-29", None),
        ("E.O. 12958: DECL: 2019-02-12", "12958", "2019-02-12", None),
        ("E.O. 12958: DECL: 12-FEB-2019", "12958", "2019-02-12", None),
        ("E.O 12958: N/A", "12958", None, None),
        ("E.0. 12958: DECL: 1/26/20", "12958", "2020-01-26", None),
        ("E.o. 12958: decl: 07/01/2034", "12958", "2034-07-01", None),
        ("E.O.12356: DECL:OADR", "12356", None, "OADR"),
        ("E.O. 12958: DECL: 02/31/2019", "12958", None, "02/31/2019"),
        ("E.O. 12958: DECL: CLOSURE OF THE HARBOR", "12958", None, "CLOSURE OF THE HARBOR"),
        ("E.O. 12065: GDS 8/12/15 (PELHAM, A.)", "12065", "2015-08-12", "GDS 8/12/15 (PELHAM, A.)"),
        ("E.O. 12958: DECL: JUNE 21, 2016", "12958", "2016-06-21", None),
        ("DEPT FOR NEA/MAG E.O. 12958: DECL: 3/13/2018", "12958", "2018-03-13", None),
        ("nothing of the kind", None, None, None),
    ],
)
def test_the_order_and_the_day_are_read(
    line: str, number: str | None, day: str | None, event: str | None
) -> None:
    assert order(read(line + "\nTAGS: PREL"), 2009)[:3] == (number, day, event)


@pytest.mark.parametrize(
    ("day", "created", "expected"),
    [
        case("a slip, not 2108", "6/30/08", 2009, "2008-06-30"),
        case("25 years on", "6/30/34", 2009, "2034-06-30"),
        case("50 years on", "6/30/59", 2009, "2059-06-30"),
        case("ten years on", "6/30/99", 1989, "1999-06-30"),
        case("over the century", "6/30/05", 1985, "2005-06-30"),
        case("a slip of the seventies", "6/30/78", 1979, "1978-06-30"),
        case("four digits stand", "6/30/2108", 2009, "2108-06-30"),
        case("in words", "30 JUN 08", 2009, "2008-06-30"),
    ],
)
def test_a_year_of_two_digits_is_near_the_cables_own(day: str, created: int, expected: str) -> None:
    assert order(read(f"E.O. 12958: DECL: {day}\n"), created).declassify_on == expected


@given(st.text(max_size=200), st.integers(0, 9999))
def test_any_text_behind_the_label_of_an_order_is_read(text: str, year: int) -> None:
    found = order(read("E.O. 12958: DECL: " + text), year)

    assert found.declassify_on is None or len(found.declassify_on) == 10
