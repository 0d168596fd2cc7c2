"""The words of a text as a comparison sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.comparison.words import (
    REDACTION,
    compared,
    plain,
    redaction_spans,
    redactions_in,
)
from tests.telegram.comparison.test_changes import cable


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("The Lake, frozen.", ["the", "lake", "frozen"], id="case-and-punctuation"),
        pytest.param("Café 000027", ["cafe", "27"], id="accents-and-zeros"),
        pytest.param("$5 or 5%", ["$", "5", "or", "5", "%"], id="signs-that-mean-something"),
        pytest.param("met XXXXXXXXXXXX on", ["met", REDACTION, "on"], id="redaction"),
        pytest.param("met XXXX\nXXXX, XXX on", ["met", REDACTION, "on"], id="one-in-a-row"),
        pytest.param("XX and xxx", ["xx", "and", "xxx"], id="too-few"),
        pytest.param("xxxxx and Xxxxxx", [REDACTION, "and", REDACTION], id="small-letters"),
        pytest.param("a [name not declassified] b", ["a", REDACTION, "b"], id="as-editors-say"),
        pytest.param("a [1 line\nnot declassified] b", ["a", REDACTION, "b"], id="wrapped"),
        pytest.param("a [redacted] [sic] c", ["a", REDACTION, "sic", "c"], id="brackets"),
        pytest.param("a\nZENDA 00000027  002 OF 002\nb", ["a", "b"], id="page-break"),
        pytest.param("SECTION 01 OF 02 ZENDA 27", ["zenda", "27"], id="section"),
        pytest.param(
            "XXXX\nZENDA 00000027  002 OF 002\nXXXX a", [REDACTION, REDACTION, "a"], id="pages"
        ),
    ],
)
def test_what_is_compared(text: str, keys: list[str]) -> None:
    assert plain(text).keys == keys


def test_parts_are_header_top_paragraphs_and_end() -> None:
    body = "SUBJECT: ICE\n\n1. (C) The lake froze.\n\nThe guild\n---------\n\n2. (U) It thawed."
    body += "\n\nHENTZAU"
    text = compared(cable(body, "VZCZCXYZ0027\nFM AMEMBASSY ZENDA"))
    assert [each.name for each in text.parts] == ["header", "top", "¶1", "¶2", "end"]
    shown = [
        " ".join(text.key(at) for at, part in enumerate(text.part_of) if part == number)
        for number in range(5)
    ]
    assert shown == [
        "vzczcxyz0027 fm amembassy zenda",
        "subject ice",
        "c the lake froze",
        "the guild u it thawed",
        "hentzau",
    ]


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        pytest.param(0, 2, 'He said, "The', id="signs-with-their-words"),
        pytest.param(3, 5, "ice-cutters -- forty", id="signs-alone-behind"),
        pytest.param(5, 7, '(all old)"', id="brackets"),
    ],
)
def test_words_are_shown_with_their_signs(start: int, end: int, shown: str) -> None:
    text = plain('He said, "The ice-cutters -- forty\n (all   old)" came.')
    words = {0: 0, 2: 3, 3: 3, 5: 6, 7: 8}
    assert text.shown(words[start], words[end]) == shown


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("XXXXXXXXXXXX told XXXXXXXXXXXX", 2, id="two"),
        pytest.param("XXXXXXXXXXXX\nXXXXXXXXXXXX told", 1, id="over-lines"),
        pytest.param("XXXX, XXXX and XXXX", 3, id="a-list"),
        pytest.param("XXX", 1, id="three"),
        pytest.param("XX, XXIII, xxx, AXXXA", 0, id="none"),
        pytest.param("[name not declassified] met [text removed]", 2, id="editors"),
        pytest.param("", 0, id="empty"),
    ],
)
def test_redactions_are_counted(text: str, count: int) -> None:
    assert redactions_in(text) == count


@given(st.text(alphabet="Xx a[]\n,", max_size=60))
def test_spans_of_redactions_are_in_order_and_in_the_text(text: str) -> None:
    spans = list(redaction_spans(text))
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
