"""Words that are the same though they are divided otherwise, and words that are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.comparison.same_words import Found, says_its_own, whole_numbers
from cable_tui.text import words


def found(text: str) -> list[Found]:
    return [(start, end, key) for start, end, key in words(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1,200 men", ["1200", "men"]),
        ("1.200 men", ["1.200", "men"]),
        ("1,20 men", ["1", "20", "men"]),
        ("12.05 men", ["12.05", "men"]),
        ("10-15 men", ["10-15", "men"]),
        ("10–15 men", ["10-15", "men"]),
        ("10-\n  15 men", ["10-15", "men"]),
        ("10, 15 men", ["10", "15", "men"]),
        ("10 15 men", ["10", "15", "men"]),
        ("10 - 15 men", ["10", "15", "men"]),
        ("10 to 15 men", ["10", "to", "15", "men"]),
        ("in 2008--15 men", ["in", "2008", "15", "men"]),
        ("1,200-1,500.5", ["1200-1500.5"]),
        ("F-16 and MI5-6", ["f", "16", "and", "mi5-6"]),
    ],
)
def test_a_number_is_one_word_and_a_range_too(text: str, wanted: list[str]) -> None:
    assert [key for _, _, key in whole_numbers(text, found(text))] == wanted


@pytest.mark.parametrize(
    ("text", "its_own"),
    [
        ("not able", True),
        ("not like", True),
        ("data base", False),
        ("can not", False),
        ("never the less", True),
        ("no\none", False),
        ("not-\nable", False),
        ("we'll", True),
        ("they'd", False),
        ("notable", False),
        ("", False),
    ],
)
def test_words_in_a_row_may_say_something_else_than_one_word(text: str, its_own: bool) -> None:
    assert says_its_own(text, found(text)) == its_own


@given(st.text(alphabet="1205,.-– \nab", max_size=60))
def test_words_keep_their_order_and_all_their_text(text: str) -> None:
    made = list(whole_numbers(text, found(text)))
    assert [at for each in made for at in each[:2]] == sorted(
        at for each in made for at in each[:2]
    )
    assert sum(end - start for start, end, _ in made) >= sum(e - s for s, e, _ in found(text))
