"""One reading of a text: its lines, its page breaks and its top, each computed once.

A function whose caller needs several of these receives the reading instead of the text. A reading
is not kept after the work on its text is finished.
"""

from __future__ import annotations

from functools import cached_property
from itertools import compress, count
from operator import is_not
from typing import TYPE_CHECKING

from cable_tui.telegram import pagebreaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cable_tui.telegram.body_labels import Top

_STOPS = frozenset(".!?:;-=*_")
"""Characters that end sentences, even before a quotation mark, and rules."""
_FULL_LINE = 45
"""The minimum length, in characters, of a line that cannot be a heading."""


class Reading:
    """One reading of a text; its versions without page breaks have the same length as the text."""

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
        """Return the lines as in `pagebreaks.without`."""
        return pagebreaks.without(self.lines, self._suspects, captions=captions)

    @cached_property
    def without_page_lines(self) -> str:
        """The text with spaces in place of page lines and the classifications next to them.

        Other text is kept, because a caption, and a head repeated by a section, are words of the
        cable.
        """
        return self.text if self._pages is self.lines else "\n".join(self._pages)

    @cached_property
    def without_classes(self) -> str:
        """The text with spaces in place of page lines and of all classifications alone on a line.

        Other text is kept, because a head, even one repeated by a section, may contain a name.
        """
        return "\n".join(
            " " * len(line) if pagebreaks.is_class_alone(line) else line for line in self._pages
        )

    @cached_property
    def without_breaks(self) -> str:
        """The text with spaces in place of its page breaks and their parts.

        If a sentence continues after a page break, the line breaks around the page break also
        become spaces.
        """
        lines, blanked_lines = self.lines, self._pages
        if blanked_lines is lines and "SIPDIS" not in self.text:
            return self.text
        result_lines = list(blanked_lines)
        kept_lines = self.kept_lines()
        for line_number in _changed(lines, kept_lines):
            line, kept_line = lines[line_number], kept_lines[line_number]
            if kept_line is None or blanked_lines[line_number] == line:
                result_lines[line_number] = pagebreaks.blanked(line, kept_line)
        return _joined(lines, result_lines)

    @cached_property
    def top(self) -> Top:
        """The labels in the top of the text."""
        from cable_tui.telegram.body_labels import read  # most ask for page lines only

        return read(self.text)


def _changed(lines: Sequence[str], new_lines: Sequence[str | None]) -> Iterator[int]:
    """Return the numbers of the lines that were replaced; a text has few of them."""
    return compress(count(), map(is_not, lines, new_lines))


def _joined(lines: list[str], blanked_lines: list[str]) -> str:
    """Return the text of lines with blanked page breaks, with the cut sentences joined."""
    cut_sentences: list[slice] = []
    done_to = 0
    for line_number in _changed(lines, blanked_lines):
        if (
            line_number < done_to
            or not blanked_lines[line_number].isspace()
            or not lines[line_number].strip()
        ):
            continue
        line_above, line_below = line_number - 1, line_number + 1
        while line_above >= done_to and not blanked_lines[line_above].strip():
            line_above -= 1
        while line_below < len(blanked_lines) and not blanked_lines[line_below].strip():
            line_below += 1
        done_to = line_below
        if (
            line_above >= 0
            and line_below < len(blanked_lines)
            and _goes_on(blanked_lines[line_above].strip(), blanked_lines[line_below])
        ):
            cut_sentences.append(slice(line_above, line_below + 1))
    for sentence_lines in reversed(cut_sentences):
        blanked_lines[sentence_lines] = [" ".join(blanked_lines[sentence_lines])]
    return "\n".join(blanked_lines)


def _goes_on(line_above: str, line_below: str) -> bool:
    """Return whether a sentence continues on another line, judged by its letters if full."""
    first_letter = line_below.lstrip()[:1]
    is_divided = line_above[-1] == "-" and line_above[-2:-1].isalpha()  # `MANAGE-` before `MENT`
    if is_divided:
        line_above = line_above[:-1]
    if not first_letter.isalpha() or line_above[-1] in _STOPS or line_above[-2:-1] in _STOPS:
        return False
    if first_letter.islower():
        return True
    is_full = is_divided or len(line_above) > _FULL_LINE
    return is_full and (line_above[-1].islower() or (line_above.isupper() and line_below.isupper()))
