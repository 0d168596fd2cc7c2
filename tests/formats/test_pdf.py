"""PDFs as cables: the text decides what kind of telegram it is."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.base.value import replace
from cable_tui.formats import pdf
from cable_tui.formats.base import BrokenRecord, NotCables, Record
from cable_tui.formats.child_process import patience
from cable_tui.formats.pdf import PdfReader, reader
from cable_tui.formats.pdf_process import ENCRYPTED, SCANNED
from tests.formats.office.written import docx_of, odt_of
from tests.formats.samples import DATA, cable, cables, problem, read, record_at
from tests.formats.written_pdf import pdf_of

NARA = (DATA / "nara.txt").read_text(encoding="utf-8")
MAKER = "nara.aad.servlet.PDFServlet"
TELEGRAM = (DATA / "pdf.txt").read_bytes().decode("cp1252").replace("\r\n", "\n").strip("\n")


def dense(raw: RawCable) -> RawCable:
    """The record with single blanks: how far things stand apart on a page is not kept."""
    header, body = (" ".join(text.split()) for text in (raw.header, raw.body))
    return replace(raw, header=header, body=body, format="", location=Location("", 0, 0))


def pages(text: str) -> list[str]:
    lines = text.split("\n")
    return ["\n".join(lines[at : at + 60]) for at in range(0, len(lines), 60)]


@pytest.mark.parametrize(
    ("text", "name", "author", "form"),
    [
        pytest.param(NARA, "a", MAKER, "nara-pdf", id="of the National Archives"),
        pytest.param(NARA, "a", "", "nara-pdf", id="the same, saved without its author"),
        pytest.param(TELEGRAM, "09PORTAMITY12", "", "pdf", id="a telegram"),
    ],
)
def test_a_pdf_is_read_as_its_text_would_be(text: str, name: str, author: str, form: str) -> None:
    raw = cable(pdf_of(pages(text), author), f"{name}.pdf")
    assert raw.format == form
    assert dense(raw) == dense(cable(text.encode(), f"{name}.txt"))


def test_a_pdf_is_known_by_its_first_bytes_wherever_they_stand() -> None:
    found = formats.sniff("letter", b"\r\n" * 20 + pdf_of(["A"]))
    assert not isinstance(found, formats.Skip)
    assert found.name == "pdf"
    assert formats.sniff("letter", b"See %PDF-1.4 for more.") == formats.Skip(
        "other file (save the text as .txt first)"
    )


def test_a_pdf_is_one_whatever_its_text_looks_like() -> None:
    found = formats.sniff("a", pdf_of(["Reference ID Created Released Classification Origin"]))
    assert not isinstance(found, formats.Skip)
    assert found.name == "pdf"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(pdf_of(["A LETTER"]), "neither a National Archives telegram", id="a letter"),
        pytest.param(pdf_of([""]), "a scanned PDF without text: run ocrmypdf first", id="scanned"),
        pytest.param(pdf_of(["A"], encrypted=True), "encrypted", id="encrypted"),
        pytest.param(
            pdf_of(["Message Text\nPAGE 01"]), "no line 'Message Attributes'", id="cut off"
        ),
    ],
)
def test_a_pdf_that_is_no_cable_says_why(data: bytes, reason: str) -> None:
    assert reason in problem(data, "a.pdf").reason


OTHER = NARA.replace("LIMA02545", "LIMA02546").replace("2545", "2546")
SECOND = TELEGRAM.replace("031848Z", "041848Z").replace("000012", "000013")


@pytest.mark.parametrize(
    ("parts", "forms"),
    [
        pytest.param([NARA, OTHER, NARA], ["nara-pdf"] * 3, id="of the National Archives"),
        pytest.param([TELEGRAM, SECOND], ["pdf"] * 2, id="telegrams of the site"),
        pytest.param([NARA, TELEGRAM, OTHER], ["nara-pdf", "pdf", "nara-pdf"], id="of both"),
    ],
)
def test_of_several_telegrams_in_one_pdf_each_is_a_record(
    parts: list[str], forms: list[str]
) -> None:
    printed = [pages(part) for part in parts]
    data = pdf_of([page for each in printed for page in each])
    found = cables(data, "a.pdf")
    assert [raw.format for raw in found] == forms
    texts = [cable(part.encode(), "a.txt") for part in parts]
    assert [dense(replace(raw, remarks=())) for raw in found] == [dense(raw) for raw in texts]
    page, spans = 1, []
    for each in printed:
        last = page + len(each) - 1
        spans.append(f"{page}-{last}" if last > page else str(page))
        page = last + 1
    assert [dict(raw.remarks)["PDF pages"] for raw in found] == spans


def test_a_telegram_of_several_in_one_pdf_is_read_again() -> None:
    stream = BytesIO(pdf_of([*pages(NARA), *pages(OTHER)]))
    items = list(pdf.FORMAT.records(stream, "a.pdf"))
    assert len(items) == 2
    for item in items:
        assert isinstance(item, Record)
        data = record_at(pdf.FORMAT, stream, item.location)
        assert zlib.crc32(data) == item.crc
        assert pdf.FORMAT.at(data, item.location) == item.cable
    gone = Location("a.pdf", 2, len(stream.getvalue()))
    with pytest.raises(formats.BrokenRecord, match="fewer telegrams"):
        pdf.FORMAT.at(stream.getvalue(), gone)


def test_many_telegrams_of_one_pdf_are_read_and_parsed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them used to parse all of them: 1,500 took over 200 seconds."""
    joined = tmp_path / "joined.pdf"
    joined.write_bytes(pdf_of([page for at in range(4) for page in pages(_numbered(at))]))
    parsed: list[str] = []
    before = pdf._telegrams

    def counted(own: pdf.Pdf, text: bytes, path: str) -> Iterator[RawCable | Problem]:
        parsed.append(path)
        return before(own, text, path)

    monkeypatch.setattr(pdf, "_telegrams", counted)
    found = []
    for number in range(4):
        with joined.open("rb") as stream:  # as each cable of an export opens its file
            location = Location("joined.pdf", number, joined.stat().st_size)
            data = pdf.FORMAT.fetch(stream, location)
            assert stream.tell() == (0 if number else location.length)
            found.append(pdf.FORMAT.at(data, location).reference_id)
    assert found == [f"1973LIMA0254{at}" for at in range(4)]
    assert parsed == ["joined.pdf"]


