"""Places of a cable are found again in another copy, and lost if the paragraph was changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import telegram
from cable_tui.base.cable import Cable
from cable_tui.tools.protection.digest_spans import DigestSpan, ParagraphDigests
from tests.telegram.cables import record

BODY = """SUBJECT: LAMPS

1. (C) The harbor has three lamps.

2. (C) Keeper Ada Pelham (strictly protect) counted
four. It was dark.
"""


def cable(body: str = BODY) -> Cable:
    return telegram.parse(record(body))


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    "other",
    [
        BODY,
        BODY.replace("counted\nfour", "counted four"),
        BODY.replace("\n", "\\\n"),
        BODY.replace("2. (C)", "¶2. (C)"),
        BODY.replace("four", "\n\nRABAT 00000027  002 OF 003\n\nfour"),
        BODY.replace("1. (C)", "1. (S)").replace("three", "six"),
    ],
)
def test_a_name_is_found_again_in_another_copy_of_its_paragraph(other: str) -> None:
    place = ParagraphDigests(cable()).place(at(BODY, "Ada Pelham"))
    found = ParagraphDigests(cable(other)).span(place)
    assert found is not None
    assert other[slice(*found)].replace("\\\n", " ") == "Ada Pelham"


@pytest.mark.parametrize("other", [BODY.replace("four", "five"), "1. (C) Nothing.\n", ""])
def test_a_name_is_lost_if_its_paragraph_was_changed(other: str) -> None:
    place = ParagraphDigests(cable()).place(at(BODY, "Ada Pelham"))
    assert ParagraphDigests(cable(other)).span(place) is None


def test_a_place_says_nothing_of_the_words() -> None:
    place = ParagraphDigests(cable()).place(at(BODY, "Ada Pelham"))
    assert set(place.paragraph) <= set("0123456789abcdef")
    assert (len(place.paragraph), place.end - place.start) == (64, 10)


def test_a_paragraph_has_its_label_and_what_is_above_the_first_has_none() -> None:
    places = ParagraphDigests(cable())
    assert places.label(BODY.index("Ada")) == "2"
    assert places.label(BODY.index("LAMPS")) == ""


@given(st.text("ab .\n\\¶12()C", max_size=120), st.integers(0, 120), st.integers(1, 40))
def test_any_place_comes_back_or_is_lost(text: str, start: int, size: int) -> None:
    whole = cable(text)
    body = whole.body.text
    span = min(start, len(body)), min(start + size, len(body))
    places = ParagraphDigests(whole)
    found = places.span(places.place(span))
    assert found is None or 0 <= found[0] < found[1] <= len(body)


@given(st.integers(-9, 99), st.integers(-9, 99))
def test_a_place_that_was_made_up_is_in_the_text_or_lost(start: int, end: int) -> None:
    places = ParagraphDigests(cable())
    digest = places.place((0, 3)).paragraph
    found = places.span(DigestSpan(digest, start, end))
    assert found is None or 0 <= found[0] < found[1] <= len(BODY)
