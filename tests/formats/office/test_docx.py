"""Word's paragraphs: what is shown of them, what is quoted, and where links and notes are."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.office import docx
from cable_tui.formats.office.blocks import TextBlock, TextDocument
from cable_tui.formats.office.packed_xml import Package

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
BOTH = '<w:pPr><w:ind w:left="720" w:right="720"/></w:pPr>'
"""Half an inch on both sides, as Word's own quotations have it."""


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}{run(text)}</w:p>"


def document(body: str, **parts: str) -> TextDocument:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr(docx.MAIN, f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            made.writestr(f"word/{name}", text)
    return docx.read(Package(packed))


def blocks(body: str, **parts: str) -> tuple[TextBlock, ...]:
    return document(body, **parts).blocks


def test_every_paragraph_has_its_number_and_its_heading() -> None:
    body = para("Rocks", '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>') + para("  ") + para("One.")
    assert [(each.text, each.number, each.heading) for each in blocks(body)] == [
        ("Rocks", 1, "Rocks"),
        ("One.", 2, "Rocks"),
    ]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [  # ECMA-376, part 1: 17.3.3 (what a run holds), 17.13.5 (revisions), 17.3.2.41 (hidden text)
        (f"<w:p>{run('a')}<w:r><w:tab/></w:r>{run('b')}</w:p>", "a b"),
        (f"<w:p>{run('a')}<w:r><w:br/></w:r>{run('b')}</w:p>", "a\nb"),
        (f"<w:p>{run('a')}<w:r><w:noBreakHyphen/></w:r>{run('b')}</w:p>", "a-b"),
        (f"<w:p>{run('co')}<w:r><w:softHyphen/></w:r>{run('operate')}</w:p>", "cooperate"),
        (f"<w:p>{run('a')}<w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>", "a"),
        (f"<w:p>{run('a')}<w:ins>{run('b')}</w:ins></w:p>", "ab"),
        (f"<w:p>{run('a')}<w:moveFrom>{run('b')}</w:moveFrom></w:p>", "a"),
        (f"<w:p>{run('a')}<w:moveTo>{run('b')}</w:moveTo></w:p>", "ab"),
        (
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>a</w:t></w:r></w:p>",
            "a",
        ),
        ('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>a</w:t></w:r></w:p>', "a"),
        (
            (
                "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"
                "<w:t>once hidden</w:t></w:r></w:p>"
            ),
            "once hidden",
        ),
        (
            (
                f"<w:p><w:ruby><w:rt>{run('above')}</w:rt><w:rubyBase>{run('base')}</w:rubyBase>"
                "</w:ruby></w:p>"
            ),
            "base",
        ),
    ],
)
def test_the_text_is_what_is_shown(body: str, wanted: str) -> None:
    assert [each.text for each in blocks(body)] == [wanted]


GONE = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
MOVED = '<w:pPr><w:rPr><w:moveFrom w:id="1" w:author="a"/></w:rPr></w:pPr>'
CELL = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
BOX = f"<w:r><w:txbxContent>{para('in a box')}</w:txbxContent></w:r>"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [  # ECMA-376, part 1: 17.13.5.15 (deleted paragraph)
        (para("one ", GONE) + para("two"), ["one two"]),
        (para("one ", MOVED) + para("two"), ["one two"]),
        (para("a ", GONE) + para("b ", GONE) + para("c") + para("d"), ["a b c", "d"]),
        (para("the last", GONE), ["the last"]),
        (CELL.format(para("one", GONE)) + para("two"), ["one", "two"]),
        (para("one", GONE) + CELL.format(para("two")), ["one", "two"]),
        (f"<w:p>{GONE}{run('one ')}{BOX}</w:p>{para('two')}", ["in a box", "one two"]),
    ],
)
def test_a_paragraph_whose_end_was_taken_out_goes_on(body: str, wanted: list[str]) -> None:
    assert [each.text for each in blocks(body)] == wanted


def test_a_paragraph_that_goes_on_looks_as_the_one_whose_end_is_left() -> None:
    first = GONE.replace("<w:pPr>", '<w:pPr><w:pStyle w:val="Quote"/>')
    assert [each.is_quotation for each in blocks(para("one ", first) + para("two"))] == [False]


STYLES = f"""<w:styles {WORD}>
<w:style w:styleId="Zitat9"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="House block"/><w:basedOn w:val="Zitat9"/></w:style>
<w:style w:styleId="Wide"><w:name w:val="Wide"/><w:pPr><w:ind w:left="720" w:right="720"/></w:pPr>
</w:style>
<w:style w:styleId="Wider"><w:name w:val="Wider"/><w:basedOn w:val="Wide"/></w:style>
<w:style w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Round"/></w:style>
</w:styles>"""


