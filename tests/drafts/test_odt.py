"""LibreOffice's paragraphs: what is shown of them, and what is quoted."""

from __future__ import annotations

import io
import zipfile

import pytest

from cable_tui.drafts import odt
from cable_tui.drafts.base import Draft
from cable_tui.drafts.packed_xml import Package

SPACES = 'xmlns:text="urn:text" xmlns:style="urn:style" xmlns:fo="urn:fo" xmlns:office="urn:office"'
RUBY = "<text:ruby-base>b</text:ruby-base><text:ruby-text>x</text:ruby-text>"


def draft(body: str, styles: str = "") -> Draft:
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
    assert [each.text for each in draft(f"<text:p>{inside}</text:p>").blocks] == [wanted]


def test_what_was_taken_out_is_kept_apart_and_not_read() -> None:
    gone = "<text:tracked-changes><text:p>never</text:p></text:tracked-changes>"
    assert [each.text for each in draft(f"{gone}<text:p>a</text:p>").blocks] == ["a"]


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [("1cm", "10mm", True), ("0.5in", "36pt", True), ("1cm", "0cm", False), ("1cm", "wide", False)],
)
def test_a_paragraph_is_set_apart_on_both_sides(left: str, right: str, wanted: bool) -> None:
    style = (
        f'<style:style style:name="P1"><style:paragraph-properties fo:margin-left="{left}" '
        f'fo:margin-right="{right}"/></style:style>'
    )
    (made,) = draft('<text:p text:style-name="P1">a</text:p>', style).blocks
    assert made.is_quotation == wanted
