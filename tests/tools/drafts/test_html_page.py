"""Drafts as pages: whatever the mark-up, no word of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tools.drafts import html_page

FIVE = "one two three four five"
ADDRESS = "https://example.org/cable/09RABAT12.html"


def texts(text: str) -> list[str]:
    return [each.text for each in html_page.read(text).blocks]


@pytest.mark.parametrize(
    "text",
    [
        "<head><title>x</title><body><p>the end of the head may be left out",
        "<head><title>x</title><style>p {}</style></head><p>the usual head",
        f"{'<span>' * 10_001}<style>x</style><p>behind much that is open",
        "<![if !supportFootnotes]><p>as Word writes it<![endif]>",
        "<![foo[x]]><p>no such section",
        "<![ ><p>a section without a name",
        "<![foo><p>not closed",
        "<!-- a > b --><p>behind a comment",
    ],
)
def test_no_word_is_lost(text: str) -> None:
    assert texts(text)[-1:] == [text[text.rindex("<p>") + 3 :].removesuffix("<![endif]>")]


def test_a_quotation_ends_with_its_block_however_many_paragraphs_stay_open() -> None:
    made = html_page.read(f"<blockquote>{'<p>a' * 40}</blockquote><p>free").blocks
    assert [each.is_quotation for each in made] == [True] * 40 + [False]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"<p>So <q>{FIVE}</q>.", [FIVE]),
        (f"<p><a href='https://example.org/'><q>{FIVE}</q></a>", [FIVE]),
        (f"<q><p>{FIVE}</p><p>six {FIVE}</p></q>", [FIVE, f"six {FIVE}"]),
        (f"<p>So <q>{FIVE}", [FIVE]),
    ],
    ids=["in a line", "in a link", "over paragraphs", "not closed"],
)
def test_what_mark_up_quotes_is_found(text: str, wanted: list[str]) -> None:
    found = [
        each.text[start:end] for each in html_page.read(text).blocks for start, end in each.quoted
    ]
    assert found == wanted


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        ("<p class='block-text'>", True),  # LibreOffice, of a style that is called so
        ("<p class='quotations-western'>", True),
        ("<p class=MsoQuote>", True),  # Word
        ("<p class='x MsoIntenseQuote'>", True),
        ("<p class=MsoBlockText>", True),
        ("<p style='margin-left:.5in;margin-right:36.0pt'>", True),
        ("<p style='margin-top: 0in; margin-left: 1cm; margin-right: 1cm'>", True),
        ("<p style='margin-left:.5in'>", False),
        ("<p style='margin-left:.5in;margin-right:0in'>", False),
        ("<p style='margin-left:-.5in;margin-right:-.5in'>", False),
        ("<p class='citation'>", False),
        ("<p class='quoted-by'>", False),
        ("<p>", False),
    ],
)
def test_paragraphs_are_set_apart_as_office_programs_do_it(paragraph: str, wanted: bool) -> None:
    made = html_page.read(f"<p>a</p>{paragraph}b</p>c<p>d").blocks
    assert [(each.text, each.is_quotation) for each in made] == [
        *(("a", False), ("b", wanted), ("c", False), ("d", False))
    ]


def test_a_division_of_quotations_is_set_apart() -> None:
    made = html_page.read("<div class='quote'><p>a</p><div><p>b</p></div></div><p>c").blocks
    assert [(each.text, each.is_quotation) for each in made] == [
        *(("a", True), ("b", True), ("c", False))
    ]


@pytest.mark.parametrize(
    ("paragraph", "text", "links"),
    [
        ("a <a href='{}'>↗</a>", "a ↗", ((2, ADDRESS),)),  # without words
        ("a <del><a href='{}'>b</a></del> c", "a  c", ()),
    ],
)
def test_a_link_is_kept_but_one_that_was_taken_out(
    paragraph: str, text: str, links: tuple[tuple[int, str], ...]
) -> None:
    (made,) = html_page.read(f"<p>{paragraph.format(ADDRESS)}").blocks
    assert (made.text, made.links) == (text, links)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "<p>vol.&nbsp;XVIII,\n  doc.\t12<br>next</p><pre>one\n  two</pre>",
            ["vol. XVIII, doc. 12\nnext", "one\n  two"],
        ),
        ("<p>a <a href='https://example.org/'>b<br>c</a>", ["a b\nc"]),
        # As LibreOffice writes a tracked change.
        ("<p>with a <del>strong </del><ins>tendency</ins> to", ["with a tendency to"]),
    ],
)
def test_lines_and_words_are_those_that_a_page_shows(text: str, wanted: list[str]) -> None:
    assert texts(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p>a<script>let x;<p>words", ("a <script> that is not closed, from paragraph 1 on",)),
        ("<p>a<style>p {}<p>words", ("a <style> that is not closed, from paragraph 1 on",)),
        ("<p>a<template><p>words", ("a <template> that is not closed, from paragraph 2 on",)),
        ("<title>a<p>words", ("a <title> that is not closed, from paragraph 1 on",)),
        ("<p>a<template>b</template> c", ("a <template>, at paragraph 1",)),
        ("<p>a</p><svg><text>b</text></svg>", ("a <svg>, at paragraph 2",)),
        ("<p>a<noscript>b</noscript>", ("a <noscript>, at paragraph 1",)),
        ("<p>a<del>b</del><ins>c</ins>", ("a <del>, at paragraph 1",)),
        ("<p>a<!-- b --><!-- c -->", ("its comments",)),
        ("<p>a<!-- b <p>c", ("text after a comment that is never closed",)),
        # What nobody wrote as a text.
        ("<title>a</title><style>b</style><script>c</script><p>d", ()),
        ("<template></template><svg><path d='M0'/></svg><p>d", ()),
        ("<!--[if gte mso 9]><xml>x</xml><![endif]--><!-- --><!-- ---- --><p>d", ()),
        ("<p>d<script>", ()),
    ],
)
def test_what_is_left_out_is_named(text: str, wanted: tuple[str, ...]) -> None:
    assert html_page.read(text).left_out == wanted


def chapter(number: int) -> str:
    return (
        f"<h1>Chapter {number}</h1>"
        f"<p>a <a href='#c{number}n1' id='c{number}r1'><sup>1</sup></a>"
        f" b <a href='#c{number}n2' id='c{number}r2'><sup>2</sup></a></p>"
        f"<ol><li id='c{number}n1'><a href='#c{number}r1'>1</a>. See {number}A.</li>"
        f"<li id='c{number}n2'>See {number}B. <a href='#c{number}r2'>↩</a></li></ol>"
    )


def test_notes_that_are_counted_anew_in_each_chapter_are_not_the_same() -> None:
    made = html_page.read("".join(map(chapter, range(1, 5)))).blocks
    notes = [(each.note, each.text.strip(". ↩")) for each in made if each.note]
    nth = ("", "2nd ", "3rd ", "4th ")
    assert notes == [
        (f"{each}note {number}", f"See {at}{'AB'[number - 1]}")
        for at, each in enumerate(nth, 1)
        for number in (1, 2)
    ]
    marks = [
        tuple(mark.note for mark in each.note_references) for each in made if each.note_references
    ]
    assert marks == [(f"{each}note 1", f"{each}note 2") for each in nth]


def test_numbers_that_lead_to_chapters_are_no_notes() -> None:
    made = html_page.read("<nav>Go to <a href='#c1'>1</a></nav><h1 id='c1'>One</h1>").blocks
    assert [(each.text, each.note, each.note_references) for each in made] == [
        ("Go to 1", "", ()),
        ("One", "", ()),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # Pandoc
        (
            "<p>a<a href='#fn1' class='footnote-ref' id='fnref1'><sup>1</sup></a>"
            "</p><ol><li id='fn1'><p>b<a href='#fnref1' role='doc-backlink'>↩</a></p></li></ol>"
        ),
        # Word
        (
            "<p>a<a style='x' href='#_ftn1' name='_ftnref1' title=''><span>[1]</span></a></p>"
            "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> b</p></div>"
        ),
        # LibreOffice
        (
            "<p>a<a class='sdfootnoteanc' name='sdfootnote1anc' href='#sdfootnote1sym'><sup>1</sup>"
            "</a></p><div id='sdfootnote1'><p><a class='sdfootnotesym' name='sdfootnote1sym' "
            "href='#sdfootnote1anc'>1</a> b</p></div>"
        ),
        # MediaWiki
        (
            "<p>a<sup id='cite_ref-1' class='reference'><a href='#cite_note-1'>[1]</a></sup></p>"
            "<ol><li id='cite_note-1'><a href='#cite_ref-1'>^</a> <span>b</span></li></ol>"
        ),
    ],
    ids=["Pandoc", "Word", "LibreOffice", "MediaWiki"],
)
def test_notes_as_programs_write_them(text: str) -> None:
    one, other = html_page.read(text).blocks
    assert (one.text, [mark.note for mark in one.note_references], one.note) == (
        "a",
        ["note 1"],
        "",
    )
    assert (other.text.strip("↩^ "), other.note_references, other.note) == ("b", (), "note 1")


MARKS = st.sampled_from(
    "<p> </p> <q> </q> <a_href='#n1'> </a> <li_id='n1'> <![ <!-- ]> <blockquote> </blockquote> "
    "<cite> <style> </style> < & &#0; 1 a".split()
).map(lambda mark: mark.replace("_", " "))


@given(st.one_of(st.text(max_size=100), st.lists(MARKS, max_size=30).map("".join)))
def test_any_page_is_read(text: str) -> None:
    for each in html_page.read(text).blocks:
        assert all(0 <= start <= end <= len(each.text) for start, end in each.quoted)
