"""The paragraphs of a body: numbers that are expected or carry a marking, headings, page breaks.

A line that begins with a number is a paragraph only if the number is the next one or a portion
marking follows it: `2008.  UNHCR` is the end of a wrapped sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.cable import Paragraph
from cable_tui.pattern import pattern
from cable_tui.telegram import pagebreaks, portion_marking
from cable_tui.telegram.captions import is_caption
from cable_tui.telegram.headings import LONGEST, Lines, heading_above, without_rule
from cable_tui.telegram.joined_lines import parted, worth_parting
from cable_tui.telegram.paragraph_numbers import LETTERS, Above, Numbering

_NUMBER = pattern(
    r"[ \t>*]{0,12}¶?[ ]?"
    r"(?P<label>\(?(?P<n>\d{1,3})[ ]?(?:(?P<dot>\.)|\)|,(?=[ ]{0,2}\())?[ \t]{0,6})"
)
_TWICE = pattern(r"\d{1,3}[.)][ \t]{1,6}")
"""The number once more: an editor numbered the paragraphs anew, `7. 6. The lamp`."""
_ENDS = (".", "?", "!", ":", ";", '"', "”", "’", ")", "]")
"""What a line ends in that a sentence ends with."""
_REDACTED = pattern(r"[Xx]{5,40}[ \t\\]{0,40}$")
_BRACKETED = pattern(r"\s{0,200}1\)[ \t]{1,4}(?=[A-Z\"“])")
"""A text that begins with `1)`: no list, since nothing stands before it."""
_SITE_ANCHOR = pattern(r"\s{0,40}(\d{1,4}|[A-Z])\. ")


class _Head(NamedTuple):
    """Where a paragraph begins."""

    line: int
    label: str
    anchor: str | None
    marking: str | None
    column: int
    """Where the label begins in its line."""
    text: int
    """Where the text begins in its line, behind label and marking."""


def paragraphs(
    body: str, begin: int, end: int, anchors: tuple[str, ...] | None
) -> tuple[Paragraph, ...]:
    """The paragraphs of `body[begin:end]`; anchors as the site's page has them, if it is known.

    What stands before the first numbered paragraph is a paragraph without label for each block.
    """
    lines = _lines(body, begin, end)
    heads = list(_heads(lines, anchors))
    if not heads and (number := _BRACKETED.match(body, begin)) and number.end() < end:
        heads = list(_heads(lines, anchors, brackets=True))
    if heads and not heads[0].line and body[:begin].rpartition("\n")[2].strip(" \t"):
        # It begins within a line, behind the reasons, where the site set no anchor.
        heads[0] = heads[0]._replace(anchor=None)
    found: list[Paragraph] = []
    first = heads[0].line if heads else len(lines.raw)
    stop, heading = heading_above(lines, 0, first) if heads else (first, None)
    found.extend(_unnumbered(lines, stop))
    for at, head in enumerate(heads):
        following = heads[at + 1].line if at + 1 < len(heads) else len(lines.raw)
        stop, next_heading = following, None
        if at + 1 < len(heads):
            stop, next_heading = heading_above(lines, head.line + 1, following)
        found.append(_paragraph(lines, head, stop, heading))
        heading = next_heading
    return tuple(found)


def blocks(body: str, begin: int, end: int) -> Iterator[Paragraph]:
    """What stands between blank lines in `body[begin:end]`, each a paragraph without label."""
    lines = _lines(body, begin, end)
    return _unnumbered(lines, len(lines.raw))


def site_anchor(line: str) -> str | None:
    """The anchor that the site set on a line by its own rule: `par6`, `parB`, or None."""
    found = _SITE_ANCHOR.match(line)
    return f"par{found.group(1)}" if found else None


def _lines(body: str, begin: int, end: int) -> Lines:
    raw = body[begin:end].split("\n")
    starts: list[int] = []
    start = begin
    for line in raw:
        starts.append(start)
        start += len(line) + 1
    joined: frozenset[int] = frozenset()
    if worth_parting(raw):
        raw, starts, joined = parted(raw, starts)
    kept: list[str | None] = list(raw)
    if any(body.find(sign, begin, end) >= 0 for sign in pagebreaks.INTRUSIONS):
        kept = pagebreaks.without(raw)
    return Lines(raw, kept, starts, joined)


def _heads(
    lines: Lines, anchors: tuple[str, ...] | None, *, brackets: bool = False
) -> Iterator[_Head]:
    """Where paragraphs begin; `brackets` where `1)` numbers them, and not only lists."""
    numbering = Numbering()
    known = None if anchors is None else frozenset(anchors)
    free = True
    was_cut = cut_above = False
    above_line = ""
    for at, line in enumerate(lines.kept):
        if line is None:
            continue
        stripped = line.lstrip(" \t>*¶(")
        if stripped and stripped[0] in "0123456789" and (found := _NUMBER.match(line)):
            ended = above_line.rstrip(" \t\\").endswith(_ENDS)
            above = Above(free, was_cut and (free or cut_above), ended)
            head = _head(at, found, numbering, above, bracketed=brackets and free)
            if head:
                was_cut = False
                anchor = None if at in lines.joined else site_anchor(lines.raw[at])
                if anchor and (known is None or anchor in known):
                    head = head._replace(anchor=anchor)
                yield head
        above_line = line
        first = stripped[:1]
        free = not first or (first in "\\-=_" and not stripped.strip(" \t\\-=_"))
        cut_above = first in ("X", "x") and _REDACTED.match(stripped) is not None
        was_cut = was_cut or cut_above


def _head(
    at: int, found: re.Match[str], numbering: Numbering, above: Above, *, bracketed: bool
) -> _Head | None:
    line = found.string
    number = int(found.group("n"))
    end = found.end()
    if line[end : end + 1].isdigit() and (twice := _TWICE.match(line, end)):
        end = twice.end()
    portion, length = portion_marking.split(line[end : end + 90])
    is_marked = portion is not None
    text = line[end : end + 2]
    dotted = bracketed or found.group("dot")
    if not is_marked and (not dotted or found.group("label").startswith("(")):
        return None
    if line[end - 1] not in " \t" and text[:1].isdigit():
        return None
    capital = text[:1].isupper() or text[:1] in '"“‘([' or text == "xx"
    if not text and above.free:
        capital = True
    if not above.free and _REDACTED.match(line, end):
        # A number with nothing but a redaction is no wrapped sentence.
        above = above._replace(free=True)
    if not numbering.accepts(number, is_marked, capital, above):
        return None
    column = found.start("label")
    return _Head(
        at, numbering.label(number), None, portion, column, end + (length if is_marked else 0)
    )


def _paragraph(lines: Lines, head: _Head, stop: int, heading: str | None) -> Paragraph:
    texts = [(lines.kept[head.line] or "")[head.text :]]
    last = head.line
    for at in range(head.line + 1, stop):
        line = lines.kept[at]
        if line is None:
            continue
        texts.append(line.rstrip(" \t\\"))
        if line.strip():
            last = at
    texts[0] = texts[0].rstrip(" \t\\")
    end = lines.starts[last] + len(lines.raw[last].rstrip())
    start = lines.starts[head.line] + lines.raw[head.line].find(
        head.label.rstrip(LETTERS + "-")[:1]
    )
    text = "\n".join(texts).strip()
    if not text.strip(" .:;,"):
        # The full stop behind `(C - ENTIRE TEXT)`.
        text = ""
    return Paragraph(head.label, head.anchor, head.marking, heading, text, (start, max(start, end)))


def _unnumbered(lines: Lines, stop: int) -> Iterator[Paragraph]:
    """The blocks between blank lines that stand before the first number."""
    heading: str | None = None
    block: list[int] = []
    for at in range(stop + 1):
        if at < stop and not lines.blank(at):
            block.append(at)
            continue
        if at < stop and lines.kept[at] is None:
            continue
        if block:
            made = _block(lines, block, heading)
            heading = made if isinstance(made, str) else None
            if isinstance(made, Paragraph):
                yield made
            block = []


def _block(lines: Lines, block: list[int], heading: str | None) -> Paragraph | str | None:
    """A paragraph without number, the heading of the next one, or nothing."""
    texts = [at for at in block if not lines.rule(at)]
    if not texts:
        return heading
    ruled = len(texts) < len(block) and len(texts) <= 2 and lines.rule(block[-1])
    first_line = lines.text(texts[0])
    if ruled and all(len(lines.kept[at] or "") <= LONGEST for at in texts):
        return without_rule(" ".join(lines.text(at) for at in texts))
    if all(is_caption(lines.kept[at] or "") for at in texts) or not first_line.strip(" .:>;"):
        return heading
    portion, length = portion_marking.split(lines.kept[texts[0]] or "")
    text = "\n".join((lines.kept[at] or "").rstrip(" \t\\") for at in texts)
    start = lines.starts[texts[0]] + len(lines.raw[texts[0]]) - len(lines.raw[texts[0]].lstrip())
    end = lines.starts[texts[-1]] + len(lines.raw[texts[-1]].rstrip())
    return Paragraph(None, None, portion, heading, text[length:].strip(), (start, max(start, end)))
