"""Volumes: which files are one, which documents are records, what damage says."""

import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import Problem, RawCable
from cable_tui.formats.base import Record
from cable_tui.formats.file_text import FileWindow
from cable_tui.formats.frus.volume import FORMAT, NO_TELEGRAM, Document, DocumentCutter
from tests.formats.frus.volumes import PATH, PERSONS, TEI, cables, document, items, telegram, volume
from tests.formats.samples import DATA
from tests.shared_files import WILD

EXCERPT_WITH_LISTS = WILD / "frus" / "frus1958-60v07p1-excerpt.xml"
EXCERPT = WILD / "frus" / "frus1955-57v17-d89-excerpt.xml"


def facts(raw: RawCable) -> tuple[str, str, str, str]:
    return raw.reference_id.partition("/")[2], raw.created, raw.classification, raw.origin


def test_facts_of_three_centuries() -> None:
    found = cables((DATA / "frus.xml").read_bytes(), "frus.xml")
    assert [facts(raw) for raw in found] == [
        ("d1", "1957-02-12 23:00", "SECRET", "Embassy in Ruritania"),
        ("d2", "", "", ""),
        ("d3", "1948-04-06 15:00", "TOP SECRET", "Ambassador in Ruritania (Sapt)"),
        ("d4", "1870-08-22", "", "Mr. F. Tarlenheim"),
        ("d5", "1901-09-14", "", "Mr. Helsing"),
        ("d6", "1974-07-26 05:15", "CONFIDENTIAL", "Embassy in Ruritania"),
        ("d7", "1957-03-01", "", ""),
    ]


def test_what_is_no_telegram_by_its_heading_is_left() -> None:
    records = items((DATA / "frus.xml").read_bytes())
    left = [isinstance(item, Record) and item.left for item in records]
    assert left == ["", NO_TELEGRAM, "", NO_TELEGRAM, "", "", NO_TELEGRAM]


@pytest.mark.parametrize(
    ("text", "path", "id_"),
    [
        (volume(telegram(1)), "x.xml", "frus1955-57v97/d1"),
        (
            volume(telegram(1), id_="").replace(
                "<fileDesc/>", '<fileDesc><idno type="frus">frus1917Supp02v02</idno></fileDesc>'
            ),
            "x.xml",
            "frus1917Supp02v02/d1",
        ),
        (
            volume(telegram(1), id_="").replace(
                "<fileDesc/>", '<fileDesc><bibl type="frus-volume-id">frus1861</bibl></fileDesc>'
            ),
            "x/d1.xml",
            "frus1861/d1",
        ),
        (volume(telegram(1), id_=""), "a/frus1969-76ve15p2Ed2.xml", "frus1969-76ve15p2Ed2/d1"),
        (
            telegram(1).replace("<div ", f"<div {TEI} ", 1),
            "frus1870-d1-excerpt.xml",
            "frus1870/d1",
        ),
        (f"\n<!-- saved -->\n{telegram(1)}", "frus1952-54Guatd1.xml", "frus1952-54Guat/d1"),
        (telegram(1) + telegram(1), "a/frus1969-76ve15p2Ed2/d1.xml", "frus1969-76ve15p2Ed2/d1"),
        (volume(telegram(1), id_="").replace(f" {TEI}", ""), "frus1870.xml", "frus1870/d1"),
        (f"<TEI.2 id='frus1870'><text>{telegram(1)}</text></TEI.2>", "x.xml", "frus1870/d1"),
    ],
    ids=[
        "root",
        "title page",
        "the head of one document",
        "name of the file",
        "one document",
        "no root",
        "a folder",
        "no namespace",
        "older TEI",
    ],
)
def test_a_volume_is_known_by_its_id(text: str, path: str, id_: str) -> None:
    found = formats.sniff(path, text.encode())
    assert not isinstance(found, formats.Skip)
    assert found.name == "frus"
    assert {raw.reference_id for raw in cables(text, path)} == {id_}


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><div type='document'>frus1955-57v97</div></body></html>",
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>A novel</text></TEI>',
        "Foreign Relations of the United States",
        "",
        f"<TEI {TEI}><text><div><head>Minutes</head><p>frus1955</p></div></text></TEI>",
        "<!DOCTYPE html><body><div type='document'><gloss type='from'>x</gloss></div></body>",
        "<doc><div type='document'><p>frus1955-57v97</p></div></doc>",
    ],
)
def test_other_files_are_no_volumes(text: str) -> None:
    assert not FORMAT.matches("minutes/novel.xml", text.encode())


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_any_encoding_gives_the_same_cables(codec: str, line_end: str) -> None:
    declared = "utf-8" if codec == "utf-8-sig" else codec
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n'
    text = volume(telegram(1, "<p>1. café\nZürich</p>"), telegram(2), declaration=declaration)
    data = text.replace("\n", line_end).encode(codec)
    assert formats.sniff("x.xml", data[: formats.HEAD]) is FORMAT
    assert [raw.body for raw in cables(data)] == ["1. café Zürich", "941. We met."]


