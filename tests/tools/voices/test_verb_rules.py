"""Whether a form of a verb of saying is a report. The sentences are invented."""

from collections.abc import Callable

import pytest

from cable_tui.tools.voices import verb_rules as rules
from cable_tui.tools.voices.who_speaks import Words


@pytest.mark.parametrize(
    ("rule", "sentence", "word", "expected"),
    [
        (rules.spoke, "Tern complained of rain", "complained", True),
        (rules.spoke, "That said, it rains", "said,", False),
        (rules.spoke_to, "Tern accused Gull of fraud", "accused", True),
        (rules.spoke_to, "Officers accused of fraud left", "accused", False),
        (rules.spoke_to, "The pier is old, our contact relayed", "relayed", True),
        (rules.spoke_of, "Tern promised help", "promised", True),
        (rules.spoke_of, "Help promised in May came", "promised", False),
        (rules.spoke_of, "The captain, however, warned of storms", "warned", True),
        (rules.told_that, "Tern concluded that it rains", "concluded", True),
        (rules.told_that, "Tern concluded the talks", "concluded", False),
        (rules.undertook, "Tern offered to pay", "offered", True),
        (rules.undertook, "Lamps offered to the port", "offered", False),
        (rules.goes_on, "Tern went on to say no", "say", True),
        (rules.goes_on, "The fleet went to say", "say", False),
        (rules.saying, "He left, saying that it rains", "saying", True),
        (rules.saying, "The rift is deep, suggesting trouble", "suggesting", False),
        (rules.sees, "The captain sees a way out", "sees", True),
        (rules.sees, "Please see the chart", "see", False),
        (rules.says_plainly, "Tern complains of rain", "complains", True),
        (rules.says_plainly, "Tern hails from Port Amber", "hails", False),
        (rules.say_of, "The British blame the rain", "blame", True),
        (rules.say_of, "They took the blame for it", "blame", False),
        (rules.held, "The court ruled that it rains", "ruled", True),
        (rules.held, "Lamps were found that it rains", "found", False),
        (rules.sure, "Tern was very concerned that it rains", "concerned", True),
        (rules.sure, "It is certain that it rains", "certain", False),
        (rules.shows, "Tern underlined the need", "underlined", True),
        (rules.shows, "The crisis underlined the need", "underlined", False),
    ],
)
def test_the_words_around_a_verb_decide(
    rule: Callable[[Words, int], bool], sentence: str, word: str, expected: bool
) -> None:
    words = Words(sentence)
    assert rule(words, words.small.index(word)) is expected
