"""Which citation a quotation belongs to."""

from __future__ import annotations

import pytest

from cable_tui.drafts import markdown
from cable_tui.drafts.attribution import what_to_check

FIVE = "one two three four five"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"“{FIVE}” (09RABAT1).", [["09RABAT1"]]),
        (f"“{FIVE}.” (09RABAT1) Then 09RABAT2 said more.", [["09RABAT1"]]),
        (f"In 09RABAT1 it said “{FIVE}”.", [["09RABAT1"]]),
        (f"In 09RABAT1 it said “{FIVE}”. In 09RABAT2 “six {FIVE}”.", [["09RABAT1"], ["09RABAT2"]]),
        (f"“{FIVE}” and “six {FIVE}” (09RABAT1).", [["09RABAT1"], ["09RABAT1"]]),
        (f"“{FIVE}” (09RABAT1; 09RABAT2).", [["09RABAT1", "09RABAT2"]]),
        (f"It said “{FIVE}”. Later it did not. See 09RABAT1.", [["09RABAT1"]]),
        (f"It said “{FIVE}”.", [[]]),
        (f"“{FIVE}”[^1]\n\n[^1]: See 09RABAT1 and 09RABAT2.", [["09RABAT1", "09RABAT2"]]),
        (
            f"“{FIVE}”[^1] and “six {FIVE}”[^2]\n\n[^1]: 09RABAT1, ¶2.\n\n[^2]: Ibid., para. 4.",
            [["09RABAT1"], ["09RABAT1"]],
        ),
        (f"> {FIVE}\n\n(09RABAT1)", [["09RABAT1"]]),
        (f"> {FIVE}\n— 09RABAT1", [["09RABAT1"]]),
        (f"> {FIVE} (09RABAT1)", [["09RABAT1"]]),
        (f"As 09RABAT1 has it:\n\n> {FIVE}\n\nThen much later 09RABAT2.", [["09RABAT1"]]),
    ],
)
def test_the_nearest_citation_counts(text: str, wanted: list[list[str]]) -> None:
    found = what_to_check(markdown.read(text)).quotations
    assert [[one.ids[0] for one in each.cited] for each in found] == wanted


def test_ibid_has_a_paragraph_of_its_own() -> None:
    text = f"“{FIVE}”[^1] “six {FIVE}”[^2]\n\n[^1]: 09RABAT1, ¶2.\n\n[^2]: Ibid., para. 4."
    found = what_to_check(markdown.read(text)).quotations
    assert [each.cited[0].labels for each in found] == [("2",), ("4",)]


def test_the_source_of_a_block_is_none_of_its_words() -> None:
    read = what_to_check(markdown.read(f"> {FIVE} (09RABAT1, para. 3)"))
    assert read.quotations[0].quotation.text(read.draft.blocks) == FIVE
