"""Copies of pages as text, with facts in one line or in five, and the text of the site's PDFs."""

import re
from io import BytesIO

import pytest

from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.base.value import replace
from cable_tui.formats.text_copies import ALX_TEXT, PDF_TEXT
from tests.formats.samples import (
    DATA,
    cable,
    cable_and_problem,
    cables,
    problem,
    read,
    wherever,
)
from tests.shared_files import CORPUS

PAGE = (DATA / "page.txt").read_bytes()
SEED = CORPUS / "page-text" / "09CASABLANCA27.txt"


def test_the_body_begins_at_the_classification_line_after_the_addressees() -> None:
    raw = cable(PAGE, "a.txt")
    assert raw.header.split("\n")[0] == "VZCZCXYZ0001"
    assert raw.header.endswith("INFO RUEHXX/SECRET LIGHTHOUSE KEEPERS COLLECTIVE")
    assert raw.body.startswith("C O N F I D E N T I A L PORT AMITY 000012 \n \nSIPDIS")
    assert raw.body.endswith("lost the book. ")


def test_a_damaged_line_of_facts_is_a_problem() -> None:
    found = problem(PAGE.replace(b"2009-02-03 18:48", b"2009-02-0"), "a.txt")
    assert (found.line, found.reason) == (13, "the metadata line is damaged")


def test_a_top_box_without_facts_is_a_problem_and_stays_in_its_text() -> None:
    quoted = b"\nReference ID Created Released Classification Origin\nas the site has it\n"
    raw, lost = cable_and_problem(PAGE + quoted, "a.txt")
    assert raw.body.endswith("as the site has it")
    assert lost.line == PAGE.count(b"\n") + 2


@pytest.mark.parametrize("sign", ["\t", "\n", "\r\n", "  "])
def test_cells_may_stand_apart(sign: str) -> None:
    caption = "Reference ID Created Released Classification Origin"
    cells = ["09PORTAMITY12", "2009-02-03 18:48", "2011-08-24 16:30", "CONFIDENTIAL//NOFORN"]
    page = PAGE.decode().replace(caption, sign.join(["Reference ID", *caption.split()[2:]]))
    page = page.replace(" ".join(cells), sign.join(cells))
    assert cable(page.encode(), "a.txt") == replace(
        cable(PAGE, "a.txt"), location=Location("a.txt", 0, len(page.encode()))
    )


def test_a_copy_with_each_link_on_its_own_line_is_whole() -> None:
    page = PAGE.decode()
    cells = page[page.index("Reference ID") : page.index("VZCZC")]
    apart = "\n\n\n\n".join(re.split(r"\t|\n| (?=Created|Released|Classification|Origin)", cells))
    head = (
        "Appears in these "
        "articles:\n\nhttp://lighthouse.example/1\n\nhttp://lighthouse.example/2\n\n"
    )
    text = page[page.index("VZCZC") :].replace("SUBJECT:", "TAGS: \nPREL\n \nMO\n\nSUBJECT:")
    text = re.sub(r"^(?=[0-9]\. )", "¶\n", text, flags=re.MULTILINE)
    raw = cable(f"{page[: page.index('Reference ID')]}{apart}{head}{text}".encode(), "a.txt")
    whole = cable(PAGE, "a.txt")
    assert raw.articles == ("http://lighthouse.example/1", "http://lighthouse.example/2")
    assert raw.header == whole.header
    assert "TAGS: PREL MO\n" in raw.body
    assert "¶" not in raw.body
    assert raw.anchors == ("par1",)


def test_a_box_without_its_date_of_release_is_read() -> None:
    page = PAGE.replace(b"Created Released", b"Created").replace(b" 2011-08-24 16:30", b"")
    raw = cable(page, "a.txt")
    assert (raw.created, raw.released) == ("2009-02-03 18:48", "")


@pytest.mark.shared
def test_the_copy_of_the_corpus_is_split_where_its_body_begins() -> None:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    raw = cable(SEED.read_bytes(), "09CASABLANCA27.txt")
    assert raw.header.split("\n") == lines[39:55]
    assert raw.body.split("\n") == lines[55:]


# With five lines of facts, header and body glued together

ALX = (DATA / "alx.txt").read_bytes()
FIVE_LINES = b"".join(ALX.splitlines(keepends=True)[:5])


def test_header_and_body_are_cut_apart_inside_a_line() -> None:
    raw = cable(ALX, "09PORTAMITY12.txt")
    assert raw.header.endswith("\nINFO RUEHXX/SECRET LIGHTHOUSE KEEPERS 0670")
    assert raw.body.startswith("UNCLAS SECTION 01 OF 08 PORT AMITY 000012 \n\nSIPDIS")


