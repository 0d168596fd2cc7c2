"""Common words of English, each in its own right."""

import pytest

from cable_tui.archive.spelling.common_words import are_two


@pytest.mark.parametrize(
    ("word", "other"),
    [("drought", "brought"), ("nation", "station"), ("weather", "whether"), ("roads", "rods"),
     ("county", "country"), ("droughts", "brought"), ("stations", "nations")],
)  # fmt: skip
def test_two_words_of_english_are_two(word: str, other: str) -> None:
    assert are_two(word, other)
    assert are_two(other, word)


@pytest.mark.parametrize(
    ("word", "other"),
    [("goverment", "government"), ("terorism", "terrorism"), ("labour", "labor"),
     ("defence", "defense"), ("center", "centre"), ("gaddafi", "qadhafi"), ("realise", "realize"),
     ("nation", "nation")],
)  # fmt: skip
def test_a_slip_or_another_spelling_is_no_second_word(word: str, other: str) -> None:
    assert not are_two(word, other)
