from __future__ import annotations

import pytest

from cable_tui.tui.widgets.styled_spans import overlapping


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 3, []), (3, 6, [(5, 8)]), (7, 12, [(5, 8), (10, 12)]), (12, 30, [(20, 21)]), (8, 10, [])],
)
def test_overlapping_ranges_touch(start: int, end: int, expected: list[tuple[int, int]]) -> None:
    assert list(overlapping([(5, 8), (10, 12), (20, 21)], start, end)) == expected
