"""Comparisons by paragraph: what stands beside what, what was moved, what is counted."""

from __future__ import annotations

import pytest

from cable_tui.telegram.comparison.rows import Comparison, compare
from cable_tui.telegram.comparison.words import compared
from tests.telegram.comparison.test_changes import cable

ICE = "(C) The harvest of ice on the upper lake began late this year."
GUILD = "(C) The guild of cutters keeps forty horses; their hay costs more than the ice."
ROAD = "(U) We shall report again when the road over the pass is open to wagons."
MAYOR = "(C) The Mayor said that nobody alive remembered such a mild winter in the hills."


def body(*paragraphs: str, top: str = "SUBJECT: ICE") -> str:
    """A body with these paragraphs, numbered."""
    numbered = [f"{number}. {text}" for number, text in enumerate(paragraphs, 1)]
    return "\n\n".join([top, *numbered])


def compare_bodies(one: str, other: str) -> Comparison:
    """Two records of one cable."""
    return compare(compared(cable(one)), compared(cable(other)), one_cable=True)


def row_names(made: Comparison) -> list[str]:
    """Kind and paragraphs of each row that differs."""
    return [
        f"{row.kind} {row.left.name if row.left else '-'} {row.right.name if row.right else '-'}"
        for row in made.rows
        if row.kind != "same"
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(body(ICE, GUILD), body(ICE, GUILD), [], id="the-same"),
        pytest.param(
            body(ICE, ROAD), body(ICE, GUILD, ROAD), ["inserted - ¶2"], id="a-paragraph-more"
        ),
        pytest.param(
            body(ICE, GUILD, ROAD), body(ICE, ROAD), ["deleted ¶2 -"], id="a-paragraph-less"
        ),
        pytest.param(
            body(ICE, GUILD, ROAD), body(ICE, MAYOR, ROAD), ["deleted ¶2 -", "inserted - ¶2"],
            id="another-paragraph-in-its-place",
        ),
        pytest.param(
            body(ICE, GUILD), body(ICE, GUILD.replace("forty", "fifty")), ["changed ¶2 ¶2"],
            id="a-word",
        ),
        pytest.param(
            body(ICE, GUILD), body(ICE, f"(C) However, {GUILD[4:]}"), ["changed ¶2 ¶2"],
            id="words-at-the-beginning",
        ),
        pytest.param(
            body(ICE, GUILD), body(f"{ICE} Nobody knows why.", GUILD), ["changed ¶1 ¶1"],
            id="words-at-the-end",
        ),
        pytest.param(
            body(ICE, GUILD, ROAD), body(ICE, ROAD, GUILD),
            ["moved-here ¶3 ¶2", "moved ¶3 ¶2"], id="swapped-neighbours",
        ),
        pytest.param(
            body(ICE, GUILD, MAYOR, ROAD), body(ROAD, GUILD, MAYOR, ICE),
            ["moved ¶1 ¶4", "moved ¶4 ¶1", "moved-here ¶1 ¶4", "moved-here ¶4 ¶1"],
            id="swapped-ends",
        ),
        pytest.param(
            body(ICE, GUILD), body(ICE[:-1] + ", they say.", "(U) It thawed.", GUILD),
            ["changed ¶1 ¶1", "inserted - ¶2"], id="the-end-of-one-and-a-whole-one",
        ),
        pytest.param(
            body(ICE, GUILD), body(f"{ICE} {GUILD}"), [], id="two-paragraphs-as-one",
        ),
        pytest.param(
            body(ICE, "(C) XXXXXXXXXXXX", ROAD), body(ICE, MAYOR, ROAD), ["changed ¶2 ¶2"],
            id="a-paragraph-redacted",
        ),
    ],
)  # fmt: skip
def test_paragraphs_stand_beside_each_other(one: str, other: str, expected: list[str]) -> None:
    found = row_names(compare_bodies(one, other))
    assert sorted(found) == sorted(expected)


def test_what_differs_in_a_moved_paragraph_is_shown() -> None:
    made = compare_bodies(body(ICE, GUILD), body(GUILD, ICE.replace("late", "early")))
    (moved,) = (row for row in made.rows if row.kind == "moved")
    differing = [(each.left, each.right) for each in moved.pieces if each.kind != "same"]
    assert differing == [("late", "early")]
    assert made.counts.moved == 1
    assert made.counts.changes == 2


def test_words_at_the_ends_of_a_moved_paragraph_fill_no_gap() -> None:
    changed = f"(C) Late: {ICE[4:-1]} again."
    made = compare_bodies(body(GUILD, MAYOR, ICE, ROAD), body(changed, GUILD, MAYOR, ROAD))
    (moved,) = (row for row in made.rows if row.kind == "moved")
    differing = [(each.kind, each.right) for each in moved.pieces if each.kind != "same"]
    assert differing == [("inserted", "Late:"), ("inserted", "again.")]
    assert made.counts.blanks == (0, 0)


def test_redactions_and_blanks_are_told_apart_and_counted() -> None:
    one = body(
        "(C) On the ninth XXXXXXXXXXXX told us of the ice, and XXXXXXXXXXXX of the hay.",
        "(C) The Mayor       was not there when the guild of cutters met.",
    )
    other = body(
        "(C) On the ninth Rupert Hentzau told us of the ice, and XXXX of the hay.",
        "(C) The Mayor Fritz Tarlenheim was not there when the guild of cutters met.",
    )
    counts = compare_bodies(one, other).counts
    assert counts.redactions == (2, 1)
    assert counts.filled == (1, 0)
    assert counts.blanks == (1, 0)
    assert counts.words == (0, 0)
    assert counts.changes == 2
    turned = compare_bodies(other, one).counts
    assert turned.filled == (0, 1)
    assert turned.blanks == (0, 1)


def test_a_paragraph_without_its_text_is_a_blank_where_the_other_has_words() -> None:
    made = compare_bodies(body(ICE, "", ROAD), body(ICE, MAYOR, ROAD))
    assert made.counts.blanks == (1, 0)
    assert MAYOR[4:20] not in "".join(piece.right for row in made.rows for piece in row.pieces)


def test_nothing_differs_where_the_words_are_the_same() -> None:
    one = body(ICE, GUILD, ROAD)
    other = one.replace(" ", "\n", 40).upper().replace("2. (C)", "2.  (C)")
    made = compare_bodies(one, other)
    assert made.same
    assert made.counts.changes == 0
    assert {row.kind for row in made.rows} == {"same"}


def test_a_word_that_one_copy_divides_joins_no_paragraphs() -> None:
    one = body(ICE, f"{GUILD} Its data base froze.", ROAD, MAYOR)
    other = body(ICE, f"{GUILD} Its database froze.", ROAD, MAYOR.replace("mild", "wild"))
    made = compare_bodies(one, other)
    assert [row.left.name for row in made.rows if row.left] == ["top", "¶1", "¶2", "¶3", "¶4"]
    assert row_names(made) == ["changed ¶4 ¶4"]


def test_a_long_text_is_compared_whole() -> None:
    paragraphs = [f"(C) Paragraph {at}: {MAYOR[4:]} {at * 7919 % 1000}" for at in range(1, 300)]
    changed = [*paragraphs[:150], GUILD, *paragraphs[150:]]
    made = compare_bodies(body(*paragraphs), body(*changed))
    assert row_names(made) == ["inserted - ¶151"]
