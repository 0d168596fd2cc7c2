"""How the records of a cable differ, and which of them is shown."""

from __future__ import annotations

import pytest

from cable_tui.archive.records.compared_records import difference, difference_of_words
from cable_tui.archive.records.further import MORE, UNREDACTED, VARIANT
from cable_tui.base.value import replace
from tests.archive.fiction import raw_cable

SHOWN = raw_cable(
    header="FM AMEMBASSY RABAT\nTO SECSTATE",
    body="SUBJECT: LAMPS\n\n1. (C) Ada Pelham met us on the pier.\n\n2. (C) She left.",
)


@pytest.mark.parametrize(
    ("before", "after", "bits"),
    [
        ("She left", "She left", 0),
        ("She left.", "she   LEFT", 0),
        ("2. (C)", "3. (C)", MORE),  # its number is searched
        ("Ada Pelham", "XXXXXXXXXXXX", VARIANT | UNREDACTED),
        ("left", "went", MORE | VARIANT),
        (" on the pier", "", MORE | VARIANT),
        ("She left.", "She left. XXXXXXXXXXXX", VARIANT),
        ("Ada Pelham met us", "XXXXXXXXXXXX saw us", MORE | VARIANT | UNREDACTED),
    ],
)
def test_a_record_differs(before: str, after: str, bits: int) -> None:
    other = replace(SHOWN, body=SHOWN.body.replace(before, after))
    assert difference(SHOWN, other, [SHOWN]) == bits


def test_where_the_header_ends_makes_no_difference() -> None:
    other = replace(SHOWN, header="", body=f"{SHOWN.header}\n{SHOWN.body}")
    assert difference(SHOWN, other, [SHOWN]) == 0
    assert difference(other, SHOWN, [other]) == 0


def test_what_a_record_before_has_is_not_more() -> None:
    other = replace(SHOWN, body=SHOWN.body.replace("left", "went"))
    assert difference(SHOWN, other, [SHOWN, other]) == VARIANT


@pytest.mark.parametrize(
    "body", [SHOWN.body, "XXXXXXXXXXXX", "1. (C) XXXXXXXXXXXX left.", "...", ""]
)
def test_a_record_without_words_is_told_as_if_it_was_compared(body: str) -> None:
    """Its comparison would cost as much as that of a record with all words."""
    shown = replace(SHOWN, body=body, header="")
    other = replace(shown, body="", header="")
    assert difference(shown, other, [shown]) == difference_of_words(shown, other)
