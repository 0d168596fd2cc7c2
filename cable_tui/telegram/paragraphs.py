"""The paragraphs of a body: expected or marked numbers, headings, page breaks.

A heading is alone on its line, or above a rule. Newspapers pasted whole texts as one line (`End
summary. ------ THE LAMP ------ 2. (C) It`), and editors joined a rule and the number below it
(`------1. (C) It`): such a line is divided before its numbers are examined. Offsets are unchanged.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from cable_tui.base.cable import Paragraph
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.telegram import pagebreaks
from cable_tui.telegram.captions import is_caption
from cable_tui.telegram.paragraph_starts import (
    MARKING,
    Above,
    Begins,
    Numbering,
    split_marking,
)
from cable_tui.telegram.reading import Reading

_NUMBER = pattern(
    r"[ \t>*]{0,12}¶?[ ]?"
    r"(?P<label>\(?(?P<n>\d{1,3})(?:(?P<item>(?=A[.)]?[ \t]))"
    r"|[ ]?(?:(?P<dot>\.{1,2}(?!\.))|\)|,(?=[ ]{0,2}\())?[ \t]{0,6}))"
)
"""A pattern for a number; `item` matches the letter of the first of several: `6A`, then `6B`."""
_TWICE = pattern(r"\d{1,3}[.)][ \t]{1,6}")
"""A second number, added when an editor renumbered the paragraphs: `7. 6. The lamp`."""
_ENDS = (".", "?", "!", ":", ";", '"', "”", "’", ")", "]")
"""The last character of a line that ends a sentence."""
_BEFORE_TEXT = " \t>*¶("
_TELLING = frozenset("0123456789Xx")
"""The first characters of numbers and redactions, which help to tell paragraphs apart."""
_MAY_TELL = _TELLING | frozenset(_BEFORE_TEXT)
_REDACTED = pattern(r"[Xx]{5,40}[ \t\\]{0,40}$")
_BRACKETED = pattern(r"\s{0,200}1\)[ \t]{1,4}(?=[A-Z\"“])")
"""The start of a text that begins with `1)`. If nothing precedes it, it is not a list."""
_FIGURE = pattern(r"(?:^|\n)[ \t]{0,8}1\.[ \t]{1,4}\d")
_SITE_ANCHOR = pattern(r"\s{0,40}(\d{1,4}|[A-Z])\. ")


class _Head(NamedTuple):
    """The beginning of a paragraph."""

    line: int
    label: str
    anchor: str | None
    marking: str | None
    column: int
    """The column of the label in its line."""
    text: int
    """The column of the text in its line, after label and marking."""


def paragraphs(
    body: str, begin: int, end: int, anchors: tuple[str, ...] | None, *, outline: bool = False
) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `body[begin:end]`.

    `anchors` are the anchors of the site's page, or None if they are unknown. Each block before the
    first numbered paragraph becomes a paragraph without a label. In an `outline`, numbered
    paragraphs have no text, and the page breaks of the body must already be spaces.
    """
    lines = _lines(body, begin, end, outline=outline)
    heads = list(_heads(lines, anchors))
    if not heads and (number_match := _BRACKETED.match(body, begin)) and number_match.end() < end:
        heads = list(_heads(lines, anchors, brackets=True))
    if (not heads or heads[0].label != "1") and _FIGURE.search(body, begin, end):
        counted_heads = list(_heads(lines, anchors, figures=True))
        heads = counted_heads if [head.label for head in counted_heads[:2]] == ["1", "2"] else heads
    if heads and not heads[0].line and body[:begin].rpartition("\n")[2].strip(" \t"):
        # It begins within a line, after the reasons, where the site set no anchor.
        heads[0] = heads[0]._replace(anchor=None)
    all_paragraphs: list[Paragraph] = []
    first_line = heads[0].line if heads else len(lines.raw)
    heading_start, heading = heading_above(lines, 0, first_line) if heads else (first_line, None)
    all_paragraphs.extend(_unnumbered(lines, heading_start))
    for index, head in enumerate(heads):
        next_head_line = heads[index + 1].line if index + 1 < len(heads) else len(lines.raw)
        heading_start, next_heading = next_head_line, None
        if index + 1 < len(heads):
            heading_start, next_heading = heading_above(lines, head.line + 1, next_head_line)
        all_paragraphs.append(_paragraph(lines, head, heading_start, heading))
        heading = next_heading
    return tuple(all_paragraphs)


