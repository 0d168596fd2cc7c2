"""Rows: read as far as they are asked, the same for all threads, and plain for others."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from cable_tui.api.rows_of_values import Record, Rows, Verdicts
from cable_tui.base.value import Value


class Quay(Value):
    name: str
    built: date | None = None
    boats: tuple[str, ...] = ()


def counted(seen: list[int], most: int = 10) -> Iterator[int]:
    for number in range(most):
        seen.append(number)
        yield number


@pytest.mark.parametrize(
    ("key", "expected", "read"),
    [
        (2, 2, 3),
        (-1, 9, 10),
        (slice(2, 4), [2, 3], 4),
        (slice(None, 2), [0, 1], 2),
        (slice(8, None), [8, 9], 10),
        (slice(-2, None), [8, 9], 10),
        (slice(None, None, -5), [9, 4], 10),
    ],
)
def test_only_as_many_are_read_as_are_needed(key: int | slice, expected: object, read: int) -> None:
    seen: list[int] = []
    found = Rows(counted(seen))[key]
    assert (list(found) if isinstance(found, Rows) else found) == expected
    assert len(seen) == read


def test_threads_get_the_same_rows() -> None:
    rows = Rows(counted([], 1000))
    with ThreadPoolExecutor(8) as pool:
        found = [*pool.map(lambda _: list(rows), range(16))]
    assert found == [list(range(1000))] * 16


def test_rows_become_dictionaries_with_the_same_keys() -> None:
    rows = Rows([Record({"a": 1}), Record({"b": None})])
    assert rows.to_dicts() == [{"a": 1, "b": None}, {"a": None, "b": None}]
    quays = Rows([Quay("north", date(1911, 5, 1), ("Abbess",))])
    assert quays.to_dicts() == [{"name": "north", "built": date(1911, 5, 1), "boats": ["Abbess"]}]
    assert repr(quays[0]) in repr(quays)
    assert Record({"a": 1}) == Record({"a": 1})
    assert repr(Record({"a": 1})) == "Record(a=1)"


def test_verdicts_are_told_apart() -> None:
    rows = [Record({"verdict": verdict}) for verdict in ("exact", "altered", "unfound")]
    verdicts = Verdicts(rows, (), whole=True)
    assert (list(verdicts.exact), list(verdicts.altered)) == (rows[:1], rows[1:2])
    assert list(verdicts.faults) == rows[1:]
    assert verdicts.whole
    assert not Verdicts(rows, ("a table",), whole=True).whole
