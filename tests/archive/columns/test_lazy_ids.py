"""Long answers of which the first ids are known."""

from array import array
from collections.abc import Sequence

import pytest

from cable_tui.archive.columns import lazy_ids
from cable_tui.archive.columns.lazy_ids import GrowingIds


class Rest:
    """What finds the rest, and says how often it was asked."""

    def __init__(self, *ids: int) -> None:
        self.ids = ids
        self.asked = 0

    def __call__(self) -> Sequence[int]:
        self.asked += 1
        return array("I", self.ids)


def _begun(rest: Rest, count: int = 5) -> GrowingIds:
    return GrowingIds(array("I", [9, 8]), count, rest)


def test_nothing_is_asked_while_the_first_are_read() -> None:
    rest = Rest(7, 6, 5)
    begun = _begun(rest)
    assert (len(begun), begun[0], begun[-4]) == (5, 9, 8)
    assert (list(begun[:2]), list(begun[9:])) == ([9, 8], [])
    assert rest.asked == 0


def test_the_rest_is_asked_for_once() -> None:
    rest = Rest(7, 6, 5)
    begun = _begun(rest)
    assert list(begun) == [9, 8, 7, 6, 5]
    assert list(begun[1:4]) == [8, 7, 6]
    assert list(begun[::-2]) == [5, 7, 9]
    assert list(begun.whole()) == [9, 8, 7, 6, 5]
    assert begun[4] == 5
    assert rest.asked == 1
    with pytest.raises(IndexError):
        begun[5]


@pytest.mark.parametrize(
    ("rest", "ids"), [((7,), [9, 8, 7, 0, 0]), ((7, 6, 5, 4), [9, 8, 7, 6, 5])]
)
def test_an_archive_that_changed_meanwhile_gives_as_many(
    rest: tuple[int, ...], ids: list[int]
) -> None:
    assert list(_begun(Rest(*rest))) == ids


def test_the_rest_is_read_as_far_as_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lazy_ids, "CHUNK", 2)
    inner = Rest(5, 4, 3, 2, 1)
    outer = GrowingIds(array("I", [9]), 8, lambda: GrowingIds(array("I", [8, 7]), 7, inner))
    assert (outer[2], inner.asked) == (7, 0)
    assert list(outer) == [9, 8, 7, 5, 4, 3, 2, 1]
    assert inner.asked == 1
