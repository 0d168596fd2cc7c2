"""Sentences and their fingerprints: the same words are known again, however they are wrapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.reading import Reading
from cable_tui.telegram.sentence_fingerprints import (
    SHINGLE,
    fingerprints,
    numbers_of,
    places_of,
    words_of,
)

FERRY = "The ferry to the outer islands was late again because nobody had mended the second boiler."
KETTLES = (
    "Merchants told us that copper kettles now cost twice what they cost before the long frost."
)

SAME = [
    # case, spaces, line breaks, stops, portion markings and paragraph numbers are no words of it
    FERRY.upper(),
    FERRY.replace(" ", "\n"),
    FERRY.replace(" ", "  \n    "),
    f"3. (C)\n\n{FERRY}",
    f"12. (SBU) {FERRY}",
    f"(C/NF) {FERRY}",
    f"{FERRY}  Then it rained.",
    FERRY.replace(".", "!"),
    FERRY.replace("ferry ", "ferry, "),
]


@pytest.mark.parametrize("text", SAME)
def test_a_sentence_is_known_again(text: str) -> None:
    assert numbers_of(FERRY) <= numbers_of(text)


def test_files_of_this_version_have_these_numbers() -> None:
    """As zlib has them of `islands was late again because nobody had mended`, and of `told us that
    copper kettles now cost twice`.

    Another number here asks for another `echo_file.VERSION`: files are rebuilt then.
    """
    assert (numbers_of(FERRY), numbers_of(KETTLES)) == ({89817526}, {2836115062})


def test_each_sentence_has_one_and_a_short_one_has_none() -> None:
    assert len(numbers_of(f"{FERRY} {KETTLES}")) == 2
    assert numbers_of("The ferry was late again.") == set()
    assert numbers_of("") == set()


def test_a_blank_line_ends_a_sentence() -> None:
    heading = "A heading that has no stop and is as long as a sentence"
    assert numbers_of(f"{heading}\n\n{FERRY}") == numbers_of(heading) | numbers_of(FERRY)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor is pro-U.S. and the harbour master is not.",
        "Captain Ottoline F. Marrow asked for six brass lamps.",
        "Envoys of the (U.K. and other) islands met on the pier.",
    ],
)
def test_a_single_letter_with_a_stop_ends_no_sentence(sentence: str) -> None:
    # each of its pieces would be too short for a fingerprint
    assert len(numbers_of(sentence)) == 1


def test_a_row_of_words_without_end_is_cut_into_pieces() -> None:
    row = " ".join(f"item{number}" for number in range(400))
    assert len(numbers_of(row)) == 10


def test_a_word_that_is_changed_leaves_many_sentences_known() -> None:
    """Each word in turn becomes another; the fingerprint covers eight of sixteen."""
    words = FERRY.split()
    others = ["harbour", "winter", "engine", "captain", "lanterns", "minister", "weather", "barrel"]
    kept = [
        numbers_of(FERRY) == numbers_of(" ".join((*words[:at], other, *words[at + 1 :])))
        for at in range(len(words))
        for other in others
    ]
    assert sum(kept) > len(kept) / 4


def test_places_are_those_of_the_text() -> None:
    text = f"Intro.\n2. (C) {FERRY}"
    words = words_of(text)
    assert [text[slice(*span)].lower() for span in places_of(text)] == words.words
    (mark,) = fingerprints(words)
    assert words.words[mark.start] == "c"
    assert mark.start <= mark.at <= mark.end - SHINGLE
    assert mark.end == len(words.words)


_WORDS = [*FERRY.split(), *KETTLES.split(), "J", "U.S", "Ünal", "İ", "A", "\udc80"]
_ENDS = [
    ". ",
    ".\n",
    ".)",
    "! ",
    "?\xa0",
    ";\u2028",
    ": ",
    "\n\n",
    "\n \n",
    "\n",
    " J. ",
    "\x00",
    "–",
]
_PIECES = st.tuples(
    st.lists(st.sampled_from(_WORDS), min_size=5, max_size=12).map(" ".join),
    st.sampled_from(_ENDS),
).map("".join)


@given(st.text() | st.lists(_PIECES, max_size=8).map("".join))
def test_in_any_text_both_ways_find_the_same(text: str) -> None:
    words = words_of(text)
    assert {mark.number for mark in fingerprints(words)} == numbers_of(text)
    assert all(start < end <= len(text) for start, end in places_of(text))


_SENTENCE = st.lists(st.sampled_from(FERRY.split() + KETTLES.split()), min_size=8, max_size=30)


@given(st.lists(_SENTENCE, max_size=4), _SENTENCE, st.lists(_SENTENCE, max_size=4))
def test_a_sentence_has_its_fingerprint_wherever_it_stands(
    before: list[list[str]], sentence: list[str], behind: list[list[str]]
) -> None:
    said = [" ".join(words).replace(".", "") + "." for words in (*before, sentence, *behind)]
    alone = said[len(before)]
    assert numbers_of(alone) <= numbers_of(" ".join(said))


@given(_SENTENCE, st.integers(1, 29))
def test_a_sentence_has_its_fingerprint_with_a_page_line_in_its_middle(
    words: list[str], cut: int
) -> None:
    small = [word.lower().strip(".,") for word in words]
    at = min(cut, len(small) - 1)
    page = "\n\nAMBER 00000339  002 OF 003\n\n\n"
    text = " ".join(small[:at]) + page + " ".join(small[at:]) + "."
    assert numbers_of(Reading(text).without_breaks) == numbers_of(" ".join(small) + ".")
