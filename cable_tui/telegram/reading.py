"""One reading of a text: its lines, its page breaks and its top, each made once.

A function whose caller asks a text for more than one of these gets the reading in its place.
Nothing keeps a reading: it ends with the work on its text.
"""

from __future__ import annotations

from functools import cached_property
from itertools import compress, count
from operator import add, is_not
from typing import TYPE_CHECKING

from cable_tui.telegram import pagebreaks

if TYPE_CHECKING:
    from cable_tui.telegram.body_labels import Top

_STOPS = frozenset(".!?:;-=*_")
"""Ends of sentences, also before a quotation mark, and of rules."""
_FULL_LINE = 45
"""The fewest characters of a line that no heading is."""


class Reading:
    """One reading of a text. Texts without page breaks have its length."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    @cached_property
    def _suspects(self) -> list[int]:
        return pagebreaks.suspects(self.text)

    @cached_property
    def _pages(self) -> list[str]:
        return pagebreaks.blank_pages(self.lines, self._suspects)

    def kept_lines(self, *, captions: bool = True) -> list[str | None]:
        """Return the lines as `pagebreaks.without`."""
        return pagebreaks.without(self.lines, self._suspects, captions=captions)

    @cached_property
    def without_page_lines(self) -> str:
        """The text with blanks for page lines and the classifications with them.

        Other text stays: a caption, and the head that a section repeats, are words of the cable.
        """
        return self.text if self._pages is self.lines else "\n".join(self._pages)

    @cached_property
    def without_classes(self) -> str:
        """The same with blanks for all classifications that are alone on a line.

        All else stays: a name may be in the head, and in a head that a section repeats.
        """
        return "\n".join(
            " " * len(line) if pagebreaks.is_class_alone(line) else line for line in self._pages
        )

    @cached_property
    def without_breaks(self) -> str:
        """The text with blanks for its page breaks and their parts.

        If a sentence goes on after a page break, the line ends around that are spaces too.
        """
        lines, blanked_lines = self.lines, self._pages
        if blanked_lines is lines and "SIPDIS" not in self.text:
            return self.text
        blank = list(blanked_lines)
        for number, (line, kept_line) in enumerate(zip(lines, self.kept_lines(), strict=True)):
            if kept_line is not line and (kept_line is None or blanked_lines[number] == line):
                blank[number] = pagebreaks.blanked(line, kept_line)
        return _joined(lines, blank)

    @cached_property
    def top(self) -> Top:
        """The labels of the top."""
        from cable_tui.telegram.body_labels import read  # most ask for page lines only

        return read(self.text)


def _joined(lines: list[str], blank: list[str]) -> str:
    """Return the text of lines with spaces for page breaks, a sentence that they cut in one."""
    ends = ["\n"] * (len(blank) - 1) + [""]
    done_to = 0
    for number in compress(count(), map(is_not, lines, blank)):
        if number < done_to or not blank[number].isspace() or not lines[number].strip():
            continue
        above, below = number - 1, number + 1
        while above >= done_to and not blank[above].strip():
            above -= 1
        while below < len(blank) and not blank[below].strip():
            below += 1
        done_to = below
        if above >= 0 and below < len(blank) and _goes_on(blank[above].strip(), blank[below]):
            ends[above:below] = [" "] * (below - above)
    return "".join(map(add, blank, ends))


def _goes_on(above: str, below: str) -> bool:
    """Return whether a sentence goes on from a line to another: by its letters, if it is full."""
    first = below.lstrip()[:1]
    is_divided = above[-1] == "-" and above[-2:-1].isalpha()  # `MANAGE-` before `MENT`
    if is_divided:
        above = above[:-1]
    if not first.isalpha() or above[-1] in _STOPS or above[-2:-1] in _STOPS:
        return False
    if first.islower():
        return True
    is_full = is_divided or len(above) > _FULL_LINE
    return is_full and (above[-1].islower() or (above.isupper() and below.isupper()))
