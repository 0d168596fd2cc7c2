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
from tests.cases import case
from tests.telegram.comparison.test_changes import cable


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        case("case-and-punctuation", "The Lake, frozen.", ["the", "lake", "frozen"]),
        case("accents-and-zeros", "Café 000027", ["cafe", "27"]),
        case("signs-that-mean-something", "$5 or 5%", ["$", "5", "or", "5", "%"]),
        case("redaction", "met XXXXXXXXXXXX on", ["met", REDACTION, "on"]),
        case("one-in-a-row", "met XXXX\nXXXX, XXX on", ["met", REDACTION, "on"]),
        case("too-few", "XX and xxx", ["xx", "and", "xxx"]),
        case("small-letters", "xxxxx and Xxxxxx", [REDACTION, "and", REDACTION]),
        case("as-editors-say", "a [name not declassified] b", ["a", REDACTION, "b"]),
        case("wrapped", "a [1 line\nnot declassified] b", ["a", REDACTION, "b"]),
        case("brackets", "a [redacted] [sic] c", ["a", REDACTION, "sic", "c"]),
        case("page-break", "a\nZENDA 00000027  002 OF 002\nb", ["a", "b"]),
        case("section", "SECTION 01 OF 02 ZENDA 27", ["zenda", "27"]),
        case("pages", "XXXX\nZENDA 00000027  002 OF 002\nXXXX a", [REDACTION, REDACTION, "a"]),
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
        case("signs-with-their-words", 0, 2, 'He said, "The'),
        case("signs-alone-behind", 3, 5, "ice-cutters -- forty"),
        case("brackets", 5, 7, '(all old)"'),
    ],
)
def test_words_are_shown_with_their_signs(start: int, end: int, shown: str) -> None:
    text = plain('He said, "The ice-cutters -- forty\n (all   old)" came.')
    words = {0: 0, 2: 3, 3: 3, 5: 6, 7: 8}
    assert text.shown(words[start], words[end]) == shown


@pytest.mark.parametrize(
    ("text", "count"),
    [
        case("two", "XXXXXXXXXXXX told XXXXXXXXXXXX", 2),
        case("over-lines", "XXXXXXXXXXXX\nXXXXXXXXXXXX told", 1),
        case("a-list", "XXXX, XXXX and XXXX", 3),
        case("three", "XXX", 1),
        case("none", "XX, XXIII, xxx, AXXXA", 0),
        case("before-a-word", "the envoy xxxxxxxxtold the CDA", 1),
        case("after-a-word", "PrinceXXXXXXXXXXXX residence", 1),
        case("before-a-number", "XXXXXXXXXXXX10. (C) Below", 1),
        case("on-both-sides", "EULEXXXXXXXXXXXXXfailed XXXXXXXXXXXX\nXXXXXXXXXXXXto", 2),
        case("a-page-of-a-journal", "Letters, Vol. 35, LXXXXX, 2008", 0),
        case("editors", "[name not declassified] met [text removed]", 2),
        case("empty", "", 0),
    ],
)
def test_redactions_are_counted(text: str, count: int) -> None:
    assert redactions_in(text) == count


@given(st.text(alphabet="Xx a[]\n,", max_size=60))
def test_spans_of_redactions_are_in_order_and_in_the_text(text: str) -> None:
    spans = list(redaction_spans(text))
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
