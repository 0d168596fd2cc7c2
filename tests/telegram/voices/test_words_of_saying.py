"""The words of a report."""

import pytest

from cable_tui.telegram.voices.words_of_saying import TRIGGERS


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("tern said no", "said", True),
        ("the said port", "said", False),
        ("tern called on us", "called", True),
        ("a port called amber", "called", False),
        ("he proposed that we leave", "proposed", True),
        ("the proposed tax", "proposed", False),
        ("tern raised with us the price", "raised", True),
        ("tern raised the price", "raised", False),
    ],
)
def test_what_stands_around_a_word_decides(sentence: str, word: str, expected: bool) -> None:
    words = sentence.split()
    assert TRIGGERS[word](words, words.index(word)) is expected


def test_no_rule_needs_more_words_than_there_are() -> None:
    for word, rule in TRIGGERS.items():
        assert rule([word], 0) in (True, False)