def test_a_volume_that_another_program_wrote_again_gives_the_same_cables() -> None:
    data = (DATA / "frus.xml").read_bytes()
    again = ET.tostring(ET.fromstring(data), encoding="utf-8", xml_declaration=True)
    assert b"ns0:div" in again
    assert formats.sniff("x.xml", again[: formats.HEAD]) is FORMAT
    one, other = (
        [raw.reference_id + raw.created + raw.header + raw.body for raw in cables(each)]
        for each in (data, again)
    )
    assert one == other


def test_bytes_that_are_no_utf8_are_read_as_windows_wrote_them() -> None:
    data = volume(telegram(1, "<p>caf\udce9 \udc96 Zürich</p>")).encode(errors="surrogateescape")
    assert [raw.body for raw in cables(data)] == ["café – Zürich"]


def test_a_document_that_breaks_off_is_kept_and_named() -> None:
    text = volume(telegram(1), telegram(2)).partition("met.</p></div></div>")[0]
    whole = text[: text.rindex("met")]
    first, second, problem = items(whole.encode())
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert second.cable.body == "941. We"
    assert isinstance(problem, Problem)
    assert "d2 is cut off" in problem.reason
    assert problem.line == 4


def test_damage_in_one_document_spares_the_others() -> None:
    text = volume(telegram(1, "<p>a</b>c</p>"), telegram(2, "<p>b</p>"))
    first, problem, second = items(text.encode())
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.cable.body, second.cable.body) == ("a", "b")
    assert isinstance(problem, Problem)
    assert "d1 is not well-formed XML (mismatched tag)" in problem.reason


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        (volume(), PATH, "without documents"),
        (
            volume(f"{telegram(1, '<gloss/>')}", id_=""),
            "x.xml",
            "name the file, or a folder inside",
        ),
        (
            volume(document(1, "<p/>").replace(' xml:id="d1" n="1"', "")),
            PATH,
            "without an id or number",
        ),
    ],
)
def test_what_cannot_be_a_cable_is_named(text: str, path: str, reason: str) -> None:
    (problem,) = items(text.encode(), path)
    assert isinstance(problem, Problem)
    assert reason in problem.reason


def test_declared_entities_stay_what_they_are() -> None:
    bomb = (
        '<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/hostname">]>\n'
    )
    (raw,) = cables(volume(telegram(1, "<p>x &b; &f; y</p>"), declaration=bomb))
    assert raw.body == "x &b; &f; y"


@pytest.mark.parametrize(
    "inner",
    [
        "<note>x</note>" * 6_000 + "".join(f"<note n='{n}'/>" for n in range(6_000)),
        "<ref target='#d2'>1" * 6_000 + "</ref>" * 6_000,
        "".join(f"<ref target='#d{n}'>{n} x</ref>" for n in range(6_000)),
        "<list><item>" * 6_000 + "</item></list>" * 6_000,
        "<note>" * 6_000 + "</note>" * 6_000,
        "<row><cell>" * 6_000 + "</cell></row>" * 6_000,
    ],
    ids=["numbers", "references within", "many references", "lists", "notes", "rows"],
)
def test_heaps_cost_what_they_are(inner: str) -> None:
    heading = " From the X to the" * 5_000
    (raw,) = cables(volume(telegram(1, f"<p>{inner}</p>", heading)))
    assert raw.edition


def test_depth_costs_no_stack() -> None:
    (raw,) = cables(volume(telegram(1, f"{'<p><hi>' * 30_000}deep{'</hi></p>' * 30_000}")))
    assert raw.body == "deep"


@pytest.mark.shared
def test_the_excerpt_of_a_real_volume() -> None:
    (raw,) = cables(EXCERPT.read_bytes(), Path(EXCERPT).name)
    assert raw.reference_id == "frus1955-57v17/d89"
    assert (raw.created, raw.classification) == ("1957-02-12 23:00", "CONFIDENTIAL")
    said = raw.edition
    assert said
    assert (said.number, said.sender, said.to) == (
        "942",
        "Embassy in Israel",
        ("Department of State",),
    )
    assert said.precedences == ("PRIORITY",)
    assert len(said.notes) == 1


def test_the_pages_of_a_volume_are_no_part_of_what_its_documents_need() -> None:
    pages = '<surface><graphic url="https://example.org/1.tif"/></surface>' * 10_000
    text = volume(PERSONS, telegram(1, "<p><persName corresp='#p_S2'>Sapt</persName></p>"))
    text = text.replace("<text>", f"<facsimile>{pages}</facsimile><text>")
    (raw,) = cables(text)
    assert raw.edition is not None
    assert raw.edition.people[0].name == "Sapt, Otto"
    assert len(FORMAT.context(BytesIO(text.encode()))) < 2_000


