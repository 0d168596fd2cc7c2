from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.paragraph_starts import Above, Numbering, split_marking
from tests.cases import case


@pytest.mark.parametrize(
    ("text", "marking", "rest"),
    [
        ("(C) A lamp", "C", "A lamp"),
        ("(S//NF) A lamp", "S//NF", "A lamp"),
        ("(C/REL NATO) A lamp", "C/REL NATO", "A lamp"),
        ("(Secret/Rel Armenia) A", "Secret/Rel Armenia", "A"),
        ("(C - ENTIRE TEXT). A", "C - ENTIRE TEXT", ". A"),
        ("C) A lamp", "C", "A lamp"),
        ("(SBU)A", "SBU", "A"),
        ("(c-ne9-01257) A", None, "(c-ne9-01257) A"),
        ("(Comment) A", None, "(Comment) A"),
        ("", None, ""),
    ],
)
def test_a_marking_is_split_off(text: str, marking: str | None, rest: str) -> None:
    found, end = split_marking(text)

    assert (found, text[end:]) == (marking, rest)


@given(st.text(max_size=100))
def test_the_rest_lies_in_the_text(text: str) -> None:
    assert 0 <= split_marking(text)[1] <= len(text)


def labels(*heads: tuple[int, bool]) -> list[str]:
    """Labels of numbers that were accepted, each with whether it is marked."""
    numbering = Numbering()
    return [
        numbering.label(number)
        for number, is_marked in heads
        if numbering.accepts(number, is_marked, "capital", Above(free=True))
    ]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        case("in order", [(1, True), (2, True)], ["1", "2"]),
        case("a gap", [(1, True), (3, True)], ["1", "3"]),
        case("unmarked", [(1, False), (2, False)], ["1", "2"]),
        case("a year", [(1, True), (2008, False), (2, True)], ["1", "2"]),
        case("an annex", [(1, True), (2, True), (1, True)], ["1", "2", "1b"]),
        case("does not begin at seven", [(7, False)], []),
        case("nought is none", [(0, True)], []),
    ],
)
def test_numbers_are_accepted_by_what_is_expected(
    heads: list[tuple[int, bool]], expected: list[str]
) -> None:
    assert labels(*heads) == expected


@pytest.mark.parametrize(
    ("number", "cut", "expected"),
    [
        case("numbers went with the redaction", 8, True, True),
        case("nothing was cut", 8, False, False),
        case("too many", 13, True, False),
        case("backwards", 2, True, False),
    ],
)
def test_a_number_further_on_is_accepted_behind_a_redaction(
    number: int, cut: bool, expected: bool
) -> None:
    numbering = Numbering()
    for each in (1, 3):
        numbering.accepts(each, False, "capital", Above(free=True))
        numbering.label(each)

    assert numbering.accepts(number, False, "capital", Above(free=True, cut=cut)) == expected


def test_a_series_beyond_the_letters_is_counted() -> None:
    found = labels(*[(1, True)] * 28)

    assert found[:2] == ["1", "1b"]
    assert found[25:] == ["1z", "1-27", "1-28"]


@given(st.lists(st.tuples(st.integers(0, 999), st.booleans()), max_size=60))
def test_no_two_paragraphs_have_one_label(heads: list[tuple[int, bool]]) -> None:
    found = labels(*heads)

    assert len(set(found)) == len(found)
