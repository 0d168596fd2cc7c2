"""A quotation in parts: what its author left out, and what the author put in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.drafts.passage import Passage, passages


def parts(passage: Passage) -> list[str]:
    return [" ".join(each.keys) for each in passage.segments]


@pytest.mark.parametrize(
    ("text", "wanted", "gaps"),
    [
        ("one two", ["one two"], []),
        ("", [], []),
        # Ellipses as style books have them.
        ("one ... two", ["one", "two"], ["ellipsis"]),
        ("one . . . two", ["one", "two"], ["ellipsis"]),
        ("one. . . . Two", ["one", "two"], ["ellipsis"]),
        ("one … two", ["one", "two"], ["ellipsis"]),
        ("one […] two", ["one", "two"], ["ellipsis"]),
        ("one [ . . . ] two", ["one", "two"], ["ellipsis"]),
        ("one (...) two", ["one", "two"], ["ellipsis"]),
        ("one *** two", ["one", "two"], ["ellipsis"]),
        ("... one two ...", ["one two"], []),
        ("one ... ... two", ["one", "two"], ["ellipsis"]),
        ("one. Two", ["one two"], []),
        # What an author says beside the words.
        ("one [sic] two", ["one two"], []),
        ("one [sic!] two [emphasis added]", ["one two"], []),
        ("one [author's translation] two", ["one two"], []),
        ("one [!] two [?]", ["one two"], []),
    ],
)
def test_a_quotation_is_parted_at_what_is_left_out(
    text: str, wanted: list[str], gaps: list[str]
) -> None:
    first = passages(text)[0]
    assert parts(first) == wanted
    assert [each.kind for each in first.gaps] == gaps


@pytest.mark.parametrize(
    ("text", "meant", "authors", "kinds"),
    [
        # Either the cable has these brackets, or the author put them there.
        ("one [the embassy] two", "one the embassy two", ["one", "two"], ["bracket"]),
        ("[T]he one two", "t he one two", ["one two"], []),
        ("one report[ed] two", "one report ed two", ["one", "two"], ["bracket"]),
        ("one [he] ... two", None, ["one", "two"], ["ellipsis"]),
    ],
)
def test_brackets_are_meant_in_two_ways(
    text: str, meant: str | None, authors: list[str], kinds: list[str]
) -> None:
    first, second = passages(text)
    if meant is not None:
        assert parts(first) == [meant]
    assert parts(second) == authors
    assert [each.kind for each in second.gaps] == kinds


def test_a_bracket_around_all_of_it_is_the_cables() -> None:
    assert [parts(each) for each in passages("[all of it is so]")] == [["all of it is so"]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("one ... two", False),
        ("one\n\n... two", True),
        ("one ...\n\ntwo", True),
        ("one\n\ntwo ... three", False),
    ],
)
def test_a_gap_may_stand_between_paragraphs(text: str, wanted: bool) -> None:
    (gap,) = passages(text)[0].gaps
    assert gap.parts_paragraphs == wanted


def test_the_first_word_of_a_paragraph_is_known() -> None:
    (only,) = passages("one two\n\nthree\nfour\n\nfive")[0].segments
    assert [each.key for each in only.tokens if each.begins] == ["three", "five"]


def test_numbers_and_markings_that_were_copied_along_are_no_words() -> None:
    (only,) = passages("1. (C) One two.\n\n2. (C/NF) Three.")[0].segments
    assert only.keys == ["one", "two", "three"]


def test_the_size_is_that_of_all_parts() -> None:
    assert passages("one two ... three")[0].size == 3


def test_of_too_many_parts_the_words_are_compared_as_they_stand() -> None:
    (only,) = passages("one ... " * 300)[0].segments
    assert only.keys == ["one"] * 300


@given(st.text("ab1 .…[]()*\n“”", max_size=120))
def test_any_text_is_parted(text: str) -> None:
    for passage in passages(text):
        assert len(passage.gaps) == max(len(passage.segments) - 1, 0)
        assert all(each.tokens for each in passage.segments)
        places = [token.start for each in passage.segments for token in each.tokens]
        assert places == sorted(places)
