"""Text out of PDFs: bare telegrams with Windows line ends and single-byte signs."""

import pytest

from cable_tui.cable import Problem, RawCable
from cable_tui.formats.pdf_text import PdfText
from cable_tui.value import replace
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


NEXT = (
    FILE.replace(b"#0012", b"#0013").replace(b"031848Z", b"041848Z").replace(b"000012", b"000013")
)
OLD = NEXT[NEXT.index(b"R 041848Z") :]


@pytest.mark.parametrize("between", [b"", b"\r\n", b"\n\n\n", b"\n\x0c", b"\x0c\n"])
@pytest.mark.parametrize(
    "telegrams",
    [
        pytest.param([FILE, NEXT], id="with transmission ids"),
        pytest.param([FILE.rstrip(), NEXT.lstrip()], id="without line ends between them"),
        pytest.param([FILE, OLD], id="a time first"),
        pytest.param([OLD, FILE], id="a time first in the first"),
    ],
)
def test_telegrams_in_one_file_are_read_as_if_alone(telegrams: list[bytes], between: bytes) -> None:
    alone = [cable(each, "a.txt") for each in telegrams]
    together = read(between.join(telegrams), "all.txt")
    assert [
        isinstance(raw, RawCable) and replace(raw, place=alone[0].place) for raw in together
    ] == [replace(raw, place=alone[0].place) for raw in alone]


@pytest.mark.parametrize(
    ("path", "above", "why"),
    [
        pytest.param("09PORTAMITY12.txt", b"\r\n", "the file's name is", id="a name that is an id"),
        pytest.param("all.txt", b"\r\nBEGIN TEXT:\r\n", "the text announces it", id="announced"),
        pytest.param("all.txt", b" as follows\r\n\r\n", "the text announces it", id="in words"),
    ],
)
def test_a_quoted_telegram_is_a_problem_and_stays_in_its_text(
    path: str, above: bytes, why: str
) -> None:
    raw, lost = read(FILE + above + NEXT, path)
    assert isinstance(raw, RawCable)
    assert "041848Z" in raw.body
    assert isinstance(lost, Problem)
    assert why in lost.reason
    assert lost.line == (FILE + above + NEXT[: NEXT.index(b"R 041848Z")]).count(b"\n") + 1


def test_a_header_that_stands_there_twice_is_no_second_telegram() -> None:
    assert cable(FILE + FILE, "all.txt").reference_id == "09PORTAMITY12"


def test_a_text_without_a_header_among_others_is_a_problem() -> None:
    text = b"CONFIDENTIAL PORT AMITY 000099\r\n\r\nSUBJECT: TOLLS\r\n"
    raw, lost = read(FILE + b"\r\n" + text, "all.txt")
    assert isinstance(raw, RawCable)
    assert isinstance(lost, Problem)
    assert lost.reason.startswith("a text with the number 99 begins here")


def test_a_partial_extract_among_others_is_a_problem() -> None:
    note = b"This record is a partial extract of the original cable. The full text ...\r\n"
    first, lost, last = read(FILE + note + b"\r\nCONFIDENTIAL\r\n" + NEXT, "all.txt")
    assert isinstance(first, RawCable)
    assert isinstance(lost, Problem)
    assert isinstance(last, RawCable)
