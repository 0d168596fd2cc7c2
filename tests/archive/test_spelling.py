"""Which known words a word may mean."""

from collections.abc import Iterable

import pytest

from cable_tui.archive import spelling
from cable_tui.archive.spelling import Correction, Known, Offer, WordList
from cable_tui.query import parse

WORDS = {
    "trafficking": 204,
    "traffic": 12,
    "government": 900,
    "goverment": 2,
    "gaddafi": 1,
    "qadhafi": 25,
    "qaddafi": 2,
    "codify": 40,
    "hizballah": 30,
    "sanction": 3,
    "sanctions": 80,
    "form": 20,
    "from": 5000,
    "rabat": 50,
    "lamps": 9,
    "ilo": 4,
}


def known(words: Iterable[tuple[str, int]] = tuple(WORDS.items())) -> Known:
    held = dict(words)

    def count(word: str, prefix: bool) -> int:
        if prefix:
            return max((held[each] for each in held if each.startswith(word)), default=0)
        return held.get(word, 0)

    return Known(count, lambda: WordList(iter(held.items())))


@pytest.mark.parametrize(
    ("text", "used"),
    [
        pytest.param("traficking", (("trafficking", 204),), id="a letter too few"),
        pytest.param("Traffickign", (("trafficking", 204),), id="two letters exchanged"),
        pytest.param("govermant", (("government", 900), ("goverment", 2)), id="by frequency"),
        pytest.param("rabta", (("rabat", 50),), id="a short word"),
        pytest.param("hezbollah", (("hizballah", 30),), id="a name by its consonants"),
        pytest.param("xylophones", (), id="nothing near"),
    ],
)
def test_a_word_that_the_archive_lacks_is_corrected(
    text: str, used: tuple[tuple[str, int], ...]
) -> None:
    ((token, correction),) = spelling.corrections(parse(text), known())
    assert token == text.lower()
    assert correction == Correction(text, used)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("trafficking", id="a known word"),
        pytest.param("=traficking", id="an exact word"),
        pytest.param('"traficking lamps"', id="a phrase"),
        pytest.param("traf*", id="the beginning of a known word"),
        pytest.param("0812744", id="a number"),
        pytest.param("zz", id="two letters"),
        pytest.param("origin:rabta", id="a filter"),
    ],
)
def test_what_is_left_as_it_is(text: str) -> None:
    assert spelling.corrections(parse(text), known()) == []


def test_a_beginning_that_nothing_begins_with_is_corrected() -> None:
    ((token, correction),) = spelling.corrections(parse("traficking", typing=True), known())
    assert (token, correction.used) == ("traficking", (("trafficking", 204),))


def test_a_word_in_a_group_is_corrected_once() -> None:
    found = spelling.corrections(parse("(traficking or lamps) traficking"), known())
    assert [token for token, _ in found] == ["traficking"]


@pytest.mark.parametrize(
    ("text", "count", "also"),
    [
        pytest.param("gaddafi", 1, (("qadhafi", 25), ("qaddafi", 2)), id="a name"),
        pytest.param("Sanction", 3, (("sanctions", 80),), id="a form of the word"),
        pytest.param("goverment", 2, (("government", 900),), id="a slip that the archive has"),
    ],
)
def test_a_rare_word_with_frequent_neighbours_gets_an_offer(
    text: str, count: int, also: tuple[tuple[str, int], ...]
) -> None:
    assert spelling.offers(parse(text), known()) == (Offer(text, count, also),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("qadhafi", id="the frequent one"),
        pytest.param("form", id="a short word"),
        pytest.param("-gaddafi", id="an excluded word"),
        pytest.param("=gaddafi", id="an exact word"),
        pytest.param("gaddafi~", id="a fuzzy word says its own"),
        pytest.param("traffic", id="a neighbour that is not much more frequent"),
        pytest.param("xylophones", id="an unknown word"),
    ],
)
def test_no_offer_is_made(text: str) -> None:
    assert spelling.offers(parse(text), known()) == ()


def test_an_offer_is_made_while_the_word_is_typed() -> None:
    (offer,) = spelling.offers(parse("gaddafi", typing=True), known())
    assert offer.also[0] == ("qadhafi", 25)


def test_a_fuzzy_word_finds_its_neighbours_too() -> None:
    assert spelling.widened(parse("gaddafi~ lamps"), known()) == {
        "gaddafi": ("gaddafi", "qadhafi", "qaddafi")
    }


def test_a_large_archive_knows_words_of_two_cables_only() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = [f"{a}{b}{c}{d}" for a in letters for b in letters for c in letters for d in letters[:6]]
    words = WordList(iter([*((word, 1) for word in many), ("lampost", 1), ("lamposts", 2)]))
    assert [each.word for each in words.near("lampast")] == ["lamposts"]


def test_many_questions_do_not_pile_up() -> None:
    words = WordList(iter(WORDS.items()))
    for number in range(500):
        word = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        words.near(f"lamp{word}")
    assert words.near("lamqs")[0].word == "lamps"
