"""Marks that wait keep their numbers, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.library import Mark, NotWrittenError
from tests.tui.test_watch import Shelf

ONE, TWO = Mark("09ZENDA1", "09ZENDA1"), Mark("09ZENDA2", "09ZENDA2")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with closing(Shelf(tmp_path / "library.sqlite")) as library:
        yield library


def _waits(shelf: Shelf, mark: Mark) -> int:
    """The number of a mark that the disk did not take."""
    shelf.full = True
    with pytest.raises(NotWrittenError):
        shelf.add(mark)
    shelf.full = False
    return shelf.pending[-1].id


def test_a_number_from_before_a_write_means_the_same_mark_after_it(shelf: Shelf) -> None:
    first = _waits(shelf, ONE)
    shelf.write_pending()
    second = _waits(shelf, TWO)
    assert second != first
    shelf.edit(first, "for the first")
    assert {mark.canonical_id: mark.note for mark in shelf.marks()} == {
        "09ZENDA1": "for the first",
        "09ZENDA2": "",
    }


def test_it_goes_into_a_list_and_is_taken_away_by_that_number_too(shelf: Shelf) -> None:
    first = _waits(shelf, ONE)
    shelf.write_pending()
    shelf.put([first], [], "harbour")
    assert [mark.canonical_id for mark in shelf.lists.marks("harbour")] == ["09ZENDA1"]
    removed = shelf.remove(first)
    assert removed is not None
    assert removed.canonical_id == "09ZENDA1"
    assert shelf.marks() == []
