"""The headings between paragraphs: a line alone, or one above a rule."""

from __future__ import annotations

from cable_tui.pattern import pattern
from cable_tui.telegram.captions import is_caption
from cable_tui.value import Value

LONGEST = 110
"""Characters of a heading's line."""
_HEADING_LINES = 3
_RULE = pattern(r"[ \t]*[-=*_~](?:[-=*_~ \t]{1,400})?$")
_SENTENCE_END = (".", ";", ",", ":", '."', ".”", ".)")
_RULE_BEHIND = pattern(r"[ \t]{1,4}-{3,200}(?:[ ]-{1,80}){0,2}$")
_NO_HEADING = pattern(r"(?i:\(?END\b)|\([a-h]\)$|[Xx]{5,}$|.{0,3}$")

_REDACTED = pattern(r"[Xx]{5,}$")


class Lines(Value):
    """The lines of the part of a body that holds its paragraphs."""

    raw: list[str]
    kept: list[str | None]
    """Page breaks taken out; None for a line that was only one."""
    starts: list[int]
    joined: frozenset[int] = frozenset()
    """Those that begin within a line of the body."""

    def text(self, at: int) -> str:
        """What a line says, without blanks around it; nothing where it was a page break."""
        return (self.kept[at] or "").strip(" \t\\")

    def blank(self, at: int) -> bool:
        """Whether a line has nothing in it, or was a page break."""
        return not self.text(at)

    def rule(self, at: int) -> bool:
        """Whether a line is nothing but a rule."""
        return _RULE.match(self.kept[at] or "") is not None

    def above(self, at: int, first: int = 0) -> int:
        """The last line above a place that is not blank; the one before `first` if all are."""
        at -= 1
        while at >= first and self.blank(at):
            at -= 1
        return at


def heading_above(lines: Lines, first: int, head: int) -> tuple[int, str | None]:
    """Where the lines before a paragraph end, and the heading that stands between them and it."""
    at = lines.above(head, first)
    if at < first:
        return head, None
    if lines.rule(at):
        stop, heading = _ruled_heading(lines, first, at, head)
        return _opened(lines, first, stop, heading) if heading else (stop, None)
    alone = at == first or lines.blank(at - 1) or lines.rule(at - 1)
    text = lines.text(at)
    if alone and at < head - 1 and _is_heading(text) and not _in_a_list(lines, first, at):
        return _opened(lines, first, at, without_rule(text))
    return head, None


def _opened(lines: Lines, first: int, stop: int, heading: str) -> tuple[int, str]:
    """A heading with what opens it: a rule, also behind blanks, and the heading of its chapter."""
    rule = lines.above(stop, first)
    top = rule + 1
    while top > first and lines.rule(top - 1):
        top -= 1
    if top > rule:
        return stop, heading
    if rule == stop - 1 or top == first or lines.blank(top - 1):
        return top, heading
    chapter = lines.text(top - 1)
    ruled = top - 1 > first and lines.rule(top - 2)
    alone = top - 1 > first and lines.blank(top - 2)
    if not (ruled or alone) or not _is_heading(chapter):
        return stop, heading
    above, _ = _opened(lines, first, top - 1, chapter) if ruled else (top - 1, chapter)
    return above, f"{chapter}: {heading}"


def _ruled_heading(lines: Lines, first: int, rule: int, head: int) -> tuple[int, str | None]:
    """A heading above a rule, with or without a rule above it, of one line or two.

    A rule that has no heading parts two paragraphs and belongs to neither.
    """
    at = rule - 1
    while at >= first and (lines.blank(at) or lines.rule(at)):
        at -= 1
    if at < first:
        return first, None
    block = [at]
    while block[0] > first and not lines.blank(block[0] - 1) and not lines.rule(block[0] - 1):
        block.insert(0, block[0] - 1)
    ruled = block[0] > first and lines.rule(block[0] - 1)
    if len(block) > _HEADING_LINES or not (ruled or _is_heading(lines.kept[block[0]] or "")):
        # The rule stands under the last line of running text: only that line is a heading.
        block = [at]
        ruled = False
        line = lines.text(at)
        if at < rule - 1 and line.endswith(".") and not (line.isupper() or _opened_at(lines, at)):
            return at + 1, None
    parts = [lines.text(number) for number in block]
    text = without_rule(" ".join(part for part in parts if not is_caption(part)))
    if not text or len(text) > LONGEST * 2:
        return head, None
    if _NO_HEADING.match(text) and not (at == rule - 1 and _REDACTED.match(text)):
        return head, None
    return block[0], text


def without_rule(text: str) -> str:
    """A heading without the rule that follows it on its line."""
    return _RULE_BEHIND.sub("", text) if text.endswith("-") else text


def _opened_at(lines: Lines, at: int) -> bool:
    """Whether the next line above that is not blank is a rule."""
    above = lines.above(at)
    return above >= 0 and lines.rule(above)


def _in_a_list(lines: Lines, first: int, at: int) -> bool:
    """Whether the block above a line is one short line too: participants, not a heading."""
    above = lines.above(at, first)
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
