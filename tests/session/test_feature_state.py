"""The parts of the session that several features share."""

from __future__ import annotations

import pytest

from cable_tui.library import Mark
from cable_tui.session.feature_state import list_symbols, lists_by_cable

TEN = tuple((f"list {number}", 1) for number in range(1, 11))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), ""),
        (("list 3", "list 1"), "¹³"),
        (("list 10",), "⁺"),
        (("list 10", "list 9", "gone"), "⁹⁺"),
    ],
)
def test_lists_have_the_numbers_of_the_dialog(names: tuple[str, ...], expected: str) -> None:
    assert list_symbols(names, TEN) == expected


def test_a_cable_is_in_the_lists_of_its_paragraphs() -> None:
    marks = [
        Mark("09ZENDA1", "09ZENDA1", lists=("maps",)),
        Mark("09ZENDA1", "09ZENDA1", "2", lists=("maps", "ships")),
        Mark("09ZENDA2", "09ZENDA2"),
    ]
    assert lists_by_cable(marks) == {"09ZENDA1": ("maps", "ships")}
