"""A paragraph that stands elsewhere is moved, and nothing else is different."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.comparison.words import compared
from cable_tui.tools.comparison.rows import compare
from tests.cases import case
from tests.telegram.comparison.test_changes import cable

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
