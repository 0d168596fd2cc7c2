import pytest

from cable_tui.tui.list_lines import Columns, cell, columns


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (97, Columns(15, 10, 7, 62)),
        (53, Columns(15, 10, 7, 18)),
        (52, Columns(15, 7, 7, 20)),
        (48, Columns(15, 0, 7, 24)),
        (40, Columns(15, 0, 0, 24)),
        (10, Columns(15, 0, 0, 0)),
    ],
)
def test_columns_give_way_by_width(cells: int, expected: Columns) -> None:
    assert columns(cells, 15) == expected


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("HERRING", 9, "HERRING  "),
        ("HERRING", 5, "HERR…"),
        ("一二三", 4, "一… "),
        ("a\x1b[31mb", 8, "a␛[31mb "),
    ],
)
def test_cells_are_filled_or_cropped(text: str, cells: int, expected: str) -> None:
    assert cell(text, cells) == expected
