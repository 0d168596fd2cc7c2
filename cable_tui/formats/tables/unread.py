"""What is said once of a file of records: how many have no text, or that there are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from cable_tui.cable import Problem, RawCable


class Unread:
    """Counts cables that have their facts only, though their table has a column of texts."""

    def __init__(self) -> None:
        self._count = 0
        self._line = 0
        self._first = ""

    def see(self, cable: RawCable, line: int) -> None:
        """Count the cable if it has no text."""
        if not cable.body.strip():
            self._count += 1
            self._line = self._line or line
            self._first = self._first or cable.reference_id

    def problems(self, path: str) -> Iterator[Problem]:
        """What is to be said at the end of the file."""
        if self._count:
            one = (
                f"{self._first} has no text"
                if self._count == 1
                else (f"{self._count} records have no text, the first is {self._first}")
            )
            yield Problem(path, self._line, f"{one}: the column of texts is empty; facts are kept")


Item = TypeVar("Item")


def said(items: Iterator[Item], path: str) -> Iterator[Item | Problem]:
    """The items; where there are none, that it is so."""
    count = 0
    for count, item in enumerate(items, 1):  # noqa: B007 - is asked for behind the loop
        yield item
    if not count:
        yield Problem(path, 1, "no record was found in it, though it begins like a table of cables")
