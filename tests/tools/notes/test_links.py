"""References in notes: what is one, and which notes link which cables."""

from __future__ import annotations

import pytest

from cable_tui.library import Mark
from cable_tui.tools.notes.links import links, named_cables


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("see 09RABAT1#3.", [("09RABAT1", "3")]),
        ("09rabat1 ¶3, 09RABAT1#par4", [("09RABAT1", "3"), ("09RABAT1", "4")]),
        ("(08STATE127448)", [("08STATE127448", None)]),
        ("09ZENDA9", [("09ZENDA9", None)]),
        ("[[09RABAT1]] and x09RABAT1", [("09RABAT1", None)]),
        ("09RABAT and 2009 and RABAT1", []),
        ("", []),
    ],
)
def test_a_reference_is_a_word_like_one(note: str, named: list[tuple[str, str | None]]) -> None:
    found = list(named_cables(note))
    assert [(each.canonical_id, each.paragraph) for each in found] == named
    assert all(note[each.start].isdigit() for each in found)


def test_a_note_links_each_place_once_and_never_its_own_cable() -> None:
    marks = [
        Mark("09ZENDA1", "09ZENDA1", "2", note="09ZENDA2, 09ZENDA2, 09ZENDA2#3 and 09ZENDA1#7"),
        Mark("09ZENDA2", "09ZENDA2", note="nothing"),
    ]
    found = [(each.mark.name, *each.named[2:]) for each in links(marks)]
    assert found == [("09ZENDA1 ¶2", "09ZENDA2", None), ("09ZENDA1 ¶2", "09ZENDA2", "3")]
