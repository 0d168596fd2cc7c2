"""The XML of one document as blocks of text."""

import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.frus.markup import (
    CELL,
    CLOSE,
    END,
    FROM,
    LINE,
    NAME,
    OPEN,
    SOFT,
    MarkedUpDocument,
    bare,
    plain,
    read,
    shown,
    without_sides,
)
from tests.formats.frus.volumes import TEI
from tests.formats.samples import DATA


def marked(inner: str) -> MarkedUpDocument:
    return read(f'<div type="document" xml:id="d1" n="1">{inner}</div>')


def lines(found: MarkedUpDocument) -> list[str]:
    return [shown(block.text) for block in found.blocks]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<p>a\n   b</p><p>c</p>", ["a b", "c"]),
        ("<p>some<pb n='4'/>thing <hi>i<hi>n</hi></hi>side</p>", ["something inside"]),
        ("<p>one<lb/>two</p>", ["one\ntwo"]),
        ("<p>&#x2014;&amp;&lt;&#65;</p>", ["—&<A"]),
        ("<p><![CDATA[<b>&amp;]]></p>", ["<b>&amp;"]),
        ("<p>a<!-- no --><?no no?>b</p>", ["ab"]),
        ("<p>so: <list><item>a</item><item>b</item></list> tail</p>", ["so:", "a", "b", "tail"]),
        ("<list><label>1.</label><item>a</item><label>2.</label></list>", ["1. a", "2."]),
        ("<list><label>1.</label><item><p>a</p><p>b</p></item></list>", ["1. a", "b"]),
        (
            (
                "<table>\n<row>\n<cell/>\n<cell>x</cell>\n</row><row><cell><p>y</p></cell>"
                "<cell>z<list><item>q</item></list></cell></row></table>"
            ),
            ["| x", "y | z q"],
        ),
        ("<p>x<note n='2'>y</note>z</p>", ["x[2]z"]),
        (
            "<list><label>1.</label><item>a<note n='2'>y</note></item><label>2.</label></list>",
            ["1. a[2]", "2."],
        ),
        ("<p>x<note n='0'>y</note>z<note n='1'>q</note></p>", ["x[*]z[1]"]),
        ("<p>(<persName>\n <hi>Sapt</hi>\n </persName>) came</p>", ["(Sapt) came"]),
        ("<p><placeName>\n <hi>Zenda</hi>\n</placeName>, May</p>", ["Zenda, May"]),
        ("<p>to <gloss>UN</gloss>\n <hi>we</hi>\n<note n='2'>y</note></p>", ["to UN we[2]"]),
        ("<p>“<q>\n<hi>We</hi>\n</q>”</p>", ["“We”"]),
        ("<p>a <choice>\n<sic>teh</sic>\n<corr>the</corr>\n</choice> b</p>", ["a teh [the] b"]),
        ("<p>a <choice><reg>the</reg><orig>ye</orig></choice>.</p>", ["a ye [the]."]),
        ("<p><choice><sic/><corr>so</corr></choice><corr>on</corr></p>", ["soon"]),
        ("<p><choice><sic><p>a</p></sic><corr>b</corr></choice></p>", ["a", "b"]),
        ("<p>we <del>may</del> will</p>", ["we [deleted: may] will"]),
        ("<p>we <hi rend='strikethrough'>may</hi> will</p>", ["we [deleted: may] will"]),
        ("<p>a <gap reason='illegible' extent='2 lines'/></p>", ["a [gap: 2 lines illegible]"]),
        ("<p>a <gap/> b <supplied>c</supplied></p>", ["a [gap] b c"]),
        ("<figure><graphic url='map_1'/></figure>", ["[image: map_1]"]),
        ("<p><xi:include href='d2.xml'/></p>", ["[in another file: d2.xml]"]),
        ("<p>x<note rend='inline'>y</note></p>", ["x", "y"]),
        ("loose <p>x</p> ends", ["loose", "x", "ends"]),
        ("<tei:p>a</tei:p><frus:attachment><tei:head>b</tei:head></frus:attachment>", ["a", "b"]),
        ("<quote><lg><l>a</l><l>b</l></lg></quote>", ["a", "b"]),
        ("<figure><head>Map</head><figDesc>of Zenda</figDesc></figure>", ["Map", "of Zenda"]),
    ],
)
def test_text_is_cut_into_blocks(inner: str, expected: list[str]) -> None:
    found = marked(inner)
    assert lines(found) == expected
    assert not found.damage


