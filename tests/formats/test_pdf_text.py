"""Text out of PDFs: bare telegrams with Windows line ends and single-byte signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Problem, RawCable
from cable_tui.formats.pdf_text import PdfText
from tests.formats.samples import DATA, cable, problem, read

FILE = (DATA / "pdf.txt").read_bytes()


def test_the_name_of_the_file_is_the_id() -> None:
    raw = cable(FILE, "converted/09PORTAMITY12.pdf.txt")
    assert raw.reference_id == "09PORTAMITY12"
    assert (raw.created, raw.released, raw.title, raw.origin) == ("", "", "", "")
    assert raw.classification == "CONFIDENTIAL//NOFORN"
    assert raw.format == "pdf-text"


def test_without_such_a_name_the_text_says_the_id() -> None:
    assert cable(FILE, "scan.txt").reference_id == "09PORTAMITY12"


def test_an_id_that_nothing_says_is_a_problem() -> None:
    found = problem(FILE.replace(b"PORT AMITY 000012", b"XXXX"), "scan.txt")
    assert found.reason == "no reference ID in the file's name, nor in its texts"


def test_the_texts_are_decoded_and_cut_apart() -> None:
    raw = cable(FILE, "09PORTAMITY12.txt")
    assert raw.header.split("\n")[0] == "VZCZCXYZ0001"
    assert raw.header.endswith("\nTO RUEHC/SECSTATE WASHDC 0123")
    assert raw.body.split("\n") == [
        "CONFIDENTIAL SECTION 01 OF 02 PORT AMITY 000012 ",
        "",
        "NOFORN",
        "",
        "REF: A. STATE 4711 ",
        "     B. PORT AMITY 0009 ",
        "",
        "1. (C) The toll collector’s café lost ¶ the book. ",
        "MONTAGUE",
    ]
    assert raw.anchors == ("parB", "par1")


@pytest.mark.parametrize(
    "first",
    [b"INFO  LOG-00   EEB-00", b"ACTION AF-00", b"O P 031848Z FEB 09", b"VZCZCXRO1732"],
    ids=lambda first: first.decode(),
)
def test_any_kind_of_first_line_of_a_header_will_do(first: bytes) -> None:
    assert PdfText().matches("a.txt", b"\r\n" + first + b"\r\n")


def test_a_partial_extract_has_its_note_for_a_header() -> None:
    note = b"This record is a partial extract of the original cable. The full text is not here."
    body = FILE[FILE.index(b"CONFIDENTIAL SEC") :]
    raw = cable(note + b"\r\n\r\n" + body, "09PORTAMITY12.txt")
    assert raw.header == note.decode()
    assert raw.body.startswith("CONFIDENTIAL SECTION 01 OF 02")


def test_a_body_alone_is_known_by_the_name_of_its_file() -> None:
    body = FILE[FILE.index(b"CONFIDENTIAL SEC") :]
    raw = cable(body, "txt/09PORTAMITY12.txt")
    assert (raw.reference_id, raw.header) == ("09PORTAMITY12", "")
    assert not PdfText().matches("notes.txt", body)


@pytest.mark.parametrize("first", [b"Dear reader", b"INFOLOG", b"", b"O P 0318Z"])
def test_other_texts_are_none(first: bytes) -> None:
    assert not PdfText().matches("a.txt", first)


@given(st.binary(max_size=100), st.integers(0, len(FILE)), st.integers(0, 100))
def test_any_damage_gives_a_cable_or_a_problem(junk: bytes, at: int, lost: int) -> None:
    (item,) = read(b"VZCZCXYZ0001\n" + FILE[:at] + junk + FILE[at + lost :], "a.txt")
    assert isinstance(item, (RawCable, Problem))
