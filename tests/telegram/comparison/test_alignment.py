"""Equal stretches of two rows of words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cable_tui.telegram.comparison.alignment import Stretch, only_there, stretches
from cable_tui.text import words
from tests.cases import case

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=80)


@given(WORDS, WORDS)
def test_stretches_are_equal_and_in_order(left: list[str], right: list[str]) -> None:
    *found, end = stretches(left, right)
    assert end == Stretch(len(left), len(right), 0)
    for start, to, size in found:
        assert left[start : start + size] == right[to : to + size]
    for one, other in pairwise(found):
        assert one.left + one.size <= other.left
        assert one.right + one.size <= other.right


@given(WORDS)
def test_a_row_is_wholly_equal_to_itself(row: list[str]) -> None:
    assert sum(each.size for each in stretches(row, row)) == len(row)


def numbered(name: str, count: int) -> list[str]:
    return [f"{name}{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        case("a-third-cut", numbered("a", 9000), numbered("a", 9000)[3000:], 6000),
        case(
            "halves-swapped",
            numbered("a", 5000) + numbered("b", 4000),
            numbered("b", 4000) + numbered("a", 5000),
            5000,
        ),
        case("no-word-is-unique", ["x", "y"] * 3000, ["x", "y"] * 2500, 5000),
        case("nothing-in-common", numbered("a", 50), numbered("b", 50), 0),
        case(
            "chance-words-of-long-texts",
            ["the", "of", *numbered("a", 20)],
            [*numbered("b", 20), "the", "of"],
            0,
        ),
        case("short-texts-keep-theirs", ["a", "the", "b"], ["c", "the", "d"], 1),
        case("the-word-always", ["X", *numbered("a", 20)], [*numbered("b", 20), "X"], 1),
    ],
)
def test_the_longest_common_rows_are_found(left: list[str], right: list[str], equal: int) -> None:
    assert sum(each.size for each in stretches(left, right, "X")) == equal


AROUND = " ".join(f"word{number}" for number in range(60))


@pytest.mark.parametrize(
    ("body", "known", "found"),
    [
        case("only blanks and capitals differ", "The old lamps.", ["the  OLD\nlamps"], []),
        case("another word", "The old lamps.", ["The new lamps."], ["The old lamps"]),
        case("what is hidden says nothing", "He met XXXXXXXXXXXX today.",
             ["He met Ada Pelham today."], []),
        case("what another hides", "He met Ada Pelham today.", ["He met XXXXXXXXXXXX today."],
             ["He met Ada Pelham today"]),
        case("words are left out: others stand in a row", "He left today.",
             ["He left the pier today."], ["He left today"]),
        case("a text that was cut at its end", "He left.", ["He left. The pier is shut."], []),
        case("a text that was cut at its beginning", "The pier is shut.",
             ["He left. The pier is shut."], []),
        case("its paragraph alone", "One new word.\n\nThe same.", ["One word.\n\nThe same."],
             ["One new word."]),
        case("a second record has it", "New words.", ["Other words.", "New words."], []),
        case("a text where there was none", "Added.", [""], ["Added"]),
        case("no text", "", ["All of it."], []),
    ],
)  # fmt: skip
def test_a_piece_is(body: str, known: list[str], found: list[str]) -> None:
    pieces = only_there("", body, [("", each) for each in known])
    assert [each.text for each in pieces] == found


def test_a_piece_has_forty_words_around_it_and_says_where_it_stands() -> None:
    text = f"{AROUND} new {AROUND}"
    (piece,) = only_there("FM RABAT", text, [("FM RABAT", f"{AROUND} {AROUND}")])
    assert (piece.part, len(piece.text.split())) == ("body", 81)
    (piece,) = only_there("FM TUNIS", "Lamps.", [("FM RABAT", "Lamps.")])
    assert (piece.part, piece.text.strip()) == ("header", "FM TUNIS")


SOME_WORDS = st.lists(st.sampled_from(["amber", "birch", "cedar", "xxxxx", "\n\n"]), max_size=25)


@given(SOME_WORDS, SOME_WORDS)
@example(["amber", "amber"], ["amber", "\n\n", "amber"])
def test_every_two_words_of_a_record_stand_in_another_or_in_a_piece(
    ours: list[str], theirs: list[str]
) -> None:
    texts = [" ".join(each) for each in (ours, theirs)]
    pieces = [each.text for each in only_there("", texts[0], [("", texts[1])])]
    assert all(piece in texts[0] for piece in pieces)
    # A phrase goes on over a blank line in a text that is searched.
    rows = {pair for text in (texts[1].replace("\n\n", ""), *pieces) for pair in _pairs(text)}
    missing = {pair for pair in _pairs(texts[0]) if "xxxxx" not in pair} - rows
    assert not missing


def _pairs(text: str) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for paragraph in text.split("\n\n"):
        row = [word for _, _, word in words(paragraph)]
        found.update(pairwise(row))
    return found