@pytest.mark.parametrize(
    ("properties", "wanted"),
    [
        ("", False),
        (BOTH, True),
        (BOTH.replace("left", "start").replace("right", "end"), True),
        ('<w:pPr><w:ind w:left="720"/></w:pPr>', False),  # docs/checking.md
        ('<w:pPr><w:ind w:left="wide" w:right="720"/></w:pPr>', False),
        ('<w:pPr><w:pStyle w:val="Zitat9"/></w:pPr>', True),
        ('<w:pPr><w:pStyle w:val="Mine"/></w:pPr>', True),
        ('<w:pPr><w:pStyle w:val="Wider"/></w:pPr>', True),
        ('<w:pPr><w:pStyle w:val="Wider"/><w:ind w:right="0"/></w:pPr>', False),
        ('<w:pPr><w:pStyle w:val="Round"/></w:pPr>', False),
        (f"<w:pPr><w:pPrChange>{BOTH}</w:pPrChange></w:pPr>", False),
    ],
)
def test_a_quotation_is_set_apart_by_its_style_or_on_both_sides(
    properties: str, wanted: bool
) -> None:
    (made,) = blocks(para("one", properties), **{"styles.xml": STYLES})
    assert made.is_quotation == wanted


ADDRESS = "https://example.org/cable/09RABAT12.html"
CODE = f' HYPERLINK "{ADDRESS}" '


@pytest.mark.parametrize(
    "link",
    [
        f'<w:hyperlink w:id="r1">{run("there")}</w:hyperlink>',
        f'<w:fldSimple w:instr="{CODE.replace(chr(34), "&quot;")}">{run("there")}</w:fldSimple>',
        f"<w:r><w:instrText>{CODE}</w:instrText></w:r>{run('there')}",
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText> HYPER</w:instrText></w:r>"
            f'<w:r><w:instrText>LINK "{ADDRESS}" </w:instrText></w:r>{run("there")}'
        ),
    ],
    ids=["hyperlink", "simple field", "field", "field in two runs"],
)
def test_a_link_stands_before_its_words(link: str) -> None:
    relation = f'<Relationship Id="r1" TargetMode="External" Target="{ADDRESS}"/>'
    relations = f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
    (made,) = blocks(f"<w:p>{run('see ')}{link}</w:p>", **{"_rels/document.xml.rels": relations})
    assert (made.text, made.links) == ("see there", ((4, ADDRESS),))


def test_the_code_of_a_field_is_no_text_and_in_pieces_takes_no_long_time() -> None:
    """As programs for references write it: every piece was joined with all before it."""
    pieces = '<w:r><w:instrText>ADDIN ZOTERO_ITEM "a"</w:instrText></w:r>' * 8_000
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    (made,) = blocks(f"<w:p>{begin}{pieces}{run('(Rabat 12)')}</w:p>")
    assert (made.text, made.links) == ("(Rabat 12)", ())


def test_a_box_is_read_once_and_for_what_it_is() -> None:
    choice = f"<mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
    drawn = f'<mc:AlternateContent xmlns:mc="mc">{choice}</mc:AlternateContent>'
    body = f"<w:p>{run('around ')}<w:r>{drawn}</w:r>{run('it')}</w:p>"
    assert [each.text for each in blocks(body)] == ["in a box", "around it"]


def test_notes_are_counted_as_their_marks_come() -> None:
    def mark(kind: str, id_: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{id_}"/></w:r>'

    marks = mark("footnote", 7) + mark("endnote", 2) + mark("footnote", 3)
    notes = "".join(f'<w:footnote w:id="{at}">{para(f"f{at}")}</w:footnote>' for at in (3, 7))
    made = document(
        f"<w:p>{run('a')}{marks}</w:p>{para('b')}",
        **{
            "footnotes.xml": f"<w:footnotes {WORD}>{notes}</w:footnotes>",
            "endnotes.xml": f'<w:endnotes {WORD}><w:endnote w:id="2">{para("e")}</w:endnote>'
            "</w:endnotes>",
            "comments.xml": "<comments/>",
        },
    )
    assert made.blocks[0].note_references == ((1, "note 1"), (1, "endnote 1"), (1, "note 2"))
    assert [(each.text, each.note, each.number) for each in made.blocks[1:]] == [
        ("b", "", 2),
        ("f3", "note 2", 3),
        ("f7", "note 1", 4),
        ("e", "endnote 1", 5),
    ]
    assert made.left_out == ("its comments",)


def test_a_book_has_many_notes() -> None:
    many = 8_000  # counted again for each, they took a minute
    marks = "".join(f'<w:r><w:footnoteReference w:id="{at}"/></w:r>' for at in range(many))
    (made,) = blocks(f"<w:p>{run('a')}{marks}</w:p>")
    assert made.note_references[-1] == (1, f"note {many}")


NAMES = st.sampled_from(
    "p pPr r rPr t del ins vanish tbl tc ind pStyle footnote footnoteReference instrText fldChar "
    "txbxContent hyperlink rPrChange".split()
)
TREES = st.recursive(
    st.text(st.sampled_from("ab &<"), max_size=4).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.builds(
        lambda name, within: f"<w:{name}>{''.join(within)}</w:{name}>",
        NAMES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(TREES)
def test_any_tree_of_its_elements_is_read(body: str) -> None:
    for each in blocks(body):
        assert each.text == each.text.strip()