def _numbered(at: int) -> str:
    return NARA.replace("LIMA02545", f"LIMA0254{at}").replace("2545", f"254{at}")


def test_a_problem_of_one_of_several_telegrams_names_its_page() -> None:
    cut = OTHER[: OTHER.index("Message Attributes")]
    found = read(pdf_of([*pages(NARA), *pages(cut)]), "a.pdf")
    (lost,) = [each for each in found if isinstance(each, Problem)]
    assert lost.line == 0
    assert lost.reason.startswith(f"page {len(pages(NARA)) + 1}: ")
    assert len(found) == 2


def test_a_pdf_beyond_all_measure_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.Pdf, "longest", 100)
    assert "more than" in problem(pdf_of(["A"]), "a.pdf").reason


def test_only_telegrams_of_the_archive_have_its_repository() -> None:
    archive, other = formats.named("nara-pdf"), formats.named("pdf")
    assert archive
    assert other
    assert archive.repository.name.startswith("National Archives")
    assert other.repository.cablegate


ONE = pdf_of(["A TERN IS LATE"])


@pytest.fixture
def fresh() -> Iterator[PdfReader]:
    made = PdfReader()
    yield made
    made.close()


def test_one_process_reads_many_pdfs(fresh: PdfReader) -> None:
    assert fresh.text(ONE) == "A TERN IS LATE"
    assert fresh.text(pdf_of(["ONE", "TWO"])) == "ONE\n\fTWO"
    assert fresh.child.started == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(pdf_of(["", ""]), SCANNED, id="scanned"),
        pytest.param(pdf_of(["A"], encrypted=True), ENCRYPTED, id="encrypted"),
        pytest.param(b"%PDF-1.4\n%%EOF\n", "a broken PDF", id="empty"),
        pytest.param(ONE[:300], "a broken PDF", id="cut off"),
        pytest.param(b"%PDF-1.4" + b"\xff" * 5000, "a broken PDF", id="junk"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(fresh: PdfReader, data: bytes, reason: str) -> None:
    with pytest.raises(BrokenRecord, match=reason.split(":", maxsplit=1)[0]) as raised:
        fresh.text(data)
    assert ":" in str(raised.value)
    assert fresh.text(ONE) == "A TERN IS LATE"


def program(answer: str) -> tuple[str, ...]:
    """The command of a process that has this answer to every PDF."""
    start = "import os, time; from cable_tui.formats.child_answers import answer_requests"
    return (sys.executable, "-c", f"{start}; answer_requests(lambda data: {answer})")


@pytest.mark.parametrize(
    ("command", "longest", "patient", "reason"),
    [
        (program("time.sleep(600)"), 0.2, 60, r"takes more than 0\.2 seconds"),
        (program("time.sleep(600)"), 60, 0.2, r"takes more than 0\.2 seconds"),
        (program("os._exit(75)"), 60, 60, "crashes its reader"),
        (("/nowhere/python",), 60, 60, "does not start"),
    ],
    ids=["too long", "little patience", "ends", "no program"],
)
def test_a_reader_without_an_answer_says_why_and_counts_what_was_lost(
    command: tuple[str, ...], longest: float, patient: float, reason: str
) -> None:
    reader = PdfReader(command, longest)
    with patience(patient) as waiting, pytest.raises(BrokenRecord, match=reason):
        reader.text(ONE * 1000)
    assert waiting.lost >= 0.2 or "takes" not in reason


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(ONE)), st.binary(max_size=40), st.integers(0, 60))
def test_any_damage_gives_a_text_or_a_reason(at: int, junk: bytes, lost: int) -> None:
    with suppress(BrokenRecord):
        assert isinstance(reader().text(ONE[:at] + junk + ONE[at + lost :]), str)


