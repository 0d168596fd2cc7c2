"""The headings between paragraphs: a line alone, or one above a rule (formats.md 2.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cable_tui.telegram.captions import is_caption

LONGEST = 110
"""Characters of a heading's line."""
_HEADING_LINES = 3
_RULE = re.compile(r"[ \t]*[-=*_~](?:[-=*_~ \t]{1,400})?$")
_SENTENCE_END = (".", ";", ",", ":", '."', ".”", ".)")
_RULE_BEHIND = re.compile(r"[ \t]{1,4}-{3,200}$")
_NO_HEADING = re.compile(r"(?i:\(?END\b)|\([a-h]\)$|[Xx]{5,}$|.{0,3}$")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of the part of a body that holds its paragraphs."""

    raw: list[str]
    kept: list[str | None]
    """Page breaks taken out; None for a line that was only one."""
    starts: list[int]

    def blank(self, at: int) -> bool:
        """Whether a line has nothing in it, or was a page break."""
        return not (self.kept[at] or "").strip(" \t\\")

    def rule(self, at: int) -> bool:
        """Whether a line is nothing but a rule."""
        return _RULE.match(self.kept[at] or "") is not None


def heading_above(lines: Lines, first: int, head: int) -> tuple[int, str | None]:
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


def _ruled_heading(lines: Lines, first: int, rule: int, head: int) -> tuple[int, str | None]:
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
    if not text or len(text) > LONGEST * 2 or _NO_HEADING.match(text):
        return head, None
    stop = block[0]
    while ruled and stop > first and lines.rule(stop - 1):
        stop -= 1
    return stop, text


def _in_a_list(lines: Lines, first: int, at: int) -> bool:
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
    if not text or len(text) > LONGEST or text.startswith(("-", "*", "•")):
        return False
    if _NO_HEADING.match(text):
        return False
    return not text.endswith(_SENTENCE_END) and (text[0].isupper() or text[0] in "(\"“'‘[&")
