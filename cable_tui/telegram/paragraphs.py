"""The paragraphs of a body: numbers that are expected or carry a marking, headings, page breaks.

A line that begins with a number is a paragraph only if the number is the next one or a portion
marking follows it: `2008.  UNHCR` is the end of a wrapped sentence (formats.md 2.6 and 8.11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cable_tui.cable import Paragraph
from cable_tui.telegram import marking, pagebreaks
from cable_tui.telegram.captions import is_caption

_NUMBER = re.compile(
    r"[ \t>*]{0,12}¶?[ ]?(?P<label>\(?(?P<n>\d{1,3})[ ]?(?:(?P<dot>\.)|\))?[ \t]{0,6})"
)
_SITE_ANCHOR = re.compile(r"\s{0,40}(\d{1,4}|[A-Z])\. ")
_RULE = re.compile(r"[ \t]*[-=*_~](?:[-=*_~ \t]{1,400})?$")
_SENTENCE_END = (".", ";", ",", ":", '."', ".”", ".)")
_LONGEST_HEADING = 110
_HEADING_LINES = 3
_RULE_BEHIND = re.compile(r"[ \t]{1,4}-{3,200}$")
_NO_HEADING = re.compile(r"(?i:\(?END\b)|\([a-h]\)$|[Xx]{5,}$|.{0,3}$")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


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


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of the part of a body that holds its paragraphs."""

    raw: list[str]
    kept: list[str | None]
    """Page breaks taken out; None for a line that was only one."""
    starts: list[int]

    def blank(self, at: int) -> bool:
        return not (self.kept[at] or "").strip(" \t\\")

    def rule(self, at: int) -> bool:
        return _RULE.match(self.kept[at] or "") is not None


def paragraphs(
    body: str, begin: int, end: int, anchors: tuple[str, ...] | None
) -> tuple[Paragraph, ...]:
    """The paragraphs of `body[begin:end]`; anchors as the site's page has them, if it is known.

    What stands before the first numbered paragraph is a paragraph without label for each block.
    """
    lines = _lines(body, begin, end)
    heads = list(_heads(lines.raw, lines.kept, anchors))
    if heads and not heads[0].line and body[:begin].rpartition("\n")[2].strip(" \t"):
        # It begins within a line, behind the reasons, where the site set no anchor.
        heads[0] = heads[0]._replace(anchor=None)
    found: list[Paragraph] = []
    first = heads[0].line if heads else len(lines.raw)
    stop, heading = _heading_above(lines, 0, first) if heads else (first, None)
    found.extend(_unnumbered(lines, stop))
    for at, head in enumerate(heads):
        following = heads[at + 1].line if at + 1 < len(heads) else len(lines.raw)
        stop, next_heading = following, None
        if at + 1 < len(heads):
            stop, next_heading = _heading_above(lines, head.line + 1, following)
        found.append(_paragraph(lines, head, stop, heading))
        heading = next_heading
    return tuple(found)


def site_anchor(line: str) -> str | None:
    """The anchor that the site set on a line by its own rule: `par6`, `parB`, or None."""
    found = _SITE_ANCHOR.match(line)
    return f"par{found.group(1)}" if found else None


def _lines(body: str, begin: int, end: int) -> _Lines:
    raw = body[begin:end].split("\n")
    starts: list[int] = []
    start = begin
    for line in raw:
        starts.append(start)
        start += len(line) + 1
    kept: list[str | None] = list(raw)
    if " OF" in body or "PAGE" in body or " of 0" in body:
        kept = pagebreaks.without(raw)
    return _Lines(raw, kept, starts)


class _Numbering:
    """Which numbers are paragraphs: the state of one reading from top to bottom."""

    def __init__(self) -> None:
        self.last = 0
        self.series = 0
        self.marked = 0
        self.unmarked = 0
        self.list_item = 0
        self.used: dict[int, int] = {}

    def accepts(self, number: int, is_marked: bool, capital: bool, free: bool) -> bool:
        """Whether a number at a line start begins a paragraph.

        `capital`: the text begins like a sentence. `free`: a blank line or a rule stands above.
        """
        if is_marked:
            accepted = number > 0
        elif not self.last:
            accepted = number in (1, 2) and capital
        elif number not in (self.last + 1, self.last + 2) or not capital:
            accepted = False
        else:
            sure = self.unmarked >= self.marked or (free and number == self.last + 1)
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
        return _label(number, series)


def _label(number: int, series: int) -> str:
    if not series:
        return str(number)
    if series < len(_LETTERS):
        return f"{number}{_LETTERS[series]}"
    return f"{number}-{series + 1}"


def _heads(
    raw: list[str], kept: list[str | None], anchors: tuple[str, ...] | None
) -> Iterator[_Head]:
    numbering = _Numbering()
    known = None if anchors is None else frozenset(anchors)
    free = True
    for at, line in enumerate(kept):
        if line is None:
            continue
        stripped = line.lstrip(" \t>*¶(")
        if stripped and stripped[0] in "0123456789" and (found := _NUMBER.match(line)):
            head = _head(at, line, found, numbering, free)
            if head:
                anchor = site_anchor(raw[at])
                if anchor and (known is None or anchor in known):
                    head = head._replace(anchor=anchor)
                yield head
        free = not stripped.strip(" \t\\-=_")