# Documents of Word and LibreOffice

DOCUMENTS = pytest.mark.parametrize(("written", "ending"), [(docx_of, "docx"), (odt_of, "odt")])
PAGE = (DATA / "page.txt").read_text(encoding="utf-8")
BODY = TELEGRAM[TELEGRAM.index("CONFIDENTIAL SECTION") :]
Written = Callable[[str], bytes]


@DOCUMENTS
@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        pytest.param(TELEGRAM, "09PORTAMITY12", "office", id="a telegram"),
        pytest.param(BODY, "09PORTAMITY12", "office", id="a body under its name"),
        pytest.param(NARA, "a", "nara-text", id="of the National Archives"),
        pytest.param(PAGE, "a", "page-text", id="a pasted page"),
    ],
)
def test_a_document_is_read_as_its_text_would_be(
    written: Written, ending: str, text: str, name: str, form: str
) -> None:
    raw = cable(written(text), f"a/{name}.{ending}")
    assert raw.format == form
    assert dense(raw) == dense(cable(text.encode(), f"{name}.txt"))


@DOCUMENTS
def test_many_telegrams_of_a_document_are_cables_each(written: Written, ending: str) -> None:
    other = TELEGRAM.replace("#0012", "#0013").replace("000012", "000013").replace("0318", "0319")
    data = written(f"{TELEGRAM}\n\n{other}")
    found = cables(data, f"all.{ending}")
    assert [raw.reference_id for raw in found] == ["09PORTAMITY12", "09PORTAMITY13"]
    assert [raw.remarks for raw in found] == [(), ()]
    assert pdf.OFFICE.at(data, found[1].location) == found[1]


@DOCUMENTS
def test_footnotes_and_comments_of_a_document_are_beside_the_telegram(
    written: Callable[..., bytes], ending: str
) -> None:
    plain = cable(written(TELEGRAM), f"a.{ending}")
    noted = cable(written(TELEGRAM, note="Ask Quinn."), f"a.{ending}")
    assert noted.body == plain.body
    assert noted.remarks == (
        ("Notes in the file", "its comments were skipped / note 1: Ask Quinn."),
    )


def test_a_heading_above_a_telegram_is_left_out_and_said() -> None:
    above, raw = read(docx_of(f"From my notes\n\n{TELEGRAM}"), "notes.docx")
    assert isinstance(raw, RawCable)
    assert raw.reference_id == "09PORTAMITY12"
    assert isinstance(above, Problem)
    assert above.reason.endswith("was skipped: From my notes")


@pytest.mark.parametrize(
    ("text", "why"), [("An essay on tea.", ""), ("TAGS: PREL\nSUBJECT: TEA", "it has the labels")]
)
def test_a_document_without_a_telegram_is_skipped(text: str, why: str) -> None:
    with pytest.raises(NotCables) as none:
        list(pdf.OFFICE.records(BytesIO(docx_of(text)), "essay.docx"))
    assert none.value.skip.kind == "Word or LibreOffice document without a telegram"
    assert none.value.skip.why.startswith(why)
    assert bool(why) == bool(none.value.skip.why)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 word/document.xml", "damaged: not a readable zip"),
        (docx_of("a").replace(b"<w:document ", b"<!DOCTYPE "), "a document"),
    ],
)
def test_a_hostile_document_is_a_problem(data: bytes, reason: str) -> None:
    assert reason in problem(data, "a.docx").reason
