"""Who speaks before a verb. The sentences are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tools.voices import who_speaks as module
from cable_tui.tools.voices import words_around as around
from cable_tui.tools.voices.who_speaks import SIGNS, Words, are_persons


def test_signs_around_a_word_are_none_of_it() -> None:
    words = Words("(“Tern,” said 8 of them.)")
    assert [words.at(place) for place in range(-1, 6)] == [
        "",
        "tern",
        "said",
        "8",
        "of",
        "them",
        "",
    ]
    assert words.is_before_comma(0)
    assert words.is_capital(0)


@given(st.text(st.sampled_from(f"{SIGNS}aÀ1 _\n"), max_size=30))
def test_all_signs_are_taken_off(text: str) -> None:
    assert Words(text).stripped == [word.strip(SIGNS) for word in text.lower().split()]


@given(st.text("Ab ,\n", max_size=80), st.lists(st.integers(0, 40), max_size=9))
def test_words_in_their_own_letters_are_found_in_any_order(text: str, places: list[int]) -> None:
    words, written = Words(text), text.split()
    known = [place for place in places if place < len(written)]
    assert [words.written(place) for place in known] == [written[place] for place in known]


@pytest.mark.parametrize(
    ("sentence", "verb", "speaks", "subject"),
    [
        ("The captains asked", "asked", True, True),
        ("The captains have also again asked", "asked", True, True),
        ("Tern (protect) asked", "asked", True, True),
        ("Tern, however, asked", "asked", True, True),
        ("XXXXXXXXXXXX, asked", "asked", True, True),
        ("Tern, the keeper of the pier, asked", "asked", True, True),
        ("In May, at the pier, asked", "asked", True, False),
        ("Officials of the port asked", "asked", True, True),
        ("The lamp of the port asked", "asked", True, False),
        ("The lamp has asked", "asked", True, True),
        ("Reftel b asked", "asked", False, False),
        ("The lamp asked", "asked", True, False),
        ("We asked", "asked", False, False),
        ("He was asked", "asked", False, False),
        ("The keeper's asked price", "asked", False, False),
        ("He probably asked", "asked", False, False),
        ("Embassy Port Amber asked", "asked", False, False),
        ("Deputy Chief of Mission Tern asked", "asked", True, True),
        ("Those close to the Embassy, Tern asked", "asked", True, True),
        ("Washington asked", "asked", False, False),
        ("Some asked that it rain", "asked", True, True),
        ("They asked that it rain", "asked", True, True),
        ("The riots asked by many", "asked", False, False),
    ],
)
def test_a_verb_has_a_subject_or_not(sentence: str, verb: str, speaks: bool, subject: bool) -> None:
    words = Words(sentence)
    at = words.small.index(verb)
    assert (words.speaks(at), words.is_subject(at)) == (speaks, subject)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("keepers", False), ("minister", False), ("ministers", True), ("parties", True)],
)
def test_the_plural_of_a_person_is_known(word: str, expected: bool) -> None:
    assert are_persons(word) is expected


class _Everything(frozenset[str]):
    def __contains__(self, word: object) -> bool:
        return True


_BEFORE_VERBS = sorted(
    {
        "tern",
        "family",
        "oddly",
        "8",
        "2009",
        "(protect)",
        "spoke",
        "we",
        "do",
        "on",
        "the",
        "-",
        "of",
    }
    | around.HELPS
    | around.TIMES
    | around.WHICH
    | {"to", "with", "not", "and", "may", "even", "further"}
)


@given(st.lists(st.sampled_from(_BEFORE_VERBS), min_size=1, max_size=12))
def test_a_word_that_nobody_passes_is_told_quickly(sentence: list[str]) -> None:
    words = Words(" ".join(sentence))
    found = list(map(words.before, range(len(sentence))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PASSED", _Everything())
        assert list(map(words.before, range(len(sentence)))) == found
