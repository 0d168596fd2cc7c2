"""Names that one record had taken out: what is hidden, and what is not."""

from __future__ import annotations

import pytest

from cable_tui.telegram.comparison.rows import compare
from cable_tui.telegram.comparison.words import compared
from tests.telegram.comparison.test_changes import cable

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
        pytest.param("XXXXXXXXXXXX", "Rupert Hentzau", ["XXXXXXXXXXXX | [hidden]"], id="redaction"),
        pytest.param("Rupert Hentzau", "XXX", ["[hidden] | XXX"], id="redaction-right"),
        pytest.param("XXXX", "a priest of the hills", ["XXXX | [hidden]"], id="no-name-but-hidden"),
        pytest.param("a guest      ", "a guest Rupert", [" | [hidden]"], id="blank"),
        pytest.param("Rupert Hentzau", "a guest", ["[hidden] | a guest"], id="put-otherwise"),
        pytest.param("the old Rupert", "the old", ["[hidden] | "], id="left-out"),
        pytest.param("Rupert Hentzau", "Rupert Hentsau", ["Hentzau | Hentsau"], id="misspelt"),
        pytest.param("a guest", "an old guest", ["a | an old"], id="no-name"),
        pytest.param("However, they", "they", ["However, | "], id="a-word-that-begins-a-sentence"),
        pytest.param("Rupert (who knows)", "he", ["[hidden] (who knows) | he"], id="name-alone"),
    ],
)  # fmt: skip
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
        pytest.param(
            "1. (C) The guide was XXXX.\n\n2. (C) It froze.",
            "1. (C) The guide was Rupert Hentzau.\n\nThe boats are old\n\n2. (C) It froze.",
            ["XXXX. | [hidden]", " | The boats are old"],
            id="behind",
        ),
        pytest.param(
            "1. (C) It froze.\n\nXXXX was the guide of the boats.",
            "1. (C) It froze.\n\nThe boats are old\n\nRupert was the guide of the boats.",
            [" | The boats are old", "XXXX | [hidden]"],
            id="before",
        ),
        pytest.param(
            "1. (C) It froze.\n\nXXXX\n\n2. (C) The guide of the boats left.",
            "1. (C) It froze.\n\nRupert saw\n\nold boats\n\n2. (C) The guide of the boats left.",
            ["XXXX | [hidden]"],
            id="all-of-it-was-taken-out",
        ),
        pytest.param(
            "1. (C) It froze.\n\nXXXX\nTHE BOATS",
            "1. (C) It froze.\n\nRupert saw\n\nold boats\n\nTHE BOATS",
            ["XXXX | [hidden]"],
            id="above-a-heading",
        ),
        pytest.param(
            "1. (C) The guide was XXXX of the boats.",
            "1. (C) The guide was Rupert\n\nwith oars\n\nguardian of the boats.",
            ["XXXX | [hidden]"],
            id="between-words-of-one-line",
        ),
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