def test_footnotes_stand_apart_and_keep_their_order() -> None:
    found = marked(
        "<head>1. X<note n='1' type='source'>Source: <hi>here</hi>.</note></head>"
        "<p>a<note n='2'><p>b</p><p>c <note n='9'>inner</note></p></note> d<note>e</note></p>"
    )
    assert [block.kind for block in found.blocks] == ["head", "source", "p"]
    assert [(note.number, shown(note.text)) for note in found.notes] == [
        ("2", "b\nc [9]"),
        ("9", "inner"),
        ("3", "e"),
    ]
    assert lines(found)[1:] == ["Source: here.", "a[2] d[3]"]
    assert bare(found.blocks[2].text) == "a d"


def test_a_number_that_stands_on_two_pages_is_told_apart() -> None:
    found = marked("<p>a<note n='1'>x</note>b<note n='1'>y</note>c<note n='2'>z</note></p>")
    assert lines(found) == ["a[1]b[2]c[3]"]


def test_what_stands_above_the_text_is_the_header() -> None:
    found = marked(
        "<note rend='inline' type='source'>874.001: Telegram</note><head>X</head>"
        "<opener><seg>secret</seg><dateline><placeName>Zenda</placeName>, "
        "<date when='1948-04-06'>April 6</date></dateline></opener><p>a</p>"
        "<closer><dateline><placeName>Rome</placeName></dateline></closer>"
    )
    assert [(block.kind, block.header) for block in found.blocks] == [
        ("note", True),
        ("head", True),
        ("seg", True),
        ("dateline", True),
        ("p", False),
        ("dateline", False),
    ]
    assert (found.place.strip(), found.date) == ("Zenda", {"when": "1948-04-06"})


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<p>R & D &nbsp;&mdash; &what; &</p>", "R & D — &what; &"),
        ("<p>a < b</p>", "a < b"),
        ("<p>a\x01b</p>", "a\N{REPLACEMENT CHARACTER}b"),
        ("<p>&lt;<hi/>&#65; & b</p>", "<A & b"),
    ],
)
def test_small_damage_is_mended(inner: str, text: str) -> None:
    found = marked(inner)
    assert lines(found) == [text]
    assert not found.damage


@pytest.mark.parametrize(
    ("xml", "kept"),
    [
        ("<div><p>one</p><p>two <hi>thr", ["one", "two thr"]),
        ("<div><p>one</p><p>two</hi> three</p></div>", ["one", "two"]),
        ("", []),
        ("no xml", []),
    ],
)
def test_what_stands_before_damage_is_kept(xml: str, kept: list[str]) -> None:
    found = read(xml)
    assert lines(found) == kept
    assert found.damage


def test_no_word_of_a_sample_is_lost_or_altered() -> None:
    tree = ET.parse(DATA / "frus.xml")
    tei = "{http://www.tei-c.org/ns/1.0}"
    for lb in tree.iter(f"{tei}lb"):
        lb.text = " "
    for element in tree.iter(f"{tei}div"):
        if element.get("type") == "document":
            found = read(ET.tostring(element, encoding="unicode"))
            texts = [bare(block.text) for block in found.blocks]
            texts += [bare(note.text) for note in found.notes]
            assert _words(" ".join(texts)) == _words(_spaced(element))


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def _spaced(element: ET.Element) -> str:
    """All text, with blanks around what no word goes over."""
    around = (
        "" if re.search(r"\}(?:hi|gloss|persName|pb|ref|date|placeName)$", element.tag) else " "
    )
    inner = "".join(f"{_spaced(child)}{child.tail or ''}" for child in element)
    return f"{around}{element.text or ''}{inner}{around}"


