"""The beginning of a paragraph: its number and its portion marking, `3. (C/NF)`.

A number at the start of a line begins a paragraph if it is the next number expected, or if a
marking follows. Other numbers do not: `2008. UNHCR` is the end of a wrapped sentence, a list has
its own numbers, and an annex starts again at 1. Subjects and headings have markings too.
"""

from __future__ import annotations

from typing import Literal

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern

_LEVEL = (
    r"(?:[CSU](?=\))|TS|S|C|U|SBU|LOU|FOUO|CNF|SNF|N/SF|SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS"
    r"|SENSITIVE BUT UNCLASSIFIED)"
)
"""The levels of a marking. Most are one letter, so the pattern tries the set of letters first,
which takes a tenth of the time needed for the words.
"""
_CAVEAT = (
    r"(?:[ \t]?[-/,&][-/,& \t]{0,3}[A-Z][A-Z ,/&.-]{0,60}"
    r"|[ \t](?:REL|NF|NOFORN)\b[A-Z ,/]{0,40})?"
)

MARKING = rf"\([ \t]{{0,2}}(?i:{_LEVEL}{_CAVEAT})[ \t]{{0,2}}\)"
"""A marking with its brackets, for use within other patterns."""

_MARKING = pattern(
    rf"[ \t]{{0,8}}\(?[ \t]{{0,2}}((?i:{_LEVEL}{_CAVEAT}))[ \t]{{0,2}}\)[ \t:]{{0,4}}"
)


def split_marking(text: str) -> tuple[str | None, int]:
    """Return the marking at the start of a text, without brackets, and the offset after it.

    The opening bracket may be lost (`C) Summary`). Without a marking the result is `(None, 0)`.
    """
    match = _MARKING.match(text) if ")" in text else None
    if not match:
        return None, 0
    marking = match[1]
    return marking if marking.isalpha() else " ".join(marking.split()), match.end()


LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""The letters that follow a number from its second paragraph on: `1b`."""

_MOST_CUT = 9
"""The number of paragraph numbers that a single redaction may have removed, plus one."""


Begins = Literal["capital", "figure", "item", "other"]
"""The beginning of the text after a number; `item` is the letter of the first of several, as in
`6A`.
"""


class Above(NamedTuple):
    """The facts about the lines above a number."""

    free: bool
    """Whether the line above is blank, a rule, or missing."""
    cut: bool = False
    """Whether a redaction, alone on its line, occurs since the last paragraph with no words just
    above; it may have removed numbers.
    """
    ended: bool = False
    """Whether a sentence ends on the line above."""
    numbered: bool = False
    """Whether the line just above also has a number, of a paragraph or of an item."""
    again: bool = False
    """Whether the same number begins a line further down."""
    column: int = 0
    """The column of the number in its line."""


class Numbering:
    """Decides which numbers begin paragraphs, in a single reading from top to bottom.

    With `figures`, the text of the first paragraph may begin with a figure: `1. 335/01`.
    """

    def __init__(self, *, figures: bool = False) -> None:
        self.figures = figures
        self.last = 0
        self.series = 0
        self.marked = 0
        self.unmarked = 0
        self.list_item = 0
        self.list_above = Above(free=False)
        self.used: dict[int, int] = {}

    def accepts(self, number: int, is_marked: bool, begins: Begins, above: Above) -> bool:
        """Return whether a number at a line start begins a paragraph.

        `begins` states what the text after the number begins with.
        """
        has_capital = begins == "capital"
        follows_last = number == self.last + 1 and (above.free or above.ended)
        if is_marked:
            is_accepted = number > 0
        elif begins in ("figure", "item"):
            is_accepted = self._counts(number, begins, above)
        elif not self.last:
            is_accepted = number in (1, 2) and has_capital
        elif (
            number == self.last > 1 and has_capital and above.free and self.unmarked >= self.marked
        ):
            # A number that the writer used twice.
            is_accepted = not self._is_listed(number, above)
        elif not 0 < number - self.last <= (_MOST_CUT if above.cut else 2) or not has_capital:
            is_accepted = False
        else:
            is_sure = self.unmarked >= self.marked or follows_last
            is_accepted = is_sure and not self._is_listed(number, above)
        is_expected = number in (self.last + 1, self.last + 2)
        if is_accepted:
            self.marked += is_marked
            self.unmarked += not is_marked
            self.list_item = 0
        elif not is_expected or (
            self._is_listed(number, above) and (above.again or above.numbered)
        ):
            self.list_above = above
            self.list_item = number
        return is_accepted

    def accept_marked(self) -> None:
        """Accept a number with a marking, whatever is above it."""
        self.marked += 1
        self.list_item = 0

    def _counts(self, number: int, begins: Begins, above: Above) -> bool:
        """Return whether a number before a figure is the next one, and not a wrapped quantity."""
        number_step = number - self.last
        is_sure = above.free or above.ended
        if self.figures:
            is_sure = (is_sure or above.numbered or begins == "item") and number_step <= 2
        else:
            is_sure = is_sure and self.last > 0 and number_step == 1
        return is_sure and number_step > 0 and not self._is_listed(number, above)

    def _is_listed(self, number: int, above: Above) -> bool:
        """Return whether a number that fits the next paragraph is the next item of a list.

        It is an item if the number of the paragraph appears further down, or if nothing is between
        the items. An indented list ends before a number that is not indented, and a list without
        blank lines ends before a blank line.
        """
        if number != self.list_item + 1:
            return False
        if above.again or above.numbered:
            return True
        list_item = self.list_above
        return above.column >= list_item.column and (list_item.free or not above.free)

    def label(self, number: int) -> str:
        """Return the label of an accepted number: `1`, or `1b` the second time."""
        if number == 1 and self.last > 1:
            self.series += 1
        self.last = number
        series = max(self.series, self.used.get(number, 0))
        self.used[number] = series + 1
        return series_label(number, series)


def series_label(number: int, series: int) -> str:
    """Return the label of a number: `1` in the first series (0), later `1b` or `1-27`."""
    if not series:
        return str(number)
    if series < len(LETTERS):
        return f"{number}{LETTERS[series]}"
    return f"{number}-{series + 1}"
