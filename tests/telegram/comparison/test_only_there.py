"""What one record says that others do not, as pieces of its text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cable_tui.telegram.comparison.only_there import only_there
from cable_tui.text import words

AROUND = " ".join(f"word{number}" for number in range(60))


@pytest.mark.parametrize(
    ("body", "known", "found"),
    [
        ("The old lamps.", ["the  OLD\nlamps"], []),
        ("The old lamps.", ["The new lamps."], ["The old lamps"]),
        ("He met XXXXXXXXXXXX today.", ["He met Ada Pelham today."], []),
        ("He met Ada Pelham today.", ["He met XXXXXXXXXXXX today."], ["He met Ada Pelham today"]),
        ("He left today.", ["He left the pier today."], ["He left today"]),
        ("He left.", ["He left. The pier is shut."], []),
        ("The pier is shut.", ["He left. The pier is shut."], []),
        ("One new word.\n\nThe same.", ["One word.\n\nThe same."], ["One new word."]),
        ("New words.", ["Other words.", "New words."], []),
        ("Added.", [""], ["Added"]),
        ("", ["All of it."], []),
    ],
    ids=[
        "only blanks and capitals differ",
        "another word",
        "what is hidden says nothing",
        "what another hides",
        "words are left out: others stand in a row",
        "a text that was cut at its end",
        "a text that was cut at its beginning",
        "its paragraph alone",
        "a second record has it",
        "a text where there was none",
        "no text",
    ],
)
def test_a_piece_is(body: str, known: list[str], found: list[str]) -> None:
    pieces = only_there("", body, [("", each) for each in known])
    assert [each.text for each in pieces] == found


def test_a_piece_has_forty_words_around_it_and_says_where_it_stands() -> None:
    text = f"{AROUND} new {AROUND}"
    (piece,) = only_there("FM RABAT", text, [("FM RABAT", f"{AROUND} {AROUND}")])
    assert (piece.part, len(piece.text.split())) == ("body", 81)
    (piece,) = only_there("FM TUNIS", "Lamps.", [("FM RABAT", "Lamps.")])
    assert (piece.part, piece.text.strip()) == ("header", "FM TUNIS")


WORDS = st.lists(st.sampled_from(["amber", "birch", "cedar", "xxxxx", "\n\n"]), max_size=25)


@given(WORDS, WORDS)
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
