"""LibreOffice's paragraphs: what is shown of them, and what is quoted."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.office import odt
from cable_tui.formats.office.blocks import TextDocument
from cable_tui.formats.office.packed_xml import Package

SPACES = 'xmlns:text="urn:text" xmlns:style="urn:style" xmlns:fo="urn:fo" xmlns:office="urn:office"'
RUBY = "<text:ruby-base>b</text:ruby-base><text:ruby-text>x</text:ruby-text>"


def document(body: str, styles: str = "") -> TextDocument:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr(odt.MAIN, f"<office:text {SPACES}>{styles}{body}</office:text>")
    return odt.read(Package(packed))


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [  # OpenDocument 1.3, part 3: 6.1.2 (blanks), 5.5 (changes), 14.1 (annotations), 6.4 (ruby)
        ("a<text:s/>b", "a b"),
        ('a<text:s text:c="3"/>b', "a b"),
        (f'a<text:s text:c="{"9" * 5000}"/>b', "a b"),
        ("a<text:tab/>b", "a b"),
        ("a<text:line-break/>b", "a\nb"),
        ("a<office:annotation><text:p>x</text:p></office:annotation>b", "ab"),
        (f"a<text:ruby>{RUBY}</text:ruby>", "ab"),
    ],
    ids=["blank", "blanks", "a number of 5000 digits", "tab", "line", "comment", "ruby"],
)
def test_the_text_is_what_is_shown(inside: str, wanted: str) -> None:
    assert [each.text for each in document(f"<text:p>{inside}</text:p>").blocks] == [wanted]


def test_what_was_taken_out_is_kept_apart_and_not_read() -> None:
    gone = "<text:tracked-changes><text:p>never</text:p></text:tracked-changes>"
    assert [each.text for each in document(f"{gone}<text:p>a</text:p>").blocks] == ["a"]


def style(name: str, sides: str = "", more: str = "") -> str:
    return (
        f'<style:style style:name="{name}" {more}><style:paragraph-properties {sides}/>'
        "</style:style>"
    )


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [("1cm", "10mm", True), ("0.5in", "36pt", True), ("1cm", "0cm", False), ("1cm", "wide", False)],
)
def test_a_paragraph_is_set_apart_on_both_sides(left: str, right: str, wanted: bool) -> None:
    own = style("P1", f'fo:margin-left="{left}" fo:margin-right="{right}"')
    (made,) = document('<text:p text:style-name="P1">a</text:p>', own).blocks
    assert made.is_quotation == wanted


BASE = style("Base", 'fo:margin-left="1cm" fo:margin-right="1cm"')
LEFT = style("Left", 'fo:margin-left="1cm"')
FROM_BASE = 'style:parent-style-name="Base"'


@pytest.mark.parametrize(
    ("styles", "wanted"),
    [  # OpenDocument 1.3, part 3: 16.2 (styles and their parents), 20.212 to 20.217 (margins)
        (BASE + style("P1", "", FROM_BASE), True),
        (
            BASE + style("Mid", "", FROM_BASE) + style("P1", "", 'style:parent-style-name="Mid"'),
            True,
        ),
        (LEFT + style("P1", 'fo:margin-right="1cm"', 'style:parent-style-name="Left"'), True),
        (LEFT + style("P1", "", 'style:parent-style-name="Left"'), False),
        (BASE + style("P1", 'fo:margin-right="0cm"', FROM_BASE), False),
        (BASE + style("P1", 'fo:margin-right="100%"', FROM_BASE), True),
        (style("P1", 'fo:margin="1cm"'), True),
        (style("P1", 'fo:margin="1cm" fo:margin-left="0cm"'), False),
        (style("P1", 'fo:margin-left="-1cm" fo:margin-right="1cm"'), False),
        (style("P1", "", 'style:parent-style-name="Quotations"'), True),
        (style("P1", "", 'style:parent-style-name="Block_20_Text"'), True),
        (style("P1", "", 'style:display-name="Mein Zitat"'), True),
        (style("P1", "", 'style:parent-style-name="P1"'), False),
        # A style of words of the same name.
        (
            style("P1", 'fo:margin="1cm"', 'style:family="paragraph"')
            + style("P1", "", 'style:family="text"'),
            True,
        ),
        (style("P1", 'fo:margin="1cm"', 'style:family="table"'), False),
    ],
)
def test_what_a_style_does_not_say_its_parent_says(styles: str, wanted: bool) -> None:
    (made,) = document('<text:p text:style-name="P1">a</text:p>', styles).blocks
    assert made.is_quotation == wanted


def test_styles_of_the_other_part_are_known_and_its_heads_are_not_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        head = "<text:p>page 1 of 9</text:p>"
        made.writestr("styles.xml", f"<office:d {SPACES}>{BASE}{head}</office:d>")
        body = f'{style("P1", "", FROM_BASE)}<text:p text:style-name="P1">a</text:p>'
        made.writestr(odt.MAIN, f"<office:d {SPACES}>{body}</office:d>")
    blocks = odt.read(Package(packed)).blocks
    assert [(each.text, each.number, each.is_quotation) for each in blocks] == [("a", 1, True)]


def test_what_describes_a_picture_is_no_text_and_the_field_of_the_title_is() -> None:
    frame = "<draw:frame><svg:title>a map</svg:title><svg:desc>of it</svg:desc></draw:frame>"
    body = f"<text:p>see {frame}here: <text:title>Rocks</text:title></text:p>"
    (made,) = document(body.replace("draw:", "office:").replace("svg:", "style:")).blocks
    assert made.text == "see here: Rocks"


def test_boxes_tables_and_notes_are_paragraphs_of_their_own() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>{}</text:note-citation>'
        "<text:note-body><text:p>{}</text:p><text:p>more</text:p></text:note-body></text:note>"
    )
    body = (
        f"<text:p>one{note.format('footnote', 1, 'f1')} and{note.format('endnote', 'i', 'e1')}"
        f"<office:frame><office:text-box><text:p>boxed</text:p></office:text-box></office:frame>"
        f" so{note.format('footnote', 2, 'f2')}</text:p>"
        "<office:table><office:cell><text:p>cell</text:p></office:cell></office:table>"
    )
    made = document(body).blocks
    assert [(each.text, each.note) for each in made] == [
        ("boxed", ""),
        ("one and so", ""),
        ("cell", ""),
        ("f1", "note 1"),
        ("more", "note 1"),
        ("e1", "endnote 1"),
        ("more", "endnote 1"),
        ("f2", "note 2"),
        ("more", "note 2"),
    ]
    assert made[1].note_references == ((3, "note 1"), (7, "endnote 1"), (10, "note 2"))


ELEMENTS = st.sampled_from(
    "text:p text:h text:span text:note text:s office:annotation style:style text:title".split()
)
TREES = st.recursive(
    st.text(st.characters(categories=["L", "Zs"]), max_size=8),
    lambda inner: st.builds(
        lambda name, within: f"<{name}>{''.join(within)}</{name}>",
        ELEMENTS,
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(TREES)
def test_any_tree_of_its_elements_is_read(body: str) -> None:
    for each in document(body).blocks:
        assert each.text == each.text.strip()
