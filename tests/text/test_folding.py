"""Words are found where the full-text index has its tokens, and folded as it folds them."""

from unicodedata import ucd_3_2_0

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import text

ANALYSER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .build()
)


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("KTIP", "ktip"),
        ("Málaga", "malaga"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("ﬁn", "fin"),
        ("ΣΑΣ", "σασ"),
        ("ÆON", "aeon"),
        ("", ""),
    ],
)
def test_case_and_accents_are_folded(word: str, folded: str) -> None:
    assert text.fold(word) == folded


def test_words_are_runs_of_letters_and_numbers() -> None:
    line = "Sarkozy,s &caudillo8 x_y 2.3"
    assert list(text.words(line)) == [
        (0, 7, "sarkozy"),
        (8, 9, "s"),
        (11, 20, "caudillo8"),
        (21, 22, "x"),
        (23, 24, "y"),
        (25, 26, "2"),
        (27, 28, "3"),
    ]


def settled(letter: str) -> bool:
    """Whether a character is as old as Unicode 3.2: newer ones depend on Python's own tables."""
    return ucd_3_2_0.category(letter) != "Cn"


@given(st.text(st.characters().filter(settled)))
def test_words_are_the_tokens_of_the_index(line: str) -> None:
    clean = text.clean_text(line)
    assert [word for _, _, word in text.words(clean)] == ANALYSER.analyze(clean)


def test_every_letter_is_folded_as_in_the_index() -> None:
    letters = (chr(point) for point in range(0x3000))
    differing = [
        letter
        for letter in letters
        if letter.isprintable()
        and settled(letter)
        and [word for _, _, word in text.words(letter)] != ANALYSER.analyze(letter)
    ]
    assert differing == []


@given(st.text())
def test_the_places_of_words_are_true(line: str) -> None:
    for start, end, folded in text.words(line):
        assert text.fold(line[start:end]) == folded
