"""What a paragraph begins with: its number and its portion marking, `3. (C/NF)`.

A number at a line start is a paragraph if it is the next one expected, or has a marking: `2008.
UNHCR` is the end of a wrapped sentence, a list has numbers of its own, and an annex starts again
at 1. Subjects and headings have markings too.
"""

from __future__ import annotations

from typing import NamedTuple

from cable_tui.pattern import pattern

_LEVEL = (
    r"(?:TS|S|C|U|SBU|LOU|FOUO|CNF|SNF|N/SF|SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS"
    r"|SENSITIVE BUT UNCLASSIFIED)"
)
_CAVEAT = (
    r"(?:[ \t]?[-/,&][-/,& \t]{0,3}[A-Z][A-Z ,/&.-]{0,60}"
    r"|[ \t](?:REL|NF|NOFORN)\b[A-Z ,/]{0,40})?"
)

MARKING = rf"\([ \t]{{0,2}}(?i:{_LEVEL}{_CAVEAT})[ \t]{{0,2}}\)"
"""A marking in its brackets, as a pattern for other patterns."""

_MARKING = pattern(
    rf"[ \t]{{0,8}}\(?[ \t]{{0,2}}((?i:{_LEVEL}{_CAVEAT}))[ \t]{{0,2}}\)[ \t:]{{0,4}}"
)


def split_marking(text: str) -> tuple[str | None, int]:
    """The marking that a text begins with, without brackets, and where the rest begins.

    An opening bracket may be lost (`C) Summary`). No marking: `(None, 0)`.
    """
    found = _MARKING.match(text)
    if not found:
        return None, 0
    return " ".join(found.group(1).split()), found.end()


LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""After the number of a second paragraph with the same one: `1b`."""

_MOST_CUT = 9
"""Numbers that one redaction may have taken out, and one more."""


class Above(NamedTuple):
    """What is above a line."""

    free: bool
    """A blank line or a rule, or nothing."""
    cut: bool = False
    """A redaction on a line of its own since the last paragraph, with which numbers may have gone,
    and no words just above."""
    ended: bool = False
    """A sentence ends there."""


class Numbering:
    """Which numbers are paragraphs: the state of one reading from top to bottom."""

    def __init__(self) -> None:
        self.last = 0
        self.series = 0
        self.marked = 0
        self.unmarked = 0
        self.list_item = 0
        self.used: dict[int, int] = {}

    def accepts(self, number: int, is_marked: bool, capital: bool, above: Above) -> bool:
        """Whether a number at a line start begins a paragraph.

        `capital`: the text begins like a sentence.
        """
        if is_marked:
            accepted = number > 0
        elif not self.last:
            accepted = number in (1, 2) and capital
        elif number == self.last > 1 and capital and above.free and self.unmarked >= self.marked:
            # A number that the writer used twice.
            accepted = number != self.list_item + 1
        elif not 0 < number - self.last <= (_MOST_CUT if above.cut else 2) or not capital:
            accepted = False
        else:
            following = number == self.last + 1 and (above.free or above.ended)
            sure = self.unmarked >= self.marked or following
            accepted = sure and number != self.list_item + 1
        expected = number in (self.last + 1, self.last + 2)
        if accepted:
            self.marked += is_marked
            self.unmarked += not is_marked
            self.list_item = 0
        elif not expected:
            self.list_item = number
        return accepted

    def label(self, number: int) -> str:
        """The label of a number that was accepted: `1`, or `1b` the second time."""
        if number == 1 and self.last > 1:
            self.series += 1
        self.last = number
        series = max(self.series, self.used.get(number, 0))
        self.used[number] = series + 1
        return series_label(number, series)


def series_label(number: int, series: int) -> str:
    """The label of a number in the first series (0), `1`, or in a later one: `1b`, `1-27`."""
    if not series:
        return str(number)
    if series < len(LETTERS):
        return f"{number}{LETTERS[series]}"
    return f"{number}-{series + 1}"
