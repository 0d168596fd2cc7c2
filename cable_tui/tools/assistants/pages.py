"""Answers as compact text: a heading and as many JSON rows as fit, with a pointer to the rest.

Cable text only ever appears inside a JSON row, so it cannot be mistaken for a part of the answer
around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from cable_tui.text import crop
from cable_tui.text.cleaning import json_text

LARGEST = 24_000
"""The maximum size of an answer, in bytes."""
_AROUND = 1_600
"""The number of bytes reserved for the envelope, the pointer to the rest, and the list of unknowns.
"""
_LONGEST_LINE = 1_200
_CUTS = (1_000, 200, 40)
"""The lengths to which the texts in a row are cut, one after another, until the row fits on a page.
"""
_MOST_CUT = 20

Row = Mapping[str, Any]


class Page:
    """The rows of an answer from number `start` that fit on a page, and the lines around them."""

    def __init__(
        self, head: Iterable[str], rows: Iterable[Row], start: int, *, has_copy: bool = False
    ) -> None:
        """Take the rows, beginning with number `start`.

        `has_copy` means that the answer contains them twice.
        """
        self.head = [crop(" ".join(line.split()), _LONGEST_LINE) for line in head if line]
        self.rows: list[Any] = []
        self.more = 0
        """The number of the row at which the next page begins, or 0 if this is the last page."""
        room = LARGEST - _AROUND - sum(_size(line) for line in self.head)
        times = 2 if has_copy else 1
        for number, row in enumerate(rows, start):
            fitting = _fitting(row, LARGEST // 2 // times)
            room -= _size(json_text(fitting)) * times
            if room < 0 and self.rows:
                self.more = number
                break
            self.rows.append(fitting)

    def text(self, not_known: Sequence[str]) -> str:
        """Return the answer, which ends with the list of unknowns."""
        rest = f"There is more: ask again with start={self.more}." if self.more else ""
        last = crop(f"Not known: {'; '.join(not_known)}.", _LONGEST_LINE)
        return "\n".join(filter(None, (*self.head, *map(json_text, self.rows), rest, last)))


def parts_of(text: str, most: int = 3_000) -> Iterator[str]:
    """Yield a text in parts that each fit on a page, whatever characters they contain."""
    for start in range(0, max(len(text), 1), most):
        yield text[start : start + most]


def _size(line: str) -> int:
    """Return the number of bytes of a line inside a JSON string."""
    return len(json_text(line).encode("utf-8", "replace"))


def _fitting(row: Row, most: int) -> Any:
    value = _cut(row, 0)
    for longest in _CUTS:
        if _size(json_text(value)) <= most:
            return value
        value = {**_cut(row, longest), "cut": "the row is too long for an answer"}
    return value if _size(json_text(value)) <= most else {"cut": "the row is too long"}


def _cut(value: Any, longest: int) -> Any:
    """Return a JSON value; its texts and lists are cut to `longest` unless that is 0."""
    if isinstance(value, str):
        return crop(value, longest) if longest else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _cut(each, longest) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(each, longest) for each in (value[:_MOST_CUT] if longest else value)]
    return value if isinstance(value, int | float | type(None)) else str(value)
