"""A page copied as text: facts from one line, header and body told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Problem, RawCable
from tests.formats.samples import CORPUS, DATA, cable, problem, read

PAGE = (DATA / "page.txt").read_bytes()
SEED = CORPUS / "page-text" / "09CASABLANCA27.txt"


def test_a_copy_gives_the_facts_of_its_line() -> None:
    raw = cable(PAGE, "a.txt")
    assert raw.reference_id == "09PORTAMITY12"
    assert raw.created == "2009-02-03 18:48"
    assert raw.released == "2011-08-24 16:30"
    assert raw.classification == "CONFIDENTIAL//NOFORN"
    assert raw.origin == "Embassy Port Amity"
    assert raw.title == 'HARBOR TOLLS, AND WHO "FORGOT" TO PAY & WHY'
    assert raw.anchors is None
    assert raw.format == "page-text"


def test_the_body_begins_at_the_classification_line_after_the_addressees() -> None:
    raw = cable(PAGE, "a.txt")
    assert raw.header.split("\n")[0] == "VZCZCXYZ0001"
    assert raw.header.endswith("INFO RUEHXX/SECRET LIGHTHOUSE KEEPERS COLLECTIVE")
    assert raw.body.startswith("C O N F I D E N T I A L PORT AMITY 000012 \n \nSIPDIS")
    assert raw.body.endswith("lost the book. ")


@pytest.mark.parametrize(
    "line", ["UNCLAS PORT AMITY 000012", "SS E C R E T PORT AMITY", "S e c r e t state 9"]
)
def test_damaged_classification_lines_begin_the_body_too(line: str) -> None:
    page = PAGE.replace(b"C O N F I D E N T I A L PORT AMITY 000012 ", line.encode())
    assert cable(page, "a.txt").body.startswith(line)


def test_a_partial_extract_has_its_note_for_a_header() -> None:
    start, end = PAGE.index(b"VZCZC"), PAGE.index(b"C O N F")
    raw = cable(PAGE[:start] + b"This record is a partial extract.\n\n" + PAGE[end:], "a.txt")
    assert raw.header == "This record is a partial extract."
    assert raw.body.startswith("C O N F I D E N T I A L")


def test_without_a_classification_line_all_is_body() -> None:
    page = PAGE.replace(b"C O N F I D E N T I A L PORT AMITY 000012 \n", b"")
    raw = cable(page, "a.txt")
    assert raw.header == ""
    assert raw.body.startswith("VZCZC")


def test_windows_line_ends_change_nothing() -> None:
    raw = cable(PAGE.replace(b"\n", b"\r\n"), "a.txt")
    assert (raw.header, raw.body) == (cable(PAGE, "a.txt").header, cable(PAGE, "a.txt").body)


def test_a_damaged_line_of_facts_is_a_problem() -> None:
    found = problem(PAGE.replace(b"2009-02-03 18:48", b"2009-02-0"), "a.txt")
    assert (found.line, found.reason) == (13, "the line of facts is damaged")


@given(st.binary(max_size=100), st.integers(0, len(PAGE)), st.integers(0, 100))
def test_any_damage_gives_a_cable_or_a_problem(junk: bytes, at: int, lost: int) -> None:
    caption = b"Reference ID Created Released Classification Origin\n"
    (item,) = read(PAGE[:at] + junk + PAGE[at + lost :] + caption, "a.txt")
    assert isinstance(item, (RawCable, Problem))


@pytest.mark.skipif(not SEED.exists(), reason="the corpus is not at hand")
def test_the_copy_of_the_corpus_is_split_where_its_body_begins() -> None:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    raw = cable(SEED.read_bytes(), "09CASABLANCA27.txt")
    assert raw.header.split("\n") == lines[39:55]
    assert raw.body.split("\n") == lines[55:]
