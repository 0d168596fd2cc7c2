"""Text files with five lines of facts, whose header and body are glued together."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Problem, RawCable
from cable_tui.formats.alx_text import AlxText
from tests.formats.samples import DATA, cable

FILE = (DATA / "alx.txt").read_bytes()
FACTS = b"".join(FILE.splitlines(keepends=True)[:5])


def test_the_first_five_lines_are_facts() -> None:
    raw = cable(FILE, "09PORTAMITY12.txt")
    assert raw.reference_id == "09PORTAMITY12"
    assert raw.title == 'HARBOR TOLLS, AND WHO "FORGOT" TO PAY'
    assert raw.created == "2009-02-03"
    assert raw.released == ""
    assert raw.classification == "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
    assert raw.origin == "Embassy Port Amity"
    assert raw.format == "alx-text"


def test_header_and_body_are_cut_apart_inside_a_line() -> None:
    raw = cable(FILE, "09PORTAMITY12.txt")
    assert raw.header.endswith("\nINFO RUEHXX/SECRET LIGHTHOUSE KEEPERS 0670")
    assert raw.body.startswith("UNCLAS SECTION 01 OF 08 PORT AMITY 000012 \n\nSIPDIS")


def test_signs_before_anchors_are_taken_out_and_no_others() -> None:
    raw = cable(FILE, "09PORTAMITY12.txt")
    assert raw.anchors == ("parB", "par1")
    assert raw.body.split("\n")[-4:] == [
        "     B. PORT AMITY 0009 ",
        "",
        "1. (U) The toll collector lost ¶ the book &amp; more. ",
        "MONTAGUE",
    ]


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_file_of_facts_only_is_a_cable_without_texts(end: bytes) -> None:
    raw = cable(FACTS.rstrip() + end, "09PORTAMITY12.txt")
    assert (raw.reference_id, raw.header, raw.body) == ("09PORTAMITY12", "", "")
    assert raw.anchors is None


def test_an_empty_subject_is_no_damage() -> None:
    raw = cable(FILE.replace(b'HARBOR TOLLS, AND WHO "FORGOT" TO PAY', b""), "a.txt")
    assert (raw.title, raw.created) == ("", "2009-02-03")


@pytest.mark.parametrize(
    ("title", "read"),
    [
        pytest.param("HARBOR TOLLS " * 100, "HARBOR TOLLS " * 100, id="1300 letters"),
        pytest.param(
            "HARBOR TOLLS\u2028REFTELS: AS NOTED", "HARBOR TOLLS REFTELS: AS NOTED", id="2028"
        ),
        pytest.param("HARBOR TOLLS<br>", "HARBOR TOLLS", id="br"),
    ],
)
def test_a_title_may_be_long_and_have_signs_in_it(title: str, read: str) -> None:
    data = FILE.replace(b'HARBOR TOLLS, AND WHO "FORGOT" TO PAY', title.encode())
    raw = cable(data, "a.txt")

    assert AlxText().matches("a.txt", data)
    assert " ".join(raw.title.split()) == read.strip()
    assert (raw.created, raw.origin) == ("2009-02-03", "Embassy Port Amity")


def test_breaks_of_the_page_are_line_ends() -> None:
    data = FILE.replace(b"SIPDIS", b"SIPDIS <br>\n<br />SENSITIVE<br>", 1)

    assert "\n\nSIPDIS \n\nSENSITIVE\n" in cable(data, "a.txt").body


def test_fewer_lines_are_a_problem() -> None:
    cut = b"".join(FILE.splitlines(keepends=True)[:3])
    assert AlxText().matches("a.txt", cut)
    (found,) = AlxText().records(BytesIO(cut), "a.txt")
    assert isinstance(found, Problem)
    assert found.reason == "no five lines of facts at the top"


@given(st.binary(max_size=100), st.integers(0, len(FILE)), st.integers(0, 100))
def test_any_damage_gives_a_cable_or_a_problem(junk: bytes, at: int, lost: int) -> None:
    (item,) = AlxText().records(BytesIO(FILE[:at] + junk + FILE[at + lost :]), "a.txt")
    assert isinstance(item, Problem) or isinstance(item.cable, RawCable)