def blocks(body: str, begin: int, end: int) -> Iterator[Paragraph]:
    """Yield each block between blank lines in `body[begin:end]` as a paragraph without a label."""
    lines = _lines(body, begin, end)
    return _unnumbered(lines, len(lines.raw))


def site_anchor(line: str) -> str | None:
    """Return the anchor that the site's rule assigned to a line, `par6` or `parB`, or None."""
    match = _SITE_ANCHOR.match(line)
    return f"par{match.group(1)}" if match else None


def _lines(body: str, begin: int, end: int, *, outline: bool = False) -> Lines:
    raw_lines = body[begin:end].split("\n")
    line_start = begin
    line_starts = [begin]
    line_starts += [line_start := line_start + len(line) + 1 for line in raw_lines[:-1]]
    joined_lines: frozenset[int] = frozenset()
    if worth_parting(raw_lines):
        raw_lines, line_starts, joined_lines = parted(raw_lines, line_starts)
    kept_lines: list[str | None] = list(raw_lines)
    if not outline and any(body.find(marker, begin, end) >= 0 for marker in pagebreaks.INTRUSIONS):
        kept_lines = Reading("\n".join(raw_lines)).kept_lines()
    return Lines(raw_lines, kept_lines, line_starts, joined_lines, outline)


def _heads(
    lines: Lines,
    anchors: tuple[str, ...] | None,
    *,
    brackets: bool = False,
    figures: bool = False,
) -> Iterator[_Head]:
    """Yield the beginnings of paragraphs; with `brackets`, `1)` may number paragraphs."""
    numbering = Numbering(figures=figures)
    known_anchors = None if anchors is None else frozenset(anchors)
    kept_lines = lines.kept
    # Most lines begin with a letter: to see that takes a third of the time.
    candidate_lines = [
        index
        for index, line in enumerate(kept_lines)
        if line and line[0] in _MAY_TELL and line.lstrip(_BEFORE_TEXT)[:1] in _TELLING
    ]
    number_matches = [
        (index, match)
        for index in candidate_lines
        if (match := _NUMBER.match(kept_lines[index] or ""))
    ]
    lines_around: _LinesAround | None = None
    last_number = -1
    for index, match in number_matches:
        line, label_end = match.string, match.end()
        if line[label_end : label_end + 1].isdigit() and (
            second_number := _TWICE.match(line, label_end)
        ):
            label_end = second_number.end()
        marking, text_start = split_marking(line[label_end : label_end + 90])
        paragraph_number = int(match[2])
        if marking is not None and paragraph_number:
            numbering.accept_marked()
        else:
            lines_around = lines_around or _LinesAround(kept_lines, candidate_lines, number_matches)
            above_line = lines_around.above(index, match, last_number)
            begins = (
                "other" if marking else _begins(match, label_end, numbering, above_line, brackets)
            )
            if begins is None:
                continue
            if not above_line.free and _REDACTED.match(line, label_end):
                # A number with nothing but a redaction is no wrapped sentence.
                above_line = above_line._replace(free=True)
            if not numbering.accepts(paragraph_number, marking is not None, begins, above_line):
                continue
        last_number = index
        head = _Head(
            index,
            numbering.label(paragraph_number),
            None,
            marking,
            match.start(1),
            label_end + text_start,
        )
        if known_anchors != frozenset() and index not in lines.joined:
            anchor = site_anchor(lines.raw[index])
            if anchor and (known_anchors is None or anchor in known_anchors):
                head = head._replace(anchor=anchor)
        yield head


class _LinesAround:
    """The lines around each number; they matter only if the number has no marking."""

    def __init__(
        self,
        kept: list[str | None],
        candidates: list[int],
        numbers: list[tuple[int, re.Match[str]]],
    ) -> None:
        self._kept = kept
        self._cuts = [index for index in candidates if _is_cut(kept[index] or "")]
        self._dotted = {index: int(match[2]) for index, match in numbers if match[4]}
        self._last = {number: index for index, number in self._dotted.items()}
        """The index of the last line that begins with each number and a full stop."""

    def above(self, index: int, match: re.Match[str], last_line: int) -> Above:
        """Return what is above a number; `last_line` is the line of the last paragraph."""
        next_above = index - 1
        while next_above >= 0 and self._kept[next_above] is None:
            next_above -= 1
        line_text = (self._kept[next_above] or "") if next_above >= 0 else ""
        is_free = not line_text.lstrip(_BEFORE_TEXT).strip(" \t\\-=_")
        has_ended = line_text.rstrip(" \t\\").endswith(_ENDS)
        cut_count = bisect_left(self._cuts, index)
        is_cut = (
            cut_count > 0
            and self._cuts[cut_count - 1] > last_line
            and (is_free or _is_cut(line_text))
        )
        recurs = self._last.get(int(match[2]), 0) > index
        return Above(
            is_free, is_cut, has_ended, next_above in self._dotted, recurs, match.start("n")
        )


