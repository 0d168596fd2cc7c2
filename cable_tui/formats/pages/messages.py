"""Where the next telegram of the National Archives begins in a file of several.

Each has `Message Text`, then `Message Attributes`; one that is not at hand has the latter alone.
The stamps above the first of the two belong to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cable_tui.formats.pages.cutter import Start, start_of_line
from cable_tui.pattern import pattern

_MARK = pattern(
    rb"(?:(?<=[\r\n\f])|^)(?:[ \t\f]|\xc2\xa0){0,200}"
    rb"Message (?:Text|(Attributes))(?:[ \t]|\xc2\xa0){0,200}(?=[\r\n\f]|$)"
)
_LITERAL: Final = b"Message "
_BEFORE = 420
_STAMP = b"Declassified/Released"
_LONGEST_STAMP = 300
_STAMPS = 12
"""Lines above a mark in which its stamps are looked for."""
_AGAIN = (
    "'Message Text' stands here a second time, without attributes before it and without a stamp"
    " above it: not read as a telegram of its own"
)


def opening(data: bytes, start: int) -> int:
    """Behind the first of the two headings."""
    return next((end for _, end, _ in _marks(data, start)), -1)


def further(data: bytes, at: int, *, outside: bool = False) -> Iterator[Start]:
    """The telegrams behind `at`, the end of such a heading; or `outside` of any."""
    complete = outside or data.endswith(b"Attributes", 0, len(data[:at].rstrip(b" \t\xc2\xa0")))
    for mark, _, attributes in _marks(data, at):
        start = _with_stamps(data, mark, at)
        if attributes and not complete:
            complete = True
            continue
        stamped = _STAMP in data[start:mark]
        sure = complete or stamped
        yield Start(start, mark, "" if sure else _AGAIN)
        complete = attributes if sure else complete


def _marks(data: bytes, at: int) -> Iterator[tuple[int, int, bool]]:
    """The headings: where each begins and ends, and whether it is that of the attributes."""
    found = data.find(_LITERAL, at)
    while found >= 0:
        near = _MARK.finditer(data, max(at, found - _BEFORE), found + 2 * _BEFORE)
        sign = next((each for each in near if each.start() <= found < each.end()), None)
        if sign:
            yield sign.start(), sign.end(), bool(sign[1])
        found = data.find(_LITERAL, found + len(_LITERAL))


def _with_stamps(data: bytes, mark: int, least: int) -> int:
    """Where the stamps above a heading begin, on the page that it stands on."""
    start = mark
    for _ in range(_STAMPS):
        above = start_of_line(data, start, least)
        line = data[above:start]
        if above >= start or len(line) > _LONGEST_STAMP:
            break
        if b"\f" in line:
            rest = line[line.rindex(b"\f") :]
            return start - len(rest) + 1 if _STAMP in rest or not rest.strip() else start
        if line.strip() and (_STAMP not in line or b"arkings:" in line):
            break
        start = above
    return start
