"""Locates the complete values of a JSON object or list without parsing them.

A value is complete if its end is present, followed by a comma, the end of the list or the end of
the data. Anything else is damage, and nothing is guessed after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.base.pattern import pattern

_INSIDE = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+'
_STRING = _INSIDE + b'"'
_MEMBER = pattern(
    rb"\s*+(?:(?P<key>" + _STRING + rb")\s*+:\s*+)?"
    rb"(?P<value>[\[{]|" + _STRING + rb"|[-+.0-9A-Za-z]++)",
    re.DOTALL,
)
_AFTER = pattern(rb"\s*+(?:,|(?P<closing>[\]}])|(?P<ended>\Z))")
_CLOSING = pattern(rb"\s*+([\]}])")
_TOKEN = pattern(_INSIDE + rb'\\?+(?:"|\Z)|[{}\[\]]', re.DOTALL)
"""Matches strings and brackets. An unterminated string extends to the end of the data, so that it
is searched only once.
"""
_STEPS = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}
_ENDS = frozenset(b'"]}')


class JsonMember(NamedTuple):
    """The location of one value."""

    key: int
    """The offset of its key, or -1 in a list."""
    start: int
    end: int


class JsonValues:
    """The complete values of an object (`keyed`) or list, in order; `at` is an offset inside it."""

    def __init__(self, data: bytes, at: int, *, keyed: bool = False) -> None:
        self._data = data
        self._keyed = keyed
        self.at = at
        """The offset up to which values were read: after the closing bracket, or at the damage."""
        self.looked = self.at
        """The offset up to which data was examined."""
        self.closed = False
        """Whether the closing bracket was reached."""

    def __iter__(self) -> Iterator[JsonMember]:
        json_bytes = self._data
        closing_bracket = b"}" if self._keyed else b"]"
        while not self.closed:
            member_match = _MEMBER.match(json_bytes, self.at)
            if member_match is None or (member_match["key"] is not None) != self._keyed:
                closing_match = _CLOSING.match(json_bytes, self.at)
                if closing_match and closing_match[1] == closing_bracket:
                    self.at = closing_match.end()
                    self.closed = True
                return
            value_start = member_match.start("value")
            is_nested = member_match["value"] in _STEPS
            value_end = closing_end(json_bytes, value_start) if is_nested else member_match.end()
            self.looked = len(json_bytes) if value_end < 0 else value_end
            after_value = _AFTER.match(json_bytes, value_end) if value_end >= 0 else None
            if value_end < 0 or not (after_value or is_nested):
                return
            if (
                after_value
                and after_value["ended"] is not None
                and json_bytes[value_end - 1] not in _ENDS
            ):
                return  # a number or a word that may have gone on
            is_complete = after_value is not None and after_value["closing"] in {
                None,
                closing_bracket,
            }
            self.at = after_value.end() if after_value and is_complete else value_end
            self.closed = after_value is not None and after_value["closing"] == closing_bracket
            yield JsonMember(member_match.start("key"), value_start, value_end)
            if not is_complete:
                return

    def skip(self) -> None:
        """Skip to the closing bracket, whatever precedes it."""
        bracket_end = closing_end(self._data, self.at, 1)
        self.closed = bracket_end >= 0
        self.at = bracket_end if self.closed else len(self._data)


def closing_end(data: bytes, start: int, open_count: int = 0) -> int:
    """Return the end of the object or list that opens at `start`, or -1 if it has no end.

    `open_count` is the number of brackets already open before `start`.
    """
    for token in _TOKEN.finditer(data, start):
        open_count += _STEPS.get(token[0], 0)
        if open_count <= 0:
            return token.end()
    return -1


def value_at(data: bytes, start: int) -> bytes:
    """Return the key or complete value at an offset, as written."""
    member_match = _MEMBER.match(data, start)
    if member_match is None:
        return b""
    if member_match["key"] is not None:
        return member_match["key"]
    value_end = closing_end(data, start) if member_match["value"] in _STEPS else member_match.end()
    return data[start:value_end]
