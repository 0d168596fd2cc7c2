"""The prose of a body: without head, page breaks and lines of form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.prose import own_text, prose
from cable_tui.telegram.reading import Reading

FERRY = "The ferry to the outer islands was late again because nobody had mended the second boiler."


def left(body: str, begin: int = 0) -> str:
    """What is prose, on one line."""
    return " ".join(prose(Reading(body), begin).split())


def test_the_head_and_page_breaks_are_no_prose() -> None:
    body = (
        "SUBJECT: THE FERRY\nREF: A\n\n1. (C) The ferry to the outer islands was late\n\n"
        "QUAYHAVEN 00000310  002 OF 003 \n\n\nagain because nobody had mended it.\n"
    )
    found = prose(Reading(body), 27)
    assert len(found) == len(body)
    assert "SUBJECT" not in found
    assert "002 OF" not in found
    at = found.index("again because")
    assert body[at:].startswith("again because")


@pytest.mark.parametrize(
    "line",
    [
        "Classified By: Ambassador Ada E. Pelham, for reasons 1.4 (b, d).\n\n",
        "CLASSIFIED BY: AMB. BO RASK, REASONS\n1.4 (B) AND (D)\n",
        "(U) Classified by Bo Rask for reason\n1.4 (b).\n"[4:],
        "CLASSIFIED BY: Ada Pelham, Consul, Quayhaven, Dept. of State.\nREASON: 1.4 (b), (d)\n",
        "Classified By: Charge d'Affaires, a.i. Bo Rask, E.O. 12958 1.5 b/d.\n",
        "Classified By: Ada Pelham\nDERIVED FROM: QSCG 05-1 B, D\nDECLASSIFY ON: 20190212\n",
    ],
)
def test_who_classified_the_cable_is_no_prose(line: str) -> None:
    body = f"SUBJECT: LAMPS\n\n{line}1. (C) {FERRY}\n"
    assert left(body, 14) == f"1. (C) {FERRY}"


def test_an_officer_between_the_head_and_a_text_without_numbers_is_no_prose() -> None:
    """The subject, the officer and the text are one line, as some pages have them."""
    body = f"SUBJECT: LAMPS Classified By: Amb. Bo Rask per 1.4 (b) and (d). {FERRY}\n"
    assert left(body, 29) == FERRY


@pytest.mark.parametrize(
    "sentence",
    [
        "It was classified by nobody.",
        "The paper was classified by the harbour office in 1.4 million copies.",
        "Article 1.4 (b) of the treaty on brass lamps was read aloud.",
        "He visited a museum that has a web site about lamps.",
        "The opposition said on its website that the ferry sank.",
        "The draft was cleared by the cabinet, and this report surprised the mayor.",
        "Nuclear power is no part of this message, she said.",
    ],
)
def test_a_sentence_that_speaks_of_such_things_is_prose(sentence: str) -> None:
    body = f"SUBJECT: LAMPS\n\n1. (C) {sentence} {FERRY}\n"
    assert left(body, 14) == f"1. (C) {sentence} {FERRY}"


@pytest.mark.parametrize(
    "line",
    [
        "Visit Quayhaven's Classified Website: http://www.example.sgov.gov/p/eur/quayhaven/",
        "Please visit Quayhaven's Classified Website at:\nhttp://www.example.gov/quay/index.c fm",
        "You can also access this site through the Department's\nClassified SIPRNET website.",
        "(U) This cable was cleared by Consul Pelham and by the harbour office.",
        "(U) Senator Rask did not have an opportunity to clear this message before leaving.",
        "(SBU) This cable was coordinated with Embassy Lampar.",
        "(U) This cable is Sensitive But Unclassified and not for distribution on the internet.",
        "C o n f i d e n t i a l section 02 of 03 quayhaven 000310",
        "Drafted by: Bo Rask\nCleared by: Ada Pelham, the harbour office, and all of its clerks",
    ],
)
def test_lines_of_form_are_no_prose(line: str) -> None:
    found = left(f"1. (C) {FERRY}\n\n{line}\n\nRASK", 0)
    assert found.startswith(f"1. (C) {FERRY}")
    assert len(found.removeprefix(f"1. (C) {FERRY}").split()) < 8


@pytest.mark.parametrize("between", ["\n\n", " "])
def test_a_head_that_stands_there_again_is_no_prose(between: str) -> None:
    """Below the beginning of a text, as pages have it that hold a cable twice."""
    marking = "C O N F I D E N T I A L QUAYHAVEN 000310"
    tags = "TAGS: PGOV, PREL, PHUM, EWWT, ECON, EFIN, KN"
    head = between.join([marking, "SIPDIS", "E.O. 12958: DECL: 02/12/2019", tags])
    assert left(f"1. (C) {FERRY}\n\n{head}\n\n2. (C) {FERRY}") == f"1. (C) {FERRY} 2. (C) {FERRY}"


def test_an_address_in_a_sentence_is_taken_out_alone() -> None:
    said = "The mayor wrote on www.example.org/ferry that all boilers will be mended."
    assert left(said) == "The mayor wrote on that all boilers will be mended."


@given(st.text(), st.integers(0, 40))
def test_any_text_keeps_its_length_and_what_is_left_is_its_own(text: str, begin: int) -> None:
    begin = min(begin, len(text))
    found = prose(Reading(text), begin)
    assert len(found) == len(text)
    assert all(new in {old, " "} for old, new in zip(text, found, strict=True))


TOP = "TAGS: PREL\nSUBJECT: THE FERRY\nREF: A\n"
OFFICER = "\nClassified By: Consul Ada Pelham, reasons 1.4 (b).\n\n"


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (f"{OFFICER}1. (C) {FERRY}\nPELHAM", f"1. (C) {FERRY}"),
        (f"SIPDIS\n{OFFICER}1. (C) {FERRY}\nVisit our website.\nPELHAM\n", None),
        # The head is there twice, after a row with a header.
        (
            f"1234,5/6/2009 7:08\nFM AMEMBASSY RABAT\n{TOP}{OFFICER}1. (C) {FERRY}",
            f"1. (C) {FERRY}",
        ),
        # The first paragraph begins within a line: it is no part of the head.
        (f"Summary. {FERRY * 8}\n\n2. (C) Rain.", f"Summary. {FERRY * 8} 2. (C) Rain."),
    ],
    ids=["officer and signer", "a web site", "a head twice", "no number"],
)
def test_the_own_text_has_no_label_officer_or_signer(below: str, expected: str | None) -> None:
    body = TOP + below
    found = own_text(Reading(body), len(TOP))
    assert len(found) == len(body)
    wanted = f"1. (C) {FERRY} Visit our website." if expected is None else expected
    assert " ".join(found.split()) == wanted
