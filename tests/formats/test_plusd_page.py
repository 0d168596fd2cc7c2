"""Saved pages of PlusD: a table of facts, and the raw text before the tagged one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Problem, RawCable
from tests.formats.samples import DATA, cable, problem, read

PAGE = (DATA / "plusd.html").read_bytes()


def test_the_table_holds_the_facts() -> None:
    raw = cable(PAGE, "a.html")
    assert raw.reference_id == "09PORTAMITY12"
    assert raw.created == "2009-02-03 18:48"
    assert raw.classification == "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
    assert raw.origin == "Atlantis Port Amity"
    assert raw.title == "HARBOR TOLLS & WHO FORGOT TO PAY"
    assert raw.format == "plusd-page"


def test_the_raw_text_wins_and_its_entities_are_read() -> None:
    raw = cable(PAGE, "a.html")
    assert raw.header.split("\n")[0] == "VZCZCXYZ0001"
    assert raw.body.startswith("UNCLAS PORT AMITY 000012\n\nSENSITIVE")
    assert "The collector said &pounding twice, and 3 < 4." in raw.body


def test_without_a_raw_text_the_tagged_one_is_taken_without_its_tags() -> None:
    start, end = PAGE.index(b'<div id="raw-text">'), PAGE.index(b"</body>")
    assert (
        cable(PAGE[:start] + PAGE[end:], "a.html").body == "Show UNCLAS PORT AMITY 000012, tagged"
    )


@pytest.mark.parametrize(
    ("cut", "line", "reason"),
    [
        (b"MONTAGUE", 6, "the page is cut off inside its text"),
        (b"</table>", 6, "the page is cut off inside its table"),
        (b"<ul>", 6, "the page has no text and no end"),
    ],
)
def test_a_page_that_is_cut_off_is_a_problem(cut: bytes, line: int, reason: str) -> None:
    found = problem(PAGE[: PAGE.index(cut)], "a.html")
    assert (found.line, found.reason) == (line, reason)


def test_a_text_may_stand_in_a_part_without_a_block_of_its_own() -> None:
    start, end = PAGE.index(b'<div id="tagged'), PAGE.index(b"</body>")
    part = b'<div class="x" id="raw-text">UNCLAS PORT AMITY 000012<br/>\n<p>1. PAID.</p></div>'
    raw = cable(PAGE[:start] + part + PAGE[end:], "a.html")
    assert raw.body.rstrip() == "UNCLAS PORT AMITY 000012\n1. PAID."


def test_a_whole_page_without_a_text_is_a_cable_of_facts_only() -> None:
    start, end = PAGE.index(b"<ul>"), PAGE.index(b"</body>")
    raw = cable(PAGE[:start] + PAGE[end:], "a.html")
    assert (raw.reference_id, raw.header, raw.body) == ("09PORTAMITY12", "", "")


def test_a_page_without_an_id_is_a_problem() -> None:
    assert problem(PAGE.replace(b"Canonical ID:", b"Number:"), "a").reason == "no canonical ID"


@given(st.binary(max_size=100), st.integers(0, len(PAGE)), st.integers(0, 100))
def test_any_damage_gives_a_cable_or_a_problem(junk: bytes, at: int, lost: int) -> None:
    (item,) = read(PAGE[:at] + junk + PAGE[at + lost :] + b'<table id="synopsis">', "a.html")
    assert isinstance(item, (RawCable, Problem))
