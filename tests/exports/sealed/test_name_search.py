"""The words of a name, and what is between two words of a text."""

from __future__ import annotations

import pytest

from cable_tui.exports.sealed.name_search import between, forms, letters, words


@pytest.mark.parametrize(
    ("name", "last", "others"),
    [
        ("Ada Pelham", {"pelham"}, {"ada"}),
        ("Ada R. Soto García", {"garcia"}, {"ada", "soto"}),
        ("Soto-García", {"soto", "garcia", "sotogarcia"}, set()),
        ("Sabir el-Quaymi", {"quaymi", "elquaymi", "alquaymi"}, {"sabir"}),
        ("Pel-\nham's", {"pelham"}, set()),
        ("Pelham, Ada", {"pelham"}, {"ada"}),
        ("Ada Pelham, Jr.", {"pelham"}, {"ada"}),
        ("Ivo Müller", {"muller", "mueller"}, {"ivo"}),
        ("Li An", {"an"}, {"li"}),
        ("Ivo O'Marrowby", {"omarrowby", "marrowby"}, {"ivo"}),
        ("Sha'ban", {"shaban"}, set()),
        ("the keeper of lamps", set(), set()),
        ("", set(), set()),
        ("X.", set(), set()),
    ],
)
def test_the_last_name_and_the_others(name: str, last: set[str], others: set[str]) -> None:
    found = forms(name)
    assert (set(found.last), set(found.others)) == (last, others)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("Ada Pelham", "blank"),
        ("Ada-Pelham", "tight"),
        ("Ada-\n  Pelham", "broken"),
        ("Ada\r\nPelham", "broken"),
        ("A. Pelham", "dotted"),
        ("Pelham,\nAda", "comma"),
        ("Ada\n\n\nPelham", "far"),
        ("Ada; Pelham", "apart"),
        ("Ada 2 Pelham", "apart"),
    ],
)
def test_what_is_between_two_words(text: str, gap: str) -> None:
    one, other = words(text)
    assert between(text, one, other) == gap


def test_the_letters_of_a_text_in_both_spellings() -> None:
    assert letters("Ada-\nPelham's 2") == "adapelhams"
    assert letters("Ivo Müller") == "ivomuller ivomueller"