_TREE = st.recursive(
    st.text("ab&<é \n", max_size=6).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.tuples(
        st.sampled_from("p hi list item note table row cell lb pb quote label head seg".split()),
        st.lists(inner, max_size=4),
    ).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"),
    max_leaves=12,
)


@given(_TREE)
def test_no_letter_of_any_document_is_lost(inner: str) -> None:
    xml = f"<div {TEI}>{inner}</div>"
    found = read(xml)
    texts = [bare(block.text) for block in found.blocks] + [bare(n.text) for n in found.notes]
    letters = Counter("".join(ET.fromstring(xml).itertext()).replace(" ", ""))
    del letters["\n"]
    ours = Counter("".join(texts).replace(" ", ""))
    del ours["\n"]
    del ours["|"]
    assert ours == letters


@given(st.text("<>/&;div p=\"'!-[]x\n", max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(read(text), MarkedUpDocument)


@pytest.mark.parametrize(
    ("rend", "parent", "text", "kind"),
    [
        ("", "div", "Come.", "p"),
        ("flushleft", "div", "Come.", "p"),
        ("sectiontitleital", "div", "Proposals", "heading"),
        ("center", "div", "[Telegram]", "heading"),
        ("center", "div", "SCHEDULE 1", "heading"),
        ("center", "div", "* * * * *", "rule"),
        ("center", "div", "We met. " * 50, "p"),
        ("flushleft", "div", "No. 549]", "seg"),
        ("flushleft", "div", "[No. A-12.]", "seg"),
        ("", "div", "No. 549 came.", "p"),
        ("", "postscript", "Hon. Rupert H. Hentzau,\nSecretary of State.", "addressed"),
        ("", "postscript", "F. Tarlenheim, Esq., &c., &c., Strelsau.", "addressed"),
        ("", "postscript", "His Excellency Mr. Sapt.", "addressed"),
        ("", "postscript", "P. S. Come.", "p"),
        ("", "postscript", "Sir William came. He left.", "p"),
        ("center", "postscript", "[Enclosure 1]", "heading"),
    ],
)
def test_a_paragraph_is_known_by_its_markup_and_its_words(
    rend: str, parent: str, text: str, kind: str
) -> None:
    words = text.replace("&", "&amp;")
    (block,) = marked(f"<{parent}><p rend='{rend}'>{words}</p></{parent}>").blocks
    assert block.kind == kind


def test_other_kinds_stay() -> None:
    assert [block.kind for block in marked("<quote>No. 549]</quote>").blocks] == ["quote"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("[Enclosure 1]", 1),
        ("[Inclosure.—Translation]", 1),
        ("[Subenclosure]", 1),
        ("Annex B", 1),
        ("SCHEDULE 1", 0),
        ("The enclosure", 0),
    ],
)
def test_enclosures_are_known_by_their_heading(heading: str, expected: int) -> None:
    found = marked(f"<postscript><p rend='center'>{heading}</p><p>It.</p></postscript>")
    assert [block.attachment for block in found.blocks] == [expected] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n  b", "a b"),
        (f"a {LINE} b{CELL}c", "a\nb | c"),
        (f"(Sapt{SOFT}){SOFT}and{SOFT}, so{SOFT}{OPEN}2{CLOSE}", "(Sapt) and, so\ufffe2\uffff"),
        (f"(\x01\x04{SOFT}Sapt{SOFT}\x03) wrote", "(\x01\x04Sapt\x03) wrote"),
        (f"“{SOFT}We{SOFT}”", "“We”"),
    ],
)
def test_lines_are_joined_and_marks_set(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_signs_are_shown_or_left_out() -> None:
    words = f"{FROM}{NAME}Sapt{END} met{OPEN}2{CLOSE} us"
    assert shown(without_sides(words)) == "Sapt met[2] us"
    assert bare(words) == "Sapt met us"


@given(st.text(st.sampled_from(f"ab(). ,\n{SOFT}{FROM}{END}{LINE}{CELL}"), max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    assert [sign for sign in plain(text) if sign in "ab(),."] == [
        sign for sign in text if sign in "ab(),."
    ]
