from dataclasses import dataclass, replace

import pytest

from cable_tui.text import width
from cable_tui.tui.list_lines import Columns, Signs, cell, columns, line


@dataclass(frozen=True)
class Cable:
    reference_id: str = "09ZENDA1"
    canonical_id: str = "09ZENDA1"
    created: str = "2009-02-13T14:57Z"
    classification: str = "SECRET"
    subject: str = "HERRING"
    parsed: bool = True
    new: bool = False


NEW = replace(Cable(), new=True)
HERE = frozenset({"09ZENDA1"})


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


@pytest.mark.parametrize(
    ("cable", "signs", "marked", "expected"),
    [
        pytest.param(Cable(), Signs(), False, "    ", id="none"),
        pytest.param(Cable(), Signs(bookmarked=HERE), False, " ★  ", id="a bookmark"),
        pytest.param(Cable(), Signs(bookmarked=HERE, noted=HERE), False, " ✎  ", id="a note"),
        pytest.param(Cable(), Signs(read=HERE), False, "  ✓ ", id="read"),
        pytest.param(NEW, Signs(), False, "  + ", id="new"),
        pytest.param(NEW, Signs(read=HERE), False, "  ✓ ", id="new and read"),
        pytest.param(NEW, Signs(bookmarked=HERE), True, " ★+●", id="all that can be said"),
        pytest.param(Cable(), Signs(read=HERE), True, "  ✓●", id="marked and read"),
        pytest.param(None, Signs(), True, "   ●", id="marked and not known yet"),
        pytest.param(None, Signs(), False, "    ", id="not known yet"),
    ],
)
def test_signs_do_not_rely_on_colour(
    cable: Cable | None, signs: Signs, marked: bool, expected: str
) -> None:
    painted = "".join(text for text, _ in line(cable, 60, 15, signs=signs, marked=marked))
    assert painted[:4] == expected
    assert width(painted) == 60


def test_what_was_read_stands_back() -> None:
    looks = {look for _, look in line(Cable(), 60, 15, signs=Signs(read=HERE))}
    assert "read" in looks
    assert not looks & {"reference"}
    assert "read" not in {look for _, look in line(Cable(), 60, 15)}


def test_a_range_that_is_being_marked_counts_as_marked() -> None:
    signs = Signs(marked=frozenset({7}), span=(3, 5))
    assert [signs.is_marked(place, place) for place in (2, 3, 5, 6, 7)] == [
        False,
        True,
        True,
        False,
        True,
    ]


class Herring:
    """Lights one word."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [
            (start, start + 7) for start in range(len(text)) if text.startswith("HERRING", start)
        ]


def test_what_matched_is_lit_in_the_subject() -> None:
    cable = replace(Cable(), subject="OLD HERRING AND NEW HERRING")
    pieces = line(cable, 70, 15, signs=Signs(lit=Herring()))
    assert [text for text, look in pieces if look == "hit"] == ["HERRING", "HERRING"]
    assert width("".join(text for text, _ in pieces)) == 70
    assert [look for _, look in line(cable, 70, 15)].count("hit") == 0