def test_a_file_is_read_from_its_start() -> None:
    file = BytesIO(volume(telegram(1)).encode())
    assert len(list(FORMAT.records(file, PATH))) == 1


def cut(data: bytes) -> list[Document]:
    return list(DocumentCutter(BytesIO(data)).documents())


@pytest.mark.parametrize(
    "between",
    [
        "",
        '<!-- <div type="document" xml:id="d9"><p>out</p></div> -->',
        '<![CDATA[<div type="document">]]>',
        '<?note <div type="document"> ?>',
        '<div type="document"/>',
        '<divider type="document">x</divider>',
        "<p>a &lt;div type='document'&gt;</p>",
        "<!-- never ended ",
    ],
    ids=["nothing", "comment", "CDATA", "instruction", "empty", "other name", "text", "no end"],
)
def test_what_only_looks_like_a_document_is_none(between: str) -> None:
    text = volume(document(1, "<p>one</p>"), between, document(2, "<p>zwei é</p>"))
    found = cut(text.encode())
    whole = [document(1, "<p>one</p>"), document(2, "<p>zwei é</p>")]
    assert [each.data.decode() for each in found] == whole
    assert all(each.closed for each in found)


@pytest.mark.parametrize(
    "inner",
    [
        "<div type='section'><div><p>in</p></div></div>",
        "<tei:div type='a'>x</tei:div>",
        "<div a='>' type='b'>x</div><div/>",
        "<!-- </div> --><p>x</p>",
    ],
    ids=["nested", "prefixed", "bracket in a value", "comment"],
)
def test_a_document_ends_with_its_own_end_tag(inner: str) -> None:
    (found,) = cut(volume(document(1, inner)).encode())
    assert found.data.decode() == document(1, inner)
    assert found.closed


def test_attributes_stand_in_any_order_and_quotes() -> None:
    text = "<TEI><div n='7'\n  subtype='x' xml:id=\"d7\"\n type = 'document'><p/></div></TEI>"
    (found,) = cut(text.encode())
    assert found.data.startswith(b"<div n='7'")
    assert (found.line, found.offset) == (1, 5)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_places_are_bytes_in_any_encoding(codec: str) -> None:
    text = volume("<p>𝄞 clef</p>", document(1, "<p>𝄞 é</p>"), document(2, "<p>x</p>"))
    data = text.encode(codec)
    plain = codec.replace("utf-16", "utf-16-le") if codec == "utf-16" else codec
    plain = plain.removesuffix("-sig")
    found = cut(data)
    assert [each.data.decode(plain) for each in found] == [
        document(1, "<p>𝄞 é</p>"),
        document(2, "<p>x</p>"),
    ]
    assert all(data[each.offset :].startswith(each.data) for each in found)
    assert [each.line for each in found] == [4, 5]


def test_a_document_without_an_end_ends_where_the_next_one_begins() -> None:
    text = volume(document(1, "<p>one</p>").removesuffix("</div>"), document(2, "<p>two</p>"))
    first, second = cut(text.encode())
    assert (first.closed, second.closed) == (False, True)
    assert first.data.decode() == document(1, "<p>one</p>").removesuffix("</div>") + "\n"


def test_a_file_that_breaks_off_gives_the_rest() -> None:
    (found,) = cut(volume(document(1, "<p>one</p>")).encode()[:-20])
    assert found.closed
    (found,) = cut(volume(document(1, "<p>one</p>")).partition("</p>")[0].encode())
    assert not found.closed


def test_a_document_longer_than_memory_allows_is_named_and_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(DocumentCutter, "longest", 4000)
    monkeypatch.setattr(FileWindow, "grows", 1000)
    text = volume(document(1, "<p>x</p>" * 2000), document(2, "<p>two</p>"))
    first, second = cut(text.encode())
    assert first.data == b""
    assert first.offset == text.index('<div type="document"')
    assert second.data.decode() == document(2, "<p>two</p>")
    assert text.encode()[second.offset :].startswith(second.data)


PIECES = '<div type="document">|</div>|<div>|<!--|-->|<![CDATA[|]]>|<?|?>|<div|>|é\n|"| x'.split(
    "|"
)


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.integers(3, 40))
def test_pieces_of_any_size_are_cut_alike(parts: list[str], chunk: int) -> None:
    data = "".join(parts).encode()
    whole = cut(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FileWindow, "grows", chunk)
        assert cut(data) == whole
    assert all(data[each.offset :].startswith(each.data) for each in whole)
