"""The words of a report."""

import pytest

from cable_tui.tools.voices.who_speaks import OUTSIDE, Words
from cable_tui.tools.voices.words_of_saying import TRIGGERS


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("Tern said no", "said", True),
        ("The said port", "said", False),
        ("Tern called on us to leave", "called", True),
        ("Tern called on us", "called", False),  # a visit
        ("A port called Amber", "called", False),
        ("He proposed that we leave", "proposed", True),
        ("The proposed tax", "proposed", False),
        ("Tern raised with us the price", "raised", True),
        ("Tern raised the price", "raised", False),
        ("The Chief briefed Post on the channels", "briefed", True),
        ("The Chief was briefed on the channels", "briefed", False),
        ("The port, the Ministry notes, is old", "notes,", True),
        ("The Ministry paper notes the growth", "notes", True),
        ("He read the old notes, then left", "notes,", False),
        ("Noting that trainers lack, Tern wants more", "noting", True),
        ("Noting that trainers lack, we want more", "noting", False),
        ("He saw the port as lost", "saw", True),
        ("He saw the port", "saw", False),
        ("The strategy of Tern notes the growth", "notes", True),
        ("He called the pier an urgent case", "called", True),
        ("He called the keepers to order", "called", False),
        ("Tern, keeper of the pier, has requested oil", "requested", True),
        ("The port continued working", "continued", False),
        ("The light, continued Captain Tern, is old", "continued", True),
        ("We expect that Tern will ask for more", "expect", False),
        ("Tern felt ill and believed it rained", "believed", True),
        ("All keepers we spoke to emphasized the cost", "emphasized", True),
        ("Tern on May 8 asked for oil", "asked", True),
        ("Tern maintained oil would be dear", "maintained", True),
        ("Tern maintained the pier and is old", "maintained", False),
        ("Both keepers and pilots agree on the need for lamps", "agree", True),
        ("After the pier report, the keeper left", "report,", False),
        ("The paper continued that the pier is old", "continued", True),
        ("The press called into question the price", "called", True),
        ("Tern held firm that the pier is old", "held", True),
        ("The harbour questions caused an outcry", "questions", False),
        ("Tern pointed sharply to the price", "pointed", True),
        ("Tern pointed a lamp at the pier", "pointed", False),
        ("Tern put the price at 5 lamps", "put", True),
        ("Tern put the lamp at the pier", "put", False),
        ("Captains call for help", "call", True),
        ("The ports of call for boats", "call", False),
        ("He discussed at length his concerns", "discussed", True),
        ("He discussed the lamps", "discussed", False),
        ("Contacts accept that oil is dear", "accept", True),
        ("Contacts accept the oil", "accept", False),
    ],
)
def test_what_stands_around_a_word_decides(sentence: str, word: str, expected: bool) -> None:
    words = Words(sentence)
    assert TRIGGERS[word.strip(",")](words, words.small.index(word)) is expected


def _watched(sentence: str) -> Words:
    """Return words of which none is looked at that a list would count from its end."""
    words = Words(sentence)
    bare = words.at

    def at(place: int) -> str:
        assert place >= -len(OUTSIDE)
        return bare(place)

    words.at = at
    return words


@pytest.mark.parametrize("around", ["{}", "{} to", "as {} by", "to {} that", "tern, {} it,"])
def test_no_rule_needs_more_words_than_there_are(around: str) -> None:
    for word, rule in TRIGGERS.items():
        sentence = _watched(around.format(word))
        assert rule(sentence, sentence.small.index(word)) in (True, False)
