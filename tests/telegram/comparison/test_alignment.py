"""Equal stretches of two rows of words."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cable_tui.telegram.comparison.alignment import Stretch, only_there, stretches
from cable_tui.telegram.comparison.words import compared
from cable_tui.text import words
from cable_tui.tools.comparison.rows import compare
from tests.cases import case
from tests.telegram.comparison.test_changes import cable

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=80)


@given(WORDS, WORDS)
def test_stretches_are_equal_and_in_order(left: list[str], right: list[str]) -> None:
    *found, end = stretches(left, right)
    assert end == Stretch(len(left), len(right), 0)
    for start, to, size in found:
        assert left[start : start + size] == right[to : to + size]
    for one, other in pairwise(found):
        assert one.left + one.size <= other.left
        assert one.right + one.size <= other.right


@given(WORDS)
def test_a_row_is_wholly_equal_to_itself(row: list[str]) -> None:
    assert sum(each.size for each in stretches(row, row)) == len(row)


def numbered(name: str, count: int) -> list[str]:
    return [f"{name}{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        case("a-third-cut", numbered("a", 9000), numbered("a", 9000)[3000:], 6000),
        case(
            "halves-swapped",
            numbered("a", 5000) + numbered("b", 4000),
            numbered("b", 4000) + numbered("a", 5000),
            5000,
        ),
        case("no-word-is-unique", ["x", "y"] * 3000, ["x", "y"] * 2500, 5000),
        case("nothing-in-common", numbered("a", 50), numbered("b", 50), 0),
        case(
            "chance-words-of-long-texts",
            ["the", "of", *numbered("a", 20)],
            [*numbered("b", 20), "the", "of"],
            0,
        ),
        case("short-texts-keep-theirs", ["a", "the", "b"], ["c", "the", "d"], 1),
        case("the-word-always", ["X", *numbered("a", 20)], [*numbered("b", 20), "X"], 1),
    ],
)
def test_the_longest_common_rows_are_found(left: list[str], right: list[str], equal: int) -> None:
    assert sum(each.size for each in stretches(left, right, "X")) == equal


TEXT_WORDS = """
    the lake froze late this year and of in guild cutters keeps forty horses their hay costs more
    than ice mayor said nobody alive remembered such a mild winter hills road over pass is open to
    wagons Hentzau Strelsau castle bridge moat king XXXXXXXXXXXX 1,200 -5 2008 harvest upper began
    report again when sledges salt cellar brewers summer paid crowns priest bell rang
