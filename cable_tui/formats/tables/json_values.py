"""The values of one JSON object or list, found without parsing them, as far as they are whole.

A value is whole if its own end is there, and a comma, the end of the list or the end of the data
follows it. Anything else is damage, and nothing is guessed after it.
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
"""A string without its end goes on to the end of the data: looking once is enough."""
_STEPS = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}
_ENDS = frozenset(b'"]}')


class JsonMember(NamedTuple):
    """The location of a value."""

    key: int
    """Where its key begins; -1 in a list."""
    start: int
    end: int


class JsonValues:
    """The whole values of an object (`keyed`) or list, in order, from inside of it at `at` on."""

    def __init__(self, data: bytes, at: int, *, keyed: bool = False) -> None:
        self._data = data
        self._keyed = keyed
        self.at = at
        """The end of what was read: after the closing sign, or where the damage begins."""
        self.looked = self.at
        """The end of what was looked at."""
        self.closed = False
        """Whether the closing sign was reached."""

    def __iter__(self) -> Iterator[JsonMember]:
        data = self._data
        sign = b"}" if self._keyed else b"]"
        while not self.closed:
            member_match = _MEMBER.match(data, self.at)
            if member_match is None or (member_match["key"] is not None) != self._keyed:
                closing = _CLOSING.match(data, self.at)
                if closing and closing[1] == sign:
                    self.at = closing.end()
                    self.closed = True
                return
            value_start = member_match.start("value")
            nested = member_match["value"] in _STEPS
            end = closing_end(data, value_start) if nested else member_match.end()
            self.looked = len(data) if end < 0 else end
            after_value = _AFTER.match(data, end) if end >= 0 else None
            if end < 0 or not (after_value or nested):
                return
            if after_value and after_value["ended"] is not None and data[end - 1] not in _ENDS:
                return  # a number or a word that may have gone on
            is_right = after_value is not None and after_value["closing"] in {None, sign}
            self.at = after_value.end() if after_value and is_right else end
            self.closed = after_value is not None and after_value["closing"] == sign
            yield JsonMember(member_match.start("key"), value_start, end)
            if not is_right:
                return

    def skip(self) -> None:
        """Go to the closing sign, whatever is before it."""
        end = closing_end(self._data, self.at, 1)
        self.closed = end >= 0
        self.at = end if self.closed else len(self._data)


def closing_end(data: bytes, start: int, depth: int = 0) -> int:
    """Return where the object or list ends that opens at `start`; -1 if it does not.

    With `depth`, that many are open before `start`.
    """
    for token in _TOKEN.finditer(data, start):
        depth += _STEPS.get(token[0], 0)
        if depth <= 0:
            return token.end()
    return -1


def value_at(data: bytes, start: int) -> bytes:
    """Return the key or the whole value that begins at an offset, as it is written."""
    member_match = _MEMBER.match(data, start)
    if member_match is None:
        return b""
    if member_match["key"] is not None:
        return member_match["key"]
    end = closing_end(data, start) if member_match["value"] in _STEPS else member_match.end()
    return data[start:end]
