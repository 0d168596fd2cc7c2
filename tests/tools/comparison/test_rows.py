"""Comparisons by paragraph: what is next to what, what was moved, what is counted."""

from __future__ import annotations

import pytest

from cable_tui.telegram.comparison.words import compared
from cable_tui.tools.comparison.rows import Comparison, compare
from tests.cases import case
from tests.telegram.comparison.test_changes import cable
from tests.tool_cases import TextFunctions

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
        case("the-same", (ICE, GUILD), (ICE, GUILD), []),
        case("a-paragraph-more", (ICE, ROAD), (ICE, GUILD, ROAD), ["inserted - ¶2"]),
        case("a-paragraph-less", (ICE, GUILD, ROAD), (ICE, ROAD), ["deleted ¶2 -"]),
        case("another-paragraph-in-its-place", (ICE, GUILD, ROAD), (ICE, MAYOR, ROAD),
             ["deleted ¶2 -", "inserted - ¶2"]),
        case("a-word", (ICE, GUILD), (ICE, GUILD.replace("forty", "fifty")), ["changed ¶2 ¶2"]),
        case("words-at-the-beginning", (ICE, GUILD), (ICE, f"(C) However, {GUILD[4:]}"),
             ["changed ¶2 ¶2"]),
        case("words-at-the-end", (ICE, GUILD), (f"{ICE} Nobody knows why.", GUILD),
             ["changed ¶1 ¶1"]),
        case("swapped-neighbours", (ICE, GUILD, ROAD), (ICE, ROAD, GUILD),
             ["moved-here ¶3 ¶2", "moved ¶3 ¶2"]),
        case("swapped-ends", (ICE, GUILD, MAYOR, ROAD), (ROAD, GUILD, MAYOR, ICE),
             ["moved ¶1 ¶4", "moved ¶4 ¶1", "moved-here ¶1 ¶4", "moved-here ¶4 ¶1"]),
        case("the-end-of-one-and-a-whole-one", (ICE, GUILD),
             (ICE[:-1] + ", they say.", "(U) It thawed.", GUILD),
             ["changed ¶1 ¶1", "inserted - ¶2"]),
        case("two-paragraphs-as-one", (ICE, GUILD), (f"{ICE} {GUILD}",), []),
        case("a-paragraph-redacted", (ICE, "(C) XXXXXXXXXXXX", ROAD), (ICE, MAYOR, ROAD),
             ["changed ¶2 ¶2"]),
    ],
)  # fmt: skip
def test_paragraphs_stand_beside_each_other(
    one: tuple[str, ...], other: tuple[str, ...], expected: list[str]
) -> None:
    found = row_names(compare_bodies(body(*one), body(*other)))
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


LAKE = "1. (C) On the ninth {} told us that the lake froze late this year, and left at once."


def shown(one: str, other: str, *, one_cable: bool = True, full: bool = False) -> list[str]:
    """Both sides of every piece that differs."""
    left, right = (compared(cable(f"SUBJECT: ICE\n\n{text}\n")) for text in (one, other))
    made = compare(left, right, one_cable=one_cable)
    pieces = [piece for row in made.rows for piece in row.pieces if piece.kind != "same"]
    return [
        f"{(full and each.full_left) or each.left} | {(full and each.full_right) or each.right}"
        for each in pieces
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        case("redaction", "XXXXXXXXXXXX", "Rupert Hentzau", ["XXXXXXXXXXXX | [hidden]"]),
        case("redaction-right", "Rupert Hentzau", "XXX", ["[hidden] | XXX"]),
        case("no-name-but-hidden", "XXXX", "a priest of the hills", ["XXXX | [hidden]"]),
        case("blank", "a guest      ", "a guest Rupert", [" | [hidden]"]),
        case("put-otherwise", "Rupert Hentzau", "a guest", ["[hidden] | a guest"]),
        case("left-out", "the old Rupert", "the old", ["[hidden] | "]),
        case("misspelt", "Rupert Hentzau", "Rupert Hentsau", ["Hentzau | Hentsau"]),
        case("no-name", "a guest", "an old guest", ["a | an old"]),
        case("a-word-that-begins-a-sentence", "However, they", "they", ["However, | "]),
        case("name-alone", "Rupert (who knows)", "he", ["[hidden] (who knows) | he"]),
    ],
)
def test_names_that_one_record_lacks_are_hidden(one: str, other: str, expected: list[str]) -> None:
    assert shown(LAKE.format(one), LAKE.format(other)) == expected


