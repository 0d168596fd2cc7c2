"""A cable whose file is gone: what is known of it, and nothing that is not."""

from __future__ import annotations

import pytest

from cable_tui.archive.catalogue.rows import Row
from cable_tui.effects.placeholder_cable import is_placeholder, placeholder_cable
from cable_tui.tui.cable.facts_box import compact_lines, header_line, top_lines
from tests.tui.cables import whole

ROW = Row(7, "09ZENDA27", "09ZENDA27", "2009-02-13T14:57Z", "SECRET", "Embassy Zenda", "ICE", ())
REASON = "a.html: the file is\tgone\x1b"


def test_the_catalogue_and_the_reason_are_shown() -> None:
    made = placeholder_cable(ROW, REASON)
    assert (made.reference_id, made.subject, made.facts.classification) == (
        "09ZENDA27",
        "ICE",
        "SECRET",
    )
    assert made.body.text.startswith("The text of this cable cannot be shown.\n\na.html: the file")
    assert "\x1b" not in made.body.text
    assert is_placeholder(made)
    assert not is_placeholder(whole())


@pytest.mark.parametrize("lay", [top_lines, compact_lines])
def test_the_box_says_that_only_the_catalogue_speaks(lay: object) -> None:
    chosen = top_lines if lay is top_lines else compact_lines
    shown = [
        "".join(text for text, _ in line)
        for line in chosen(placeholder_cable(ROW, ""), 78, bookmarked=False)
    ]
    assert shown[-1] == "! Only what the catalogue knows is shown: its text is not here."
    assert not any("none" in line for line in shown)


def test_a_header_that_is_not_known_is_not_said_to_be_missing() -> None:
    assert header_line(placeholder_cable(ROW, "")) == "Its transmission header is not here"
