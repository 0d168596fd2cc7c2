"""Drafts as pages: whatever the mark-up, no word of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.drafts import html_page

FIVE = "one two three four five"


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


def test_a_line_end_within_a_link_stays_in_its_place() -> None:
    assert texts("<p>a <a href='https://example.org/'>b<br>c</a>") == ["a b\nc"]


MARKS = st.sampled_from(
    "<p> </p> <q> </q> <a_href='#n1'> </a> <li_id='n1'> <![ <!-- ]> <blockquote> </blockquote> "
    "<cite> <style> </style> < & &#0; 1 a".split()
).map(lambda mark: mark.replace("_", " "))


@given(st.one_of(st.text(max_size=100), st.lists(MARKS, max_size=30).map("".join)))
def test_any_page_is_read(text: str) -> None:
    for each in html_page.read(text).blocks:
        assert all(0 <= start <= end <= len(each.text) for start, end in each.quoted)
