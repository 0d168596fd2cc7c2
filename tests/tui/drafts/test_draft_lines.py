"""The passages of a draft's page: the words around a quotation, with it marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from cable_tui.cable import Span
from cable_tui.drafts.base import Block, Draft
from cable_tui.drafts.comparing import Difference
from cable_tui.drafts.findings import Finding, FoundPlace, Verdict
from cable_tui.drafts.quotations import Piece
from cable_tui.tui.drafts.draft_lines import cable_passage, draft_passage, head_of


def marked(content: Content) -> list[str]:
    return [content.plain[each.start : each.end] for each in content.spans]


def finding(
    *pieces: Piece, verdict: Verdict = "exact", kind: str = "quotation", passage: str = ""
) -> Finding:
    place = FoundPlace(1, "09ZENDA1", ("3",), "09ZENDA1 ¶3", (2,), passage, ((4, 7),))
    return Finding(
        *(kind, verdict, pieces, "line 12", "", "two"),  # type: ignore[arg-type]  # a kind
        found=None if verdict == "unfound" else place,
        differences=(Difference("words", "two", "too", is_fault=True),)
        if verdict == "altered"
        else (),
    )


@pytest.mark.parametrize(
    ("verdict", "kind", "wanted"),
    [
        ("exact", "quotation", "✓ line 12        exact     09ZENDA1 ¶3"),
        ("altered", "quotation", "≠ line 12        altered   09ZENDA1 ¶3"),
        ("unfound", "quotation", "? line 12        not in this archive "),
        ("unfound", "citation", "? line 12        cited, but not here "),
    ],
)
def test_the_line_of_a_finding(verdict: Verdict, kind: str, wanted: str) -> None:
    assert head_of(finding(Piece(0, 0, 3), verdict=verdict, kind=kind)) == wanted


def draft(*texts: str) -> Draft:
    return Draft("text", "line", tuple(Block(text, 1) for text in texts))


def test_the_quotation_is_marked_in_its_paragraph_with_its_lines_joined() -> None:
    shown = draft_passage(draft("one\ntwo\nthree"), finding(Piece(0, 4, 7)))
    assert (shown.plain, marked(shown)) == ("one two three", ["two"])


def test_a_quotation_of_several_paragraphs_is_shown_with_all_of_them() -> None:
    shown = draft_passage(
        draft("one two", "three", "four five"), finding(Piece(0, 4, 7), Piece(2, 0, 4))
    )
    assert shown.plain == "one two\n\nfour five"
    assert marked(shown) == ["two", "four"]


def test_of_a_long_paragraph_the_words_around_are_shown() -> None:
    text = f"{'a' * 5000}two{'b' * 5000}"
    shown = draft_passage(draft(text), finding(Piece(0, 5000, 5003)))
    assert shown.plain == f"… {'a' * 600}two{'b' * 600}"
    assert marked(shown) == ["two"]


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        (4, "… two three"),
        (5, "… two three"),
        (8, "… zero two three"),
        (9, "… zero two three"),
        (13, "a one zero two three"),
    ],
)
def test_what_stands_before_is_cut_at_a_word(before: int, wanted: str) -> None:
    shown = draft_passage(draft("a one zero two three"), finding(Piece(0, 11, 14)), before)
    assert (shown.plain, marked(shown)) == (wanted, ["two"])


def test_the_text_of_a_cable_is_cut_as_well() -> None:
    made = finding(Piece(0, 0, 3), passage="one two\n\nthree")
    assert cable_passage(made, 2).plain == "… two\n\nthree"


def test_above_the_text_of_the_cable_stands_what_differs() -> None:
    shown = cable_passage(finding(Piece(0, 0, 3), verdict="altered", passage="one two\n\nthree"))
    assert shown.plain == "“two” where the cable has “too”\n\none two\n\nthree"
    assert marked(shown) == ["two"]


def test_of_what_is_right_the_text_stands_alone() -> None:
    assert cable_passage(finding(Piece(0, 0, 3), passage="one two")).plain == "one two"


def test_what_is_nowhere_has_no_text() -> None:
    assert cable_passage(finding(Piece(0, 0, 3), verdict="unfound")).plain == ""


@given(
    st.text("ab \n\x1b", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3),
)
def test_any_place_of_any_text_is_shown(text: str, spans: list[Span]) -> None:
    pieces = [Piece(0, min(span), max(span)) for span in spans]
    shown = draft_passage(draft(text), finding(*pieces))
    assert "\x1b" not in shown.plain