def _is_cut(line: str) -> bool:
    """Return whether the text of a line consists of a redaction."""
    return _REDACTED.match(line.lstrip(_BEFORE_TEXT)) is not None


def _begins(
    match: re.Match[str], end: int, numbering: Numbering, above: Above, brackets: bool
) -> Begins | None:
    """Return what follows an unmarked number, or None if it cannot begin a paragraph."""
    label, _, item_letter, dot = match.groups()
    opening = match.string[end : end + 2]
    is_item = item_letter is not None and not numbering.marked
    if not ((brackets and above.free) or dot or is_item) or label.startswith("("):
        return None
    if match.string[end - 1] not in " \t" and opening[:1].isdigit():
        return None
    if is_item:
        return "item"
    if opening[:1].isdigit():
        return "figure"
    if (
        opening[:1].isupper()
        or opening[:1] in '"“‘(['
        or opening == "xx"
        or (not opening and above.free)
    ):
        return "capital"
    return "other"


def _paragraph(lines: Lines, head: _Head, stop_line: int, heading: str | None) -> Paragraph:
    last_line = stop_line - 1
    while last_line > head.line and not (lines.kept[last_line] or "").strip():
        last_line -= 1
    paragraph_end = lines.starts[last_line] + len(lines.raw[last_line].rstrip())
    paragraph_start = lines.starts[head.line] + lines.raw[head.line].find(head.label[0])
    text = "" if lines.outline else _text(lines, head, stop_line)
    span = paragraph_start, max(paragraph_start, paragraph_end)
    return Paragraph(head.label, head.anchor, head.marking, heading, text, span)


def _text(lines: Lines, head: _Head, stop: int) -> str:
    kept_lines = [(lines.kept[head.line] or "")[head.text :], *lines.kept[head.line + 1 : stop]]
    text = "\n".join(line.rstrip(" \t\\") for line in kept_lines if line is not None).strip()
    # The full stop after `(C - ENTIRE TEXT)` is no text.
    return text if text.strip(" .:;,") else ""


def _unnumbered(lines: Lines, stop_line: int) -> Iterator[Paragraph]:
    """Yield the blocks between blank lines before the first number."""
    heading: str | None = None
    line_block: list[int] = []
    for index in range(stop_line + 1):
        if index < stop_line and not lines.blank(index):
            line_block.append(index)
            continue
        if index < stop_line and lines.kept[index] is None:
            continue
        if line_block:
            block_read = _block(lines, line_block, heading)
            heading = block_read if isinstance(block_read, str) else None
            if isinstance(block_read, Paragraph):
                yield block_read
            line_block = []


def _block(lines: Lines, block: list[int], heading: str | None) -> Paragraph | str | None:
    """Return an unnumbered paragraph, the heading of the next paragraph, or None."""
    text_lines = [index for index in block if not lines.rule(index)]
    if not text_lines:
        return heading
    has_rule = len(text_lines) < len(block) and len(text_lines) <= 2 and lines.rule(block[-1])
    first_line = lines.text(text_lines[0])
    if has_rule and all(len(lines.kept[index] or "") <= LONGEST for index in text_lines):
        return without_rule(" ".join(lines.text(index) for index in text_lines))
    if all(is_caption(lines.kept[index] or "") for index in text_lines) or not first_line.strip(
        " .:>;"
    ):
        return heading
    marking, text_start = split_marking(lines.kept[text_lines[0]] or "")
    text = "\n".join((lines.kept[index] or "").rstrip(" \t\\") for index in text_lines)
    block_start = (
        lines.starts[text_lines[0]]
        + len(lines.raw[text_lines[0]])
        - len(lines.raw[text_lines[0]].lstrip())
    )
    block_end = lines.starts[text_lines[-1]] + len(lines.raw[text_lines[-1]].rstrip())
    span = block_start, max(block_start, block_end)
    return Paragraph(None, None, marking, heading, text[text_start:].strip(), span)


