"""A page copied as text: facts from one line, header and body told apart."""

import pytest

from cable_tui.cable import Place, Problem, RawCable
from cable_tui.value import replace
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


OTHER = PAGE.replace(b"09PORTAMITY12", b"09PORTAMITY13").replace(b"AND WHO", b"OR WHO")
BARE = OTHER[OTHER.index(b"Viewing cable") :]


@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n\r\n", b"\n\x0c\n"])
@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([PAGE, OTHER, PAGE], id="with menus"),
        pytest.param([PAGE, BARE, OTHER], id="one without menus"),
        pytest.param([BARE, OTHER, BARE], id="the first without menus"),
        pytest.param([PAGE.replace(b"\n", b"\r\n"), OTHER], id="mixed line ends"),
        pytest.param([PAGE.rstrip(), OTHER.rstrip(), BARE], id="no line ends between them"),
    ],
)
def test_copies_in_one_file_are_read_as_if_alone(pages: list[bytes], between: bytes) -> None:
    alone = [cable(page, "a") for page in pages]
    together = read(between.join(pages), "all.txt")
    assert [
        isinstance(raw, RawCable) and replace(raw, place=alone[0].place) for raw in together
    ] == [replace(raw, place=alone[0].place) for raw in alone]


def test_a_top_box_without_facts_is_a_problem_and_stays_in_its_text() -> None:
    quoted = b"\nReference ID Created Released Classification Origin\nas the site has it\n"
    raw, lost = read(PAGE + quoted, "a.txt")
    assert isinstance(raw, RawCable)
    assert raw.body.endswith("as the site has it")
    assert isinstance(lost, Problem)
    assert lost.line == PAGE.count(b"\n") + 2


@pytest.mark.parametrize("sign", ["\t", "\n", "\r\n", "  "])
def test_cells_may_stand_apart(sign: str) -> None:
    caption = "Reference ID Created Released Classification Origin"
    cells = ["09PORTAMITY12", "2009-02-03 18:48", "2011-08-24 16:30", "CONFIDENTIAL//NOFORN"]
    page = PAGE.decode().replace(caption, sign.join(["Reference ID", *caption.split()[2:]]))
    page = page.replace(" ".join(cells), sign.join(cells))
    assert cable(page.encode(), "a.txt") == replace(
        cable(PAGE, "a.txt"), place=Place("a.txt", 0, len(page.encode()))
    )


def test_a_box_without_its_date_of_release_is_read() -> None:
    page = PAGE.replace(b"Created Released", b"Created").replace(b" 2011-08-24 16:30", b"")
    raw = cable(page, "a.txt")
    assert (raw.created, raw.released) == ("2009-02-03 18:48", "")


@pytest.mark.skipif(not SEED.exists(), reason="the corpus is not at hand")
def test_the_copy_of_the_corpus_is_split_where_its_body_begins() -> None:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    raw = cable(SEED.read_bytes(), "09CASABLANCA27.txt")
    assert raw.header.split("\n") == lines[39:55]
    assert raw.body.split("\n") == lines[55:]
