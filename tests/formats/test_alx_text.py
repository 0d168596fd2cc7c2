"""Text files with five lines of facts, whose header and body are glued together."""

from io import BytesIO

import pytest

from cable_tui.cable import Problem, RawCable
from cable_tui.formats.alx_text import AlxText
from cable_tui.value import replace
from tests.formats.samples import DATA, cable, read

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


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(b"\n\n \n" + FILE, id="blank lines above"),
        pytest.param(b"\xef\xbb\xbf\r\n" + FILE.replace(b"\n", b"\r\n"), id="of Windows"),
        pytest.param(FILE.replace(b"\n", b"\r"), id="of an old Macintosh"),
    ],
)
def test_lines_may_end_and_begin_otherwise(changed: bytes) -> None:
    raw, same = cable(FILE, "a.txt"), cable(changed, "a.txt")
    assert replace(same, place=raw.place) == raw


def test_fewer_lines_are_a_problem() -> None:
    cut = b"".join(FILE.splitlines(keepends=True)[:3])
    assert AlxText().matches("a.txt", cut)
    (found,) = AlxText().records(BytesIO(cut), "a.txt")
    assert isinstance(found, Problem)
    assert found.reason == "no five lines of facts at the top"


OTHER = FILE.replace(b"09PORTAMITY12", b"09PORTAMITY13").rstrip()


@pytest.mark.parametrize(
    "between", [b"", b"\n", b"\r\n", b"\n\n\n", b"\n\x0c\n", b"\n\x0c", b"\n\xef\xbb\xbf"]
)
def test_texts_in_one_file_are_read_as_if_alone(between: bytes) -> None:
    alone = [cable(OTHER, "a"), cable(FACTS.rstrip(), "a"), cable(FILE, "a")]
    together = read(between.join([OTHER, FACTS.rstrip(), FILE]), "all.txt")
    assert [
        isinstance(raw, RawCable) and replace(raw, place=alone[0].place) for raw in together
    ] == [replace(raw, place=alone[0].place) for raw in alone]


def test_an_id_glued_to_the_number_that_ends_a_text_is_found() -> None:
    first, second = read(OTHER.removesuffix(b"MONTAGUE") + b"00012" + FILE, "all.txt")
    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    assert first.body.endswith("\n00012")
    assert second.reference_id == "09PORTAMITY12"


def test_a_day_without_an_id_is_a_problem_at_its_line() -> None:
    found = read(FILE + b"\nA subject\nTue Feb 03 00:00:00 +0100 2009\nSECRET\n", "all.txt")
    raw, lost = found
    assert isinstance(raw, RawCable)
    assert isinstance(lost, Problem)
    assert lost.line == FILE.count(b"\n") + 3
    assert "no id two lines above" in lost.reason