def test_signs_before_anchors_are_taken_out_and_no_others() -> None:
    raw = cable(ALX, "09PORTAMITY12.txt")
    assert raw.anchors == ("parB", "par1")
    assert raw.body.split("\n")[-4:] == [
        "     B. PORT AMITY 0009 ",
        "",
        "1. (U) The toll collector lost ¶ the book &amp; more. ",
        "MONTAGUE",
    ]


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_file_of_facts_only_is_a_cable_without_texts(end: bytes) -> None:
    raw = cable(FIVE_LINES.rstrip() + end, "09PORTAMITY12.txt")
    assert (raw.reference_id, raw.header, raw.body) == ("09PORTAMITY12", "", "")
    assert raw.anchors is None


def test_an_empty_subject_is_no_damage() -> None:
    raw = cable(ALX.replace(b'HARBOR TOLLS, AND WHO "FORGOT" TO PAY', b""), "a.txt")
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
    data = ALX.replace(b'HARBOR TOLLS, AND WHO "FORGOT" TO PAY', title.encode())
    raw = cable(data, "a.txt")

    assert ALX_TEXT.matches("a.txt", data)
    assert " ".join(raw.title.split()) == read.strip()
    assert (raw.created, raw.origin) == ("2009-02-03", "Embassy Port Amity")


def test_breaks_of_the_page_are_line_ends() -> None:
    data = ALX.replace(b"SIPDIS", b"SIPDIS <br>\n<br />SENSITIVE<br>", 1)

    assert "\n\nSIPDIS \n\nSENSITIVE\n" in cable(data, "a.txt").body


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(b"\n\n \n" + ALX, id="blank lines above"),
        pytest.param(b"\xef\xbb\xbf\r\n" + ALX.replace(b"\n", b"\r\n"), id="of Windows"),
        pytest.param(ALX.replace(b"\n", b"\r"), id="of an old Macintosh"),
    ],
)
def test_lines_may_end_and_begin_otherwise(changed: bytes) -> None:
    raw, same = cable(ALX, "a.txt"), cable(changed, "a.txt")
    assert replace(same, location=raw.location) == raw


def test_fewer_lines_are_a_problem() -> None:
    cut = b"".join(ALX.splitlines(keepends=True)[:3])
    assert ALX_TEXT.matches("a.txt", cut)
    (found,) = ALX_TEXT.records(BytesIO(cut), "a.txt")
    assert isinstance(found, Problem)
    assert found.reason == "no five metadata lines at the top"


OTHER_ALX = ALX.replace(b"09PORTAMITY12", b"09PORTAMITY13").rstrip()


@pytest.mark.parametrize(
    "between", [b"", b"\n", b"\r\n", b"\n\n\n", b"\n\x0c\n", b"\n\x0c", b"\n\xef\xbb\xbf"]
)
def test_texts_with_five_lines_in_one_file_are_read_as_if_alone(between: bytes) -> None:
    alone = [cable(OTHER_ALX, "a"), cable(FIVE_LINES.rstrip(), "a"), cable(ALX, "a")]
    assert wherever(
        cables(between.join([OTHER_ALX, FIVE_LINES.rstrip(), ALX]), "all.txt")
    ) == wherever(alone)


def test_an_id_glued_to_the_number_that_ends_a_text_is_found() -> None:
    first, second = cables(OTHER_ALX.removesuffix(b"MONTAGUE") + b"00012" + ALX, "all.txt")
    assert first.body.endswith("\n00012")
    assert second.reference_id == "09PORTAMITY12"


def test_a_day_without_an_id_is_a_problem_at_its_line() -> None:
    _, lost = cable_and_problem(
        ALX + b"\nA subject\nTue Feb 03 00:00:00 +0100 2009\nSECRET\n", "all.txt"
    )
    assert lost.line == ALX.count(b"\n") + 3
    assert "no ID two lines above" in lost.reason


# The text of a PDF: a bare telegram with Windows line endings and single-byte signs

PDF = (DATA / "pdf.txt").read_bytes()


def test_the_name_of_the_file_is_the_id() -> None:
    raw = cable(PDF, "converted/09PORTAMITY12.pdf.txt")
    assert raw.reference_id == "09PORTAMITY12"
    assert (raw.created, raw.released, raw.title, raw.origin) == ("", "", "", "")
    assert raw.classification == "CONFIDENTIAL//NOFORN"
    assert raw.format == "pdf-text"


def test_without_such_a_name_the_text_says_the_id() -> None:
    assert cable(PDF, "scan.txt").reference_id == "09PORTAMITY12"


def test_an_id_that_nothing_says_is_a_problem() -> None:
    found = problem(PDF.replace(b"PORT AMITY 000012", b"XXXX"), "scan.txt")
    assert found.reason == "no reference ID in the file name or in the text"


def test_the_texts_are_decoded_and_cut_apart() -> None:
    raw = cable(PDF, "09PORTAMITY12.txt")
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
    assert PDF_TEXT.matches("a.txt", b"\r\n" + first + b"\r\n")


def test_a_body_alone_is_known_by_the_name_of_its_file() -> None:
    body = PDF[PDF.index(b"CONFIDENTIAL SEC") :]
    raw = cable(body, "txt/09PORTAMITY12.txt")
    assert (raw.reference_id, raw.header) == ("09PORTAMITY12", "")
    assert not PDF_TEXT.matches("notes.txt", body)


