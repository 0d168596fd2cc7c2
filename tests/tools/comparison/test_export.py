"""A comparison as lines, sentences and JSON."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.telegram.comparison.words import compared
from cable_tui.text import width
from cable_tui.tools.comparison.export import (
    HIDDEN_HOW,
    PageLayout,
    lines,
    summary,
    titles,
)
from cable_tui.tools.comparison.rows import Version, Versions, compare
from tests.telegram.comparison.test_changes import cable
from tests.tools.comparison.test_rows import GUILD, ICE, ROAD, body

TALE = "(C) On the ninth {} told us of the ice."
ONE = body(ICE, TALE.format("XXXX"), GUILD, ROAD)
OTHER = body(ICE, TALE.format("Rupert Hentzau"), GUILD.replace("forty", "fifty"))


def versions(one: str = ONE, other: str = OTHER) -> Versions:
    """Two records of a cable."""
    left, right = (
        Version("09ZENDA27", "09ZENDA27", number, 2, f"{number}.html", "html-page")
        for number in (1, 2)
    )
    made = compare(compared(cable(one)), compared(cable(other)), one_cable=True)
    return Versions(left, right, made)


def text(layout: PageLayout) -> list[str]:
    """The lines without their looks."""
    return [
        "".join(piece for piece, _ in line.spans).rstrip()
        for line in lines(versions().comparison, layout)
    ]


def test_below_each_other_each_line_says_whose_it_is() -> None:
    assert text(PageLayout(80)) == [
        "= top to ¶1: the same",
        "",
        "¶2",
        "1 (C) On the ninth XXXX told us of the ice.",
        "2 (C) On the ninth {+[hidden]+} told us of the ice.",
        "",
        "¶3",
        "1 (C) The guild of cutters keeps [-forty-] horses; their hay costs more than the",
        "1 ice.",
        "2 (C) The guild of cutters keeps {+fifty+} horses; their hay costs more than the",
        "2 ice.",
        "",
        "¶4: only in the first text",
        "1 [-(U) We shall report again when the road over the pass is open to wagons.-]",
        "",
    ]


def test_without_brackets_the_looks_tell_the_words_of_each_side() -> None:
    layout = PageLayout(80, brackets=False)
    looks = {
        word: look
        for line in lines(versions().comparison, layout)
        for word, look in line.spans
        if look in ("left", "right")
    }
    assert (looks["forty"], looks["fifty"]) == ("left", "right")
    assert next(summary(versions(), brackets=False)).startswith(
        "3 differences; words: 16 only in the first, 1 only in the second"
    )


def test_side_by_side_both_columns_have_the_same_width() -> None:
    found = text(PageLayout(83, beside=True))
    assert found[3:5] == [
        "(C) On the ninth XXXX told us of the     │ (C) On the ninth {+[hidden]+} told us of",
        "ice.                                     │ the ice.",
    ]
    found = text(PageLayout(83, beside=True, ascii_only=True))
    assert "│" not in "".join(found)


@pytest.mark.parametrize("cells", [20, 33, 80, 131])
@pytest.mark.parametrize("beside", [False, True])
def test_no_line_is_wider_than_there_is_room(cells: int, beside: bool) -> None:
    assert all(width(line) <= cells for line in text(PageLayout(cells, full=True, beside=beside)))


def test_a_gap_has_a_sign() -> None:
    pair = body("(C) The Mayor      was not there."), body("(C) The Mayor Fritz was not there.")
    found = lines(versions(*pair).comparison, PageLayout(80))
    assert ["".join(piece for piece, _ in line.spans) for line in found][3:5] == [
        "1 (C) The Mayor [gap] was not there.",
        "2 (C) The Mayor {+[hidden]+} was not there.",
    ]


def test_a_moved_paragraph_says_from_where_and_to_where() -> None:
    found = lines(versions(body(ICE, GUILD), body(GUILD, ICE)).comparison, PageLayout(80))
    heads = ["".join(piece for piece, _ in line.spans) for line in found if line.head]
    assert heads == [
        "¶1: moved to ¶2 of the second text",
        "¶2 of the second text: moved from ¶1 of the first",
    ]


def test_sentences_say_how_much_differs() -> None:
    assert list(summary(versions(), HIDDEN_HOW)) == [
        "3 differences; words: 16 only in the [-first-], 1 only in the {+second+}.",
        "1 redaction in the first; 1 filled by the second.",
        (
            "In 1 difference, words found in only one text may be a name (hidden; --reveal shows "
            "them)."
        ),
    ]
    assert list(summary(versions(ONE, ONE))) == [
        "Nothing differs: the words are the same.",
        "1 redaction in the first; none filled by the second.",
        "1 redaction in the second; none filled by the first.",
    ]
    assert titles(versions())[0] == "09ZENDA27, version 1 of 2: 1.html (html-page)"


def test_another_cable_fills_nothing() -> None:
    """The words beside a redaction in another cable need not be what was taken out."""
    found = versions("XXXXXXXXXXXX said the lamp was lit.", "The keeper said the lamp was lit.")
    other = replace(
        found, right=replace(found.right, reference_id="09ZENDA28", canonical_id="09ZENDA28")
    )
    assert "1 redaction in the first; 1 filled by the second." in list(summary(found))
    said = "1 redaction in the first; the second shows words in place of 1."
    assert said in list(summary(other))
