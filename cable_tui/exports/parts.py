"""A part of a body as words to quote: paragraph by paragraph, with ellipses where one is cut."""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.cable import Cable, Paragraph, Span
from cable_tui.pattern import pattern
from cable_tui.telegram import pagebreaks
from cable_tui.text import ELLIPSIS

_LINE_END = pattern(r"[ \t]*\n\s*")


def on_one_line(text: str) -> str:
    """Lines joined by blanks."""
    return _LINE_END.sub(" ", text.strip())


def quoted(paragraph: Paragraph) -> str:
    """A whole paragraph on one line, with its portion marking."""
    return _marked(paragraph, on_one_line(paragraph.text))


def words_begin(cable: Cable, paragraph: Paragraph) -> int:
    """Where in the body a paragraph's words begin, behind its label and its portion marking."""
    start, end = paragraph.span
    at = cable.body.text.find(paragraph.text.partition("\n")[0].strip(), start, end)
    return max(at, start)


def quoted_part(cable: Cable, span: Span) -> list[str]:
    """What stands between two offsets of the body, each paragraph on one line.

    An ellipsis stands where a paragraph's first or last words are left out. A paragraph that is
    there from its beginning has its portion marking, as a whole one has; headings between two are
    left out, as they are where whole paragraphs are quoted.
    """
    start, end = span
    touched = [
        each for each in cable.body.paragraphs if each.span[0] < end and start < each.span[1]
    ]
    parts = (_part(cable, each, span) for each in touched)
    return [part for part in parts if part] or [on_one_line(cable.body.text[start:end])]


def _part(cable: Cable, paragraph: Paragraph, span: Span) -> str:
    text = cable.body.text
    begin, stop = words_begin(cable, paragraph), paragraph.span[1]
    start, end = max(_out_of_break(text, span[0]), begin), min(_out_of_break(text, span[1]), stop)
    words = _plain(text[start:end])
    if not words:
        return ""
    before = bool(_plain(text[begin:start]))
    behind = bool(_plain(text[end:stop]))
    if not before and not behind:
        return quoted(paragraph)
    shown = " ".join(_with_ellipses(words, before=before, behind=behind))
    return shown if before else _marked(paragraph, shown)


def _with_ellipses(words: str, *, before: bool, behind: bool) -> Iterator[str]:
    if before:
        yield ELLIPSIS
    yield words
    if behind:
        yield ELLIPSIS


def _out_of_break(text: str, at: int) -> int:
    """The place, or the beginning of its line where that is a page break: half of one is noise."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return start if pagebreaks.rest(text[start : len(text) if end < 0 else end]) == "" else at


def _plain(text: str) -> str:
    """The words without page breaks and line ends."""
    kept = pagebreaks.without(text.strip().split("\n"))
    return on_one_line("\n".join(line for line in kept if line is not None))


def _marked(paragraph: Paragraph, words: str) -> str:
    return f"({paragraph.marking}) {words}" if paragraph.marking else words