@pytest.mark.parametrize("first", [b"Dear reader", b"INFOLOG", b"", b"O P 0318Z"])
def test_other_texts_are_none(first: bytes) -> None:
    assert not PDF_TEXT.matches("a.txt", first)


NEXT_PDF = (
    PDF.replace(b"#0012", b"#0013").replace(b"031848Z", b"041848Z").replace(b"000012", b"000013")
)
OLD_PDF = NEXT_PDF[NEXT_PDF.index(b"R 041848Z") :]


@pytest.mark.parametrize("between", [b"", b"\r\n", b"\n\n\n", b"\n\x0c", b"\x0c\n"])
@pytest.mark.parametrize(
    "telegrams",
    [
        pytest.param([PDF, NEXT_PDF], id="with transmission ids"),
        pytest.param([PDF.rstrip(), NEXT_PDF.lstrip()], id="without line breaks between them"),
        pytest.param([PDF, OLD_PDF], id="a time first"),
        pytest.param([OLD_PDF, PDF], id="a time first in the first"),
    ],
)
def test_telegrams_in_one_file_are_read_as_if_alone(telegrams: list[bytes], between: bytes) -> None:
    alone = [cable(each, "a.txt") for each in telegrams]
    assert wherever(cables(between.join(telegrams), "all.txt")) == wherever(alone)


@pytest.mark.parametrize(
    ("path", "above", "why"),
    [
        pytest.param("09PORTAMITY12.txt", b"\r\n", "the file's name is", id="a name that is an id"),
        pytest.param(
            "all.txt", b"\r\nBEGIN TEXT:\r\n", "the text says that it follows", id="announced"
        ),
        pytest.param(
            "all.txt", b" as follows\r\n\r\n", "the text says that it follows", id="in words"
        ),
    ],
)
def test_a_quoted_telegram_is_a_problem_and_stays_in_its_text(
    path: str, above: bytes, why: str
) -> None:
    raw, lost = cable_and_problem(PDF + above + NEXT_PDF, path)
    assert "041848Z" in raw.body
    assert why in lost.reason
    assert lost.line == (PDF + above + NEXT_PDF[: NEXT_PDF.index(b"R 041848Z")]).count(b"\n") + 1


def test_a_header_that_stands_there_twice_is_no_second_telegram() -> None:
    assert cable(PDF + PDF, "all.txt").reference_id == "09PORTAMITY12"


def test_a_text_without_a_header_among_others_is_a_problem() -> None:
    text = b"CONFIDENTIAL PORT AMITY 000099\r\n\r\nSUBJECT: TOLLS\r\n"
    _, lost = cable_and_problem(PDF + b"\r\n" + text, "all.txt")
    assert lost.reason.startswith("a text with the number 99 begins on this line")


def test_a_partial_extract_among_others_is_a_problem() -> None:
    note = b"This record is a partial extract of the original cable. The full text ...\r\n"
    first, lost, last = read(PDF + note + b"\r\nCONFIDENTIAL\r\n" + NEXT_PDF, "all.txt")
    assert isinstance(first, RawCable)
    assert isinstance(lost, Problem)
    assert isinstance(last, RawCable)


OTHER = PAGE.replace(b"09PORTAMITY12", b"09PORTAMITY13").replace(b"AND WHO", b"OR WHO")
BARE = OTHER[OTHER.index(b"Viewing cable") :]


def test_windows_line_ends_change_nothing() -> None:
    raw = cable(PAGE.replace(b"\n", b"\r\n"), "a.txt")
    assert (raw.header, raw.body) == (cable(PAGE, "a.txt").header, cable(PAGE, "a.txt").body)


@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n\r\n", b"\n\x0c\n"])
@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([PAGE, OTHER, PAGE], id="with menus"),
        pytest.param([PAGE, BARE, OTHER], id="one without menus"),
        pytest.param([BARE, OTHER, BARE], id="the first without menus"),
        pytest.param([PAGE.replace(b"\n", b"\r\n"), OTHER], id="mixed line endings"),
        pytest.param([PAGE.rstrip(), OTHER.rstrip(), BARE], id="no line breaks between them"),
    ],
)
def test_copies_in_one_file_are_read_as_if_alone(pages: list[bytes], between: bytes) -> None:
    alone = [cable(page, "a") for page in pages]
    assert wherever(cables(between.join(pages), "all.txt")) == wherever(alone)


def test_a_partial_extract_of_a_pdf_has_its_note_for_a_header() -> None:
    note = b"This record is a partial extract of the original cable. The full text is not here."
    body = PDF[PDF.index(b"CONFIDENTIAL SEC") :]
    raw = cable(note + b"\r\n\r\n" + body, "09PORTAMITY12.txt")
    assert raw.header == note.decode()
    assert raw.body.startswith("CONFIDENTIAL SECTION 01 OF 02")