LONGEST = 110
"""The maximum length, in characters, of the line of a heading."""
_HEADING_LINES = 3
_RULE_SIGNS = "-=*_~"
_RULE = pattern(rf"[ \t]*[{_RULE_SIGNS}](?:[{_RULE_SIGNS} \t]{{1,400}})?$")
_NO_HEADING_END = (".", ";", ",", ":", '."', ".”", ".)")
_RULE_BEHIND = pattern(r"[ \t]{1,4}-{3,200}(?:[ ]-{1,80}){0,2}$")
_NO_HEADING = pattern(r"(?i:\(?END\b)|\([a-h]\)$|[Xx]{5,}$|.{0,3}$")

_REDACTED_LINE = pattern(r"[Xx]{5,}$")


class Lines(Value):
    """The lines of the part of a body that contains its paragraphs."""

    raw: list[str]
    kept: list[str | None]
    """The lines without page breaks; None for a line that consisted of a page break."""
    starts: list[int]
    joined: frozenset[int] = frozenset()
    """The indexes of the lines that begin within a line of the body."""
    outline: bool = False
    """Whether the texts of numbered paragraphs are not needed."""

    def text(self, index: int) -> str:
        """Return the text of a line, stripped; empty if it was a page break."""
        return (self.kept[index] or "").strip(" \t\\")

    def blank(self, index: int) -> bool:
        """Return whether a line is empty, or was a page break."""
        return not self.text(index)

    def rule(self, index: int) -> bool:
        """Return whether a line consists of a rule."""
        return _RULE.match(self.kept[index] or "") is not None

    def above(self, index: int, first: int = 0) -> int:
        """Return the last line above that is not blank, or the line before `first`."""
        index -= 1
        while index >= first and self.blank(index):
            index -= 1
        return index


def heading_above(lines: Lines, first: int, head: int) -> tuple[int, str | None]:
    """Return the end of the text before a paragraph, and the heading between the two."""
    index = lines.above(head, first)
    if index < first:
        return head, None
    line_text = lines.text(index)
    if line_text[-1] in _RULE_SIGNS and lines.rule(index):
        stop, heading = _ruled_heading(lines, first, index, head)
        return _opened(lines, first, stop, heading) if heading else (stop, None)
    if index == head - 1 or not _is_heading(line_text):
        return head, None
    is_alone = index == first or lines.blank(index - 1) or lines.rule(index - 1)
    if not is_alone or _in_a_list(lines, first, index):
        return head, None
    return _opened(lines, first, index, without_rule(line_text))


def _opened(lines: Lines, first: int, stop_line: int, heading: str) -> tuple[int, str]:
    """Return a heading, joined to its chapter's heading, and the start of its opening rule.

    Blank lines may come between the rule and the heading.
    """
    line_above = lines.above(stop_line, first)
    heading_top = line_above + 1
    while heading_top > first and lines.rule(heading_top - 1):
        heading_top -= 1
    if heading_top > line_above:
        return stop_line, heading
    if line_above == stop_line - 1 or heading_top == first or lines.blank(heading_top - 1):
        return heading_top, heading
    chapter = lines.text(heading_top - 1)
    has_rule = heading_top - 1 > first and lines.rule(heading_top - 2)
    is_alone = heading_top - 1 > first and lines.blank(heading_top - 2)
    if not (has_rule or is_alone) or not _is_heading(chapter):
        return stop_line, heading
    chapter_start, _ = (
        _opened(lines, first, heading_top - 1, chapter) if has_rule else (heading_top - 1, chapter)
    )
    return chapter_start, f"{chapter}: {heading}"


