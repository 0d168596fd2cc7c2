"""Flags, sizes and orders of all cables, gathered from the catalogue."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.columns import sizes_and_flags
from cable_tui.archive.columns.sizes_and_flags import Measures, sized
from cable_tui.query.flags import BITS
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, archive_of, references

NONE = array("I")
MEASURES = Measures(
    {0b01: array("I", [1]), 0b11: array("I", [2]), 0b00: array("I", [4]), 0b10: array("I", [9])},
    sized([(1, 500), (2, 20), (4, 500), (9, 7000)]),
    sized([(1, 3), (2, 1), (4, 0), (9, 12)]),
    NONE,
    NONE,
)


@pytest.mark.parametrize(("bit", "ids"), [(1, {1, 2}), (2, {2, 9}), (4, set())])
def test_the_cables_with_a_flag_are_a_set(bit: int, ids: set[int]) -> None:
    assert MEASURES.having(bit, 10) == sum(1 << id_ for id_ in ids)
    assert MEASURES.count(bit) == len(ids)


def test_ids_that_are_newer_than_the_columns_are_left_out() -> None:
    assert MEASURES.having(2, 9) == 1 << 2


@pytest.mark.parametrize(
    ("least", "most", "ids"),
    [(0, 1 << 40, [2, 1, 4, 9]), (500, 500, [1, 4]), (21, 499, []), (7001, 1 << 40, [])],
)
def test_a_range_of_sizes_is_cut_out(least: int, most: int, ids: list[int]) -> None:
    assert list(MEASURES.lengths.between(least, most)) == ids


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    asking = Fiction("09RABAT30", ref="09 PARIS 77", text="Two.\n\n2. (C) More.")
    return archive_of(tmp_path, LAMPS, BRIDGE, GOATS, asking)


def test_measures_are_gathered_from_the_catalogue(archive: Archive) -> None:
    with archive.reading() as db:
        found = sizes_and_flags.build_measures(db)
    assert references(archive, found.by_reference) == [
        "08RABAT990", "09CASABLANCA31", "09RABAT27", "09RABAT30",
    ]  # fmt: skip
    assert references(archive, found.missing) == ["09RABAT30"]
    assert list(found.paragraphs.numbers) == [1, 1, 1, 2]
    assert found.count(BITS["has", "reference"]) == 2