def test_what_is_hidden_is_there_for_whoever_asks() -> None:
    one, other = LAKE.format("XXXX"), LAKE.format("Rupert Hentzau")
    assert shown(one, other, full=True) == ["XXXX | Rupert Hentzau"]


def test_a_hidden_name_is_hidden_in_paragraphs_that_only_one_record_has() -> None:
    more = "\n\n2. (C) Comment: Hentzau has told us such things before, and was right. End comment."
    found = shown(LAKE.format("XXXX"), LAKE.format("Rupert Hentzau") + more)
    assert found[0] == "XXXX | [hidden]"
    assert "Hentzau" not in "".join(found)
    assert "has told us such things before" in found[1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        case("behind", "1. (C) The guide was XXXX.\n\n2. (C) It froze.",
             "1. (C) The guide was Rupert Hentzau.\n\nThe boats are old\n\n2. (C) It froze.",
             ["XXXX. | [hidden]", " | The boats are old"]),
        case("before", "1. (C) It froze.\n\nXXXX was the guide of the boats.",
             "1. (C) It froze.\n\nThe boats are old\n\nRupert was the guide of the boats.",
             [" | The boats are old", "XXXX | [hidden]"]),
        case("all-of-it-was-taken-out",
             "1. (C) It froze.\n\nXXXX\n\n2. (C) The guide of the boats left.",
             "1. (C) It froze.\n\nRupert saw\n\nold boats\n\n2. (C) The guide of the boats left.",
             ["XXXX | [hidden]"]),
        case("above-a-heading", "1. (C) It froze.\n\nXXXX\nTHE BOATS",
             "1. (C) It froze.\n\nRupert saw\n\nold boats\n\nTHE BOATS", ["XXXX | [hidden]"]),
        case("between-words-of-one-line", "1. (C) The guide was XXXX of the boats.",
             "1. (C) The guide was Rupert\n\nwith oars\n\nguardian of the boats.",
             ["XXXX | [hidden]"]),
    ],
)  # fmt: skip
def test_whole_lines_of_one_record_beside_a_redaction_are_shown(
    one: str, other: str, expected: list[str]
) -> None:
    assert shown(one, other) == expected
    assert shown(other, one) == [" | ".join(reversed(each.split(" | "))) for each in expected]


def test_a_name_that_both_records_have_is_not_hidden() -> None:
    more = "\n\n2. (C) Comment: Hentzau has told us such things before, and was right. End comment."
    found = shown(LAKE.format("Count Hentzau") + more, LAKE.format("he") + more)
    assert found == ["[hidden] Hentzau | he"]


def test_two_cables_hide_only_what_fills_a_redaction() -> None:
    pair = LAKE.format("Rupert Hentzau"), LAKE.format("a guest")
    assert shown(*pair, one_cable=False) == ["Rupert Hentzau | a guest"]
    pair = LAKE.format("Rupert Hentzau"), LAKE.format("XXXX")
    assert shown(*pair, one_cable=False) == ["[hidden] | XXXX"]


def test_short_changes_of_a_text_of_capitals_are_taken_for_names() -> None:
    pair = LAKE.format("RUPERT").upper(), LAKE.format("he").upper()
    assert shown(*pair) == ["[hidden] | HE"]


def test_officers_of_the_top_are_not_hidden() -> None:
    one = "Classified By: Ambassador Sapt. Reason: 1.4 (b)\n\n" + LAKE.format("he")
    other = "Classified By: Charge Strakencz. Reason: 1.4 (b)\n\n" + LAKE.format("he")
    assert shown(one, other) == ["Ambassador Sapt. | Charge Strakencz."]


CASE = TextFunctions(
    ("tools.comparison.rows",),
    {"tools.comparison.rows.compare": "two texts; benchmarks.tools.comparison.costs"},
)