""".split()
HEADINGS = ("", "THE HARVEST\n-----------\n\n", "What Hentzau Said\n_ _ _ _ _ _ _\n\n")
MARKINGS = ("(C) ", "(S/NF) ", "")


@st.composite
def moved(draw: st.DrawFn) -> tuple[str, str]:
    """A body, and the same with one paragraph moved and all numbered again."""
    # Hypothesis would shrink the paragraphs until they are all the same.
    chance = random.Random(draw(st.integers(0, 10_000)))
    count = draw(st.integers(4, 10))
    start = draw(st.integers(0, count - 1))
    to = draw(st.integers(0, count - 1).filter(lambda place: place != start))
    texts: list[tuple[str, str]] = []
    for _ in range(count):
        heading = chance.choice(HEADINGS)
        row = " ".join(chance.sample(TEXT_WORDS, chance.randint(12, 40)))
        texts.append((heading, f"{chance.choice(MARKINGS)}The {row}."))
    others = texts[:start] + texts[start + 1 :]
    others.insert(to, texts[start])
    return body(texts), body(others)


def body(texts: list[tuple[str, str]]) -> str:
    numbered = [f"{head}{at}. {text}" for at, (head, text) in enumerate(texts, 1)]
    return "\n\n".join(["SUBJECT: ICE", *numbered])


@given(moved())
def test_a_paragraph_that_was_moved_is_moved_and_nothing_else(pair: tuple[str, str]) -> None:
    left, right = (compared(cable(each)) for each in pair)
    made = compare(left, right, one_cable=True)
    kinds = {row.kind for row in made.rows} - {"same"}
    assert kinds == {"moved", "moved-here"}, [row for row in made.rows if row.kind != "same"]
    assert made.counts.changes == made.counts.moved
    assert (made.counts.hidden, made.counts.blanks, made.counts.words) == (0, (0, 0), (0, 0))


LONG = "(C) The guild of cutters keeps forty horses, and their hay costs more than the ice."
SHORT = "(C) XXXXXXXXXXXX told us of it."
OTHER = "(U) We shall report again when the road over the pass is open to wagons."


@pytest.mark.parametrize(
    ("one", "other", "moves"),
    [
        case("to-the-end", [LONG, SHORT, OTHER], [SHORT, OTHER, LONG], 1),
        case("a-redaction-to-the-top", [LONG, OTHER, SHORT], [SHORT, LONG, OTHER], 1),
        case("turned-round", [LONG, SHORT, OTHER], [OTHER, SHORT, LONG], 2),
        case("said-twice", [LONG, OTHER], [LONG, OTHER, LONG], 0),
        case(
            "sentences-in-another-order",
            [LONG, "(C) It ends there. The guild asks nobody. Nobody asks the guild.", OTHER],
            [LONG, "(C) Nobody asks the guild. The guild asks nobody. It ends there.", OTHER],
            0,
        ),
    ],
)
def test_what_is_a_move(one: list[str], other: list[str], moves: int) -> None:
    left, right = (compared(cable(body([("", text) for text in each]))) for each in (one, other))
    assert compare(left, right, one_cable=True).counts.moved == moves


AROUND = " ".join(f"word{number}" for number in range(60))


@pytest.mark.parametrize(
    ("body", "known", "found"),
    [
        case("only blanks and capitals differ", "The old lamps.", ["the  OLD\nlamps"], []),
        case("another word", "The old lamps.", ["The new lamps."], ["The old lamps"]),
        case("what is hidden says nothing", "He met XXXXXXXXXXXX today.",
             ["He met Ada Pelham today."], []),
        case("what another hides", "He met Ada Pelham today.", ["He met XXXXXXXXXXXX today."],
             ["He met Ada Pelham today"]),
        case("words are left out: others stand in a row", "He left today.",
             ["He left the pier today."], ["He left today"]),
        case("a text that was cut at its end", "He left.", ["He left. The pier is shut."], []),
        case("a text that was cut at its beginning", "The pier is shut.",
             ["He left. The pier is shut."], []),
        case("its paragraph alone", "One new word.\n\nThe same.", ["One word.\n\nThe same."],
             ["One new word."]),
        case("a second record has it", "New words.", ["Other words.", "New words."], []),
        case("a text where there was none", "Added.", [""], ["Added"]),
        case("no text", "", ["All of it."], []),
    ],
)  # fmt: skip
def test_a_piece_is(body: str, known: list[str], found: list[str]) -> None:
    pieces = only_there("", body, [("", each) for each in known])
    assert [each.text for each in pieces] == found


def test_a_piece_has_forty_words_around_it_and_says_where_it_stands() -> None:
    text = f"{AROUND} new {AROUND}"
    (piece,) = only_there("FM RABAT", text, [("FM RABAT", f"{AROUND} {AROUND}")])
    assert (piece.part, len(piece.text.split())) == ("body", 81)
    (piece,) = only_there("FM TUNIS", "Lamps.", [("FM RABAT", "Lamps.")])
    assert (piece.part, piece.text.strip()) == ("header", "FM TUNIS")


SOME_WORDS = st.lists(st.sampled_from(["amber", "birch", "cedar", "xxxxx", "\n\n"]), max_size=25)


@given(SOME_WORDS, SOME_WORDS)
@example(["amber", "amber"], ["amber", "\n\n", "amber"])
def test_every_two_words_of_a_record_stand_in_another_or_in_a_piece(
    ours: list[str], theirs: list[str]
) -> None:
    texts = [" ".join(each) for each in (ours, theirs)]
    pieces = [each.text for each in only_there("", texts[0], [("", texts[1])])]
    assert all(piece in texts[0] for piece in pieces)
    # A phrase goes on over a blank line in a text that is searched.
    rows = {pair for text in (texts[1].replace("\n\n", ""), *pieces) for pair in _pairs(text)}
    missing = {pair for pair in _pairs(texts[0]) if "xxxxx" not in pair} - rows
    assert not missing


def _pairs(text: str) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for paragraph in text.split("\n\n"):
        row = [word for _, _, word in words(paragraph)]
        found.update(pairwise(row))
    return found