def _ruled_heading(lines: Lines, first: int, rule: int, head: int) -> tuple[int, str | None]:
    """Return the heading above a rule, of one line or two, which may have another rule above it.

    A rule without a heading separates two paragraphs and belongs to neither.
    """
    last_line = rule - 1
    while last_line >= first and (lines.blank(last_line) or lines.rule(last_line)):
        last_line -= 1
    if last_line < first:
        return first, None
    block = [last_line]
    while block[0] > first and not lines.blank(block[0] - 1) and not lines.rule(block[0] - 1):
        block.insert(0, block[0] - 1)
    has_rule = block[0] > first and lines.rule(block[0] - 1)
    if len(block) > _HEADING_LINES or not (has_rule or _is_heading(lines.kept[block[0]] or "")):
        # The rule is under the last line of running text: only that line is a heading.
        block = [last_line]
        has_rule = False
        heading_line = lines.text(last_line)
        if (
            last_line < rule - 1
            and heading_line.endswith(".")
            and not (heading_line.isupper() or _opened_at(lines, last_line))
        ):
            return last_line + 1, None
    heading_parts = [lines.text(line_index) for line_index in block]
    heading = without_rule(" ".join(part for part in heading_parts if not is_caption(part)))
    if not heading or len(heading) > LONGEST * 2:
        return head, None
    if _NO_HEADING.match(heading) and not (last_line == rule - 1 and _REDACTED_LINE.match(heading)):
        return head, None
    return block[0], heading


def without_rule(text: str) -> str:
    """Return a heading without the rule that follows it on its line."""
    return _RULE_BEHIND.sub("", text) if text.endswith("-") else text


def _opened_at(lines: Lines, index: int) -> bool:
    """Return whether the nearest non-blank line above is a rule."""
    line_above = lines.above(index)
    return line_above >= 0 and lines.rule(line_above)


def _in_a_list(lines: Lines, first: int, index: int) -> bool:
    """Return whether the block above a line is also one short line: a list, not a heading."""
    line_above = lines.above(index, first)
    if line_above <= first or lines.rule(line_above):
        return False
    is_alone = lines.blank(line_above - 1)
    return is_alone and _is_heading(lines.kept[line_above] or "")


def _is_heading(text: str) -> bool:
    text = text.strip()
    if not text or len(text) > LONGEST or text.endswith(_NO_HEADING_END):
        return False
    if not (text[0].isupper() or text[0] in "(\"“'‘[&"):
        return False
    return _NO_HEADING.match(text) is None


_LONGEST_LINE = 88
"""The maximum length, in characters, of a line that begins at most one paragraph."""
_FIRST_LINES = 3
"""The number of lines searched for a rule joined to the first paragraph: `------1. (C)`."""
_SHORTEST = 6
"""The minimum number of characters before the first number within a line."""
_RULES = "-=*_"
_RULE_STARTS = frozenset(3 * rule for rule in _RULES)
_MARKED_NUMBER = pattern(
    rf"(?P<sign>¶)?(?P<n>\d{{1,2}})\.[ ]{{0,3}}(?(sign)(?=\S)|(?={MARKING}[ ]?\S))"
)
"""A number with a marking, or with the symbol that the site put before numbers at line starts."""
_AT_START = pattern(
    rf"[ \t>*]{{0,12}}¶?[ ]?(?P<n>\d{{1,3}})[ ]?[.)][ \t]{{0,6}}(?:\d{{1,3}}[.)][ \t]{{1,6}})?"
    rf"(?={MARKING}|[A-Z\"“(\[])"
)
_RULED_NUMBER = pattern(r"[ \t]{0,8}[-=*_]{3,200}[ ]?(?=¶?[ ]?(?P<n>\d{1,2})[ ]?[.)])")
_ENDS_BEFORE = frozenset(".!?:;\"”’')]}-=*_")
"""The character before a paragraph that begins within a line: the end of a sentence, or a rule."""
_BREAK = pattern(r"[ ]OF[ ]{1,2}\d{3}$")
_CITED = pattern(r"(?:\b[Pp]aras?(?:graphs?)?|\b[Nn]o|\bNO)\.?[ ]{0,2}$")
_LONG_RULE = pattern(r"[-=*_]{5,80}(?:[ ][-=*_]{1,40}){0,2}")
_RULE_AT_END = pattern(r"[-=*_]{5,80}(?:[ ][-=*_]{1,40}){0,2}$")
_SENTENCE_END = pattern(r"[.!?][\"”’)]{0,2}[ ]{1,3}(?=[A-Z0-9\"“(])")
_SEEN = 16
"""The number of characters that are examined before a number."""
_BEFORE = 320
"""The number of characters before a number that are searched for its heading."""
_LONGEST_HEADING = 100


def worth_parting(raw: list[str]) -> bool:
    """Return whether any line may contain the start of a paragraph.

    Most texts have only short lines.
    """
    if any(map(_is_ruled, raw[:_FIRST_LINES])):
        return True
    long_lines = [
        line for line in raw if len(line) > _LONGEST_LINE and ("(" in line or "¶" in line)
    ]
    return any(map(_has_number, long_lines))


