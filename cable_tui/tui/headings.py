"""Where the headings of paragraphs stand in a body: line by line, above the paragraph.

The grammar puts a heading of several lines, or of a chapter and a section, into one string. Here
its lines are found again, so that they can be painted. Pure: no Textual.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cable_tui.cable import Paragraph, Span

_REACH = 1500
"""Characters above a paragraph in which its heading stands: page breaks may lie between."""
_EDGES = " \t\\"
_JOINS = " :"
"""What the grammar sets between the lines of a heading."""


def heading_spans(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Span]:
    """The lines of all headings, each without the blanks and rules around it."""
    above = 0
    for paragraph in paragraphs:
        start, end = paragraph.span
        if paragraph.heading:
            yield from _lines(text, max(above, start - _REACH), start, paragraph.heading)
        above = max(above, end)


def _lines(text: str, top: int, below: int, heading: str) -> list[Span]:
    """The lines between two places that are the heading, the last one looked for first."""
    found: list[Span] = []
    rest, end = heading.rstrip(_JOINS), text.rfind("\n", top, below)
    while rest and end > top:
        start = max(text.rfind("\n", top, end) + 1, top)
        line = text[start:end]
        words = line.strip(_EDGES)
        for said in (words, words.rstrip("-").rstrip(_EDGES)):
            if said and rest.endswith(said):
                at = start + line.index(said)
                found.append((at, at + len(said)))
                rest = rest[: -len(said)].rstrip(_JOINS)
                break
        end = start - 1
    return found[::-1] if not rest else []
