"""A body as running text: hard wraps are joined, page breaks removed. Uses no Textual.

The text itself is not changed. Each result lists the ranges of the file's text that are painted as
one line, so text selected there is text in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cable_tui.base.cable import Paragraph, Span
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value

UnwrappedText = tuple[Span, ...]
"""Ranges of the text that are painted as one line, separated by spaces."""

_LEAST = 45
"""The minimum length of a paragraph's longest line, in characters, for its lines to count as
wrapped.
"""
_FULL = 0.8
"""If a line was wrapped, it and the first word of the next line together exceed this share of the
longest line.
"""
_ITEM = pattern(r"[ \t>]*(?:[-*•o=_~]+[ \t]|[-=_*~]{2,}|\(?[A-Za-z0-9]{1,3}[.)][ \t])")
_TABLE = pattern(r"\t|\S {3,}\S")
_INDENT = 2
"""The maximum difference, in spaces, between the indents of lines in the same paragraph."""


class _Line(Value):
    span: Span
    """The span of the line without trailing spaces."""
    paragraph: int | None
    """The index of the line's paragraph, or None."""
    words: str
    dropped: bool = False
    """Whether lines of a page break were removed above this line."""


def unwrapped(text: str, paragraphs: Sequence[Paragraph]) -> tuple[UnwrappedText, ...]:
    """Join the wrapped lines of each paragraph; the text stays in the order of the file."""
    all_lines = list(_lines(text, paragraphs))
    longest_by_paragraph: dict[int, int] = {}
    for line in all_lines:
        if line.paragraph is not None:
            longest_by_paragraph[line.paragraph] = max(
                longest_by_paragraph.get(line.paragraph, 0), len(line.words)
            )
    joined_texts: list[UnwrappedText] = []
    last_line: _Line | None = None
    for line in all_lines:
        if last_line and _goes_on(
            last_line,
            line,
            longest_by_paragraph.get(line.paragraph or 0, 0),
            first=not joined_texts,
        ):
            words_start = line.span[0] + len(line.words) - len(line.words.lstrip())
            joined_texts[-1] = (*joined_texts[-1], (words_start, line.span[1]))
        else:
            if line.dropped and line.words and last_line and last_line.words:
                joined_texts.append(((line.span[0], line.span[0]),))
            joined_texts.append((line.span,))
        last_line = line
    return tuple(joined_texts)


def _lines(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[_Line]:
    """Yield the lines that are not page breaks."""
    raw_lines = text.split("\n")
    lines_above = text.count("\n", 0, paragraphs[0].span[0]) if paragraphs else len(raw_lines)
    line_start = paragraph_index = 0
    was_dropped = False
    for line, kept_line in zip(raw_lines, _without_breaks(raw_lines, lines_above), strict=True):
        line_end = line_start + len(line)
        while (
            paragraph_index < len(paragraphs) and paragraphs[paragraph_index].span[1] <= line_start
        ):
            paragraph_index += 1
        if kept_line is None:  # a page break, or a blank line that came with one
            was_dropped = True
        else:
            words_start = line_start + max(line.find(kept_line), 0)
            kept_words = kept_line.rstrip()
            if kept_words not in line:  # a page break stood in the middle: the line stays whole
                words_start, kept_words = line_start, line.rstrip()
            is_inside = paragraph_index < len(paragraphs) and paragraphs[paragraph_index].span[
                0
            ] < max(line_end, line_start + 1)
            yield _Line(
                (words_start, words_start + len(kept_words)),
                paragraph_index if is_inside else None,
                kept_words,
                was_dropped,
            )
            was_dropped = False
        line_start = line_end + 1


def _without_breaks(raw: list[str], head_count: int) -> list[str | None]:
    """Return the lines without page breaks, and without captions above the first paragraph."""
    # Imported late: the first list on the screen waits for no grammar.
    from cable_tui.telegram import pagebreaks
    from cable_tui.telegram.reading import Reading

    head_lines = ((line, pagebreaks.rest(line)) for line in raw[:head_count])
    kept_lines = [
        line if rest_of_line is None else rest_of_line or None for line, rest_of_line in head_lines
    ]
    if head_count == len(raw):
        return kept_lines
    return [*kept_lines, *Reading("\n".join(raw[head_count:])).kept_lines()]


def _goes_on(last_line: _Line, line: _Line, longest: int, *, first: bool) -> bool:
    """Return whether a line was wrapped by the machine rather than by its author."""
    if first or last_line.paragraph is None or last_line.paragraph != line.paragraph:
        return False
    if not last_line.words or not line.words or longest < _LEAST:
        return False
    if _ITEM.match(line.words) or _TABLE.search(line.words.strip()):
        return False
    is_list_item = _ITEM.match(last_line.words) is not None
    if _TABLE.search(last_line.words[8 if is_list_item else 0 :].strip()):
        return False
    if abs(_indent(last_line.words) - _indent(line.words)) > _INDENT and not is_list_item:
        return False
    next_word = line.words.split(maxsplit=1)[0]
    return len(last_line.words) + 1 + len(next_word) > longest * _FULL


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip(" "))