def parted(raw: list[str], starts: list[int]) -> tuple[list[str], list[int], frozenset[int]]:
    """Return the lines of a text, divided where lines were joined.

    Also return their offsets, and the indexes of those that begin within a line of the text.
    """
    parted_lines: list[str] = []
    part_starts: list[int] = []
    joined_lines: set[int] = set()
    last_number = 0
    for line, start in zip(raw, starts, strict=True):
        if start_match := _AT_START.match(line):
            last_number = int(start_match["n"])
        part_start = 0
        for line_cut in _cuts(line, last_number):
            parted_lines.append(line[part_start : line_cut.at])
            part_starts.append(start + part_start)
            joined_lines.add(len(parted_lines))
            part_start = line_cut.at
            last_number = line_cut.number or last_number
        parted_lines.append(line[part_start:])
        part_starts.append(start + part_start)
    return parted_lines, part_starts, frozenset(joined_lines)


def _has_number(line: str) -> bool:
    """Return whether a line contains a number with a marking or with the site's symbol."""
    if line.find("¶", _SHORTEST) >= 0:
        return _MARKED_NUMBER.search(line, _SHORTEST) is not None
    # A look for brackets first: the pattern would stop at every figure of a text.
    bracket = line.find("(", _SHORTEST)
    while bracket >= 0:
        if line[bracket - 1] in ". " and line[bracket - 4 : bracket].rstrip(" ")[-1:] == ".":
            return _MARKED_NUMBER.search(line, _SHORTEST) is not None
        bracket = line.find("(", bracket + 1)
    return False


def _is_ruled(line: str) -> bool:
    """Return whether a paragraph begins after the rule that begins a line."""
    return line[:3] in _RULE_STARTS and _RULED_NUMBER.match(line) is not None


class _Cut(NamedTuple):
    at: int
    number: int
    """The number of the paragraph that begins here, or 0 if a heading or a rule begins here."""


def _cuts(line: str, last_number: int) -> Iterator[_Cut]:
    """Yield the cuts of a line from left to right; `last_number` is its paragraph's number."""
    if line[:3] in _RULE_STARTS and (match := _RULED_NUMBER.match(line)):
        last_number = int(match["n"])
        yield _Cut(match.end(), last_number)
    if len(line) <= _LONGEST_LINE:
        return
    done_to = 0
    for number_match in _MARKED_NUMBER.finditer(line):
        number_start = number_match.start()
        if int(number_match["n"]) != last_number + 1:
            continue
        if not number_match["sign"] and not _free(line, done_to, number_start):
            continue
        for heading_cut in _heading_cuts(line, done_to, number_start):
            yield _Cut(heading_cut, 0)
        last_number += 1
        done_to = number_start
        yield _Cut(number_start, last_number)


def _free(line: str, done_to: int, start: int) -> bool:
    """Return whether a number without the site's symbol follows a sentence end or a rule."""
    text_before = line[max(done_to, start - _SEEN) : start].rstrip(" \t")
    if not text_before or not (text_before[-1] in _ENDS_BEFORE or _BREAK.search(text_before)):
        return False
    return line[start - 1] in " \t" and not _CITED.search(line, max(done_to, start - 20), start)


def _heading_cuts(line: str, done_to: int, start: int) -> Iterator[int]:
    """Yield the starts of the heading before a number, and of the rules around it."""
    search_start = max(done_to, start - _BEFORE)
    text_before = line[search_start:start].rstrip(" \t")
    rule_below = _RULE_AT_END.search(text_before)
    if rule_below is None:
        return
    rules = list(_LONG_RULE.finditer(text_before, 0, rule_below.start()))
    rule_above = rules[-1] if rules else None
    if rule_above and 0 < rule_below.start() - rule_above.end() <= _LONGEST_HEADING:
        heading_start = rule_above.end()
        if search_start + rule_above.start() > done_to:
            yield search_start + rule_above.start()
    else:
        heading_start = 0 if search_start == done_to else rule_below.start()
        for sentence_end in _SENTENCE_END.finditer(text_before, 0, rule_below.start()):
            heading_start = sentence_end.end()
    if rule_below.start() - heading_start <= _LONGEST_HEADING:
        if search_start + heading_start > done_to:
            yield search_start + heading_start
        yield search_start + rule_below.start()