def _head(
    at: int, line: str, found: re.Match[str], numbering: _Numbering, free: bool
) -> _Head | None:
    number = int(found.group("n"))
    portion, length = marking.split(line[found.end() : found.end() + 90])
    is_marked = portion is not None
    text = line[found.end() : found.end() + 2]
    if not is_marked and (not found.group("dot") or found.group("label").startswith("(")):
        return None
    if line[found.end() - 1] not in " \t" and text[:1].isdigit():
        return None
    capital = text[:1].isupper() or text[:1] in '"“‘([' or text == "xx"
    if not text and free:
        capital = True
    if not numbering.accepts(number, is_marked, capital, free):
        return None
    column = found.start("label")
    return _Head(
        at,
        numbering.label(number),
        None,
        portion,
        column,
        found.end() + (length if is_marked else 0),
    )


def _paragraph(lines: _Lines, head: _Head, stop: int, heading: str | None) -> Paragraph:
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
        head.label.rstrip(_LETTERS + "-")[:1]
    )
    text = "\n".join(texts).strip()
    return Paragraph(head.label, head.anchor, head.marking, heading, text, (start, max(start, end)))


def _heading_above(lines: _Lines, first: int, head: int) -> tuple[int, str | None]:
    """Where the lines before a paragraph end, and the heading that stands between them and it."""
    at = head - 1
    while at >= first and lines.blank(at):
        at -= 1
    if at < first:
        return head, None
    if lines.rule(at):
        return _ruled_heading(lines, first, at, head)
    alone = at == first or lines.blank(at - 1) or lines.rule(at - 1)
    text = (lines.kept[at] or "").strip(" \t\\")
    if alone and at < head - 1 and _is_heading(text) and not _in_a_list(lines, first, at):
        stop = at
        while stop > first and lines.rule(stop - 1):
            stop -= 1
        return stop, _RULE_BEHIND.sub("", text)
    return head, None


def _ruled_heading(lines: _Lines, first: int, rule: int, head: int) -> tuple[int, str | None]:
    """A heading above a rule, with or without a rule above it, of one line or two."""
    at = rule - 1
    while at >= first and (lines.blank(at) or lines.rule(at)):
        at -= 1
    if at < first:
        return rule if rule == first else head, None
    block = [at]
    while block[0] > first and not lines.blank(block[0] - 1) and not lines.rule(block[0] - 1):
        block.insert(0, block[0] - 1)
    ruled = block[0] > first and lines.rule(block[0] - 1)
    if len(block) > _HEADING_LINES or not (ruled or _is_heading(lines.kept[block[0]] or "")):
        # The rule stands under the last line of running text: only that line is a heading.
        block = [at]
        ruled = False
    parts = [(lines.kept[number] or "").strip(" \t\\") for number in block]
    text = " ".join(part for part in parts if not is_caption(part))
    if not text or len(text) > _LONGEST_HEADING * 2 or _NO_HEADING.match(text):
        return head, None
    stop = block[0]
    while ruled and stop > first and lines.rule(stop - 1):
        stop -= 1
    return stop, text


def _in_a_list(lines: _Lines, first: int, at: int) -> bool:
    """Whether the block above a line is one short line too: participants, not a heading."""
    above = at - 1
    while above >= first and lines.blank(above):
        above -= 1
    if above <= first or lines.rule(above):
        return False
    alone = lines.blank(above - 1)
    return alone and _is_heading(lines.kept[above] or "")


def _is_heading(text: str) -> bool:
    text = text.strip()
    if not text or len(text) > _LONGEST_HEADING or text.startswith(("-", "*", "•")):
        return False
    if _NO_HEADING.match(text):
        return False
    return not text.endswith(_SENTENCE_END) and (text[0].isupper() or text[0] in "(\"“'‘[&")


def _unnumbered(lines: _Lines, stop: int) -> Iterator[Paragraph]:
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


def _block(lines: _Lines, block: list[int], heading: str | None) -> Paragraph | str | None:
    """A paragraph without number, the heading of the next one, or nothing."""
    texts = [at for at in block if not lines.rule(at)]
    if not texts:
        return heading
    ruled = len(texts) < len(block) and len(texts) <= 2 and lines.rule(block[-1])
    first_line = (lines.kept[texts[0]] or "").strip(" \t\\")
    if ruled and all(len(lines.kept[at] or "") <= _LONGEST_HEADING for at in texts):
        return " ".join((lines.kept[at] or "").strip(" \t\\") for at in texts)
    if all(is_caption(lines.kept[at] or "") for at in texts) or not first_line.strip(" .:>;"):
        return heading
    portion, length = marking.split(lines.kept[texts[0]] or "")
    text = "\n".join((lines.kept[at] or "").rstrip(" \t\\") for at in texts)
    start = lines.starts[texts[0]] + len(lines.raw[texts[0]]) - len(lines.raw[texts[0]].lstrip())
    end = lines.starts[texts[-1]] + len(lines.raw[texts[-1]].rstrip())
    return Paragraph(None, None, portion, heading, text[length:].strip(), (start, max(start, end)))
