"""The paragraphs of a body: by expected or marked numbers, headings, page breaks.

A heading is a line alone, or one above a rule. Newspapers pasted whole texts as one line (`End
summary. ------ THE LAMP ------ 2. (C) It`), and editors joined a rule and the number below it
(`------1. (C) It`): such a line is divided before its numbers are judged. The offsets stay those of
the body.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.base.cable import Paragraph
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

_NUMBER = pattern(
    r"[ \t>*]{0,12}¶?[ ]?"
    r"(?P<label>\(?(?P<n>\d{1,3})(?:(?P<item>(?=A[.)]?[ \t]))"
    r"|[ ]?(?:(?P<dot>\.{1,2}(?!\.))|\)|,(?=[ ]{0,2}\())?[ \t]{0,6}))"
)
"""Pattern of a number; with `item` the first of several that have it: `6A`, then `6B`."""
_TWICE = pattern(r"\d{1,3}[.)][ \t]{1,6}")
"""The number again: an editor numbered the paragraphs a second time, `7. 6. The lamp`."""
_ENDS = (".", "?", "!", ":", ";", '"', "”", "’", ")", "]")
"""The end of a line that ends a sentence."""
_BEFORE_TEXT = " \t>*¶("
_TELLING = frozenset("0123456789Xx")
"""The first letters of numbers and of redactions, which tell paragraphs apart."""
_MAY_TELL = _TELLING | frozenset(_BEFORE_TEXT)
_REDACTED = pattern(r"[Xx]{5,40}[ \t\\]{0,40}$")
_BRACKETED = pattern(r"\s{0,200}1\)[ \t]{1,4}(?=[A-Z\"“])")
"""A text that begins with `1)`: it is not a list, since nothing comes before it."""
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

    Anchors as the site's page has them, if it is known.

    Text before the first numbered paragraph is a paragraph without label for each block.

    In `outline` numbered paragraphs have no text, and the body has blanks for its page breaks.
    """
    lines = _lines(body, begin, end, outline=outline)
    heads = list(_heads(lines, anchors))
    if not heads and (number := _BRACKETED.match(body, begin)) and number.end() < end:
        heads = list(_heads(lines, anchors, brackets=True))
    if (not heads or heads[0].label != "1") and _FIGURE.search(body, begin, end):
        counted = list(_heads(lines, anchors, figures=True))
        heads = counted if [head.label for head in counted[:2]] == ["1", "2"] else heads
    if heads and not heads[0].line and body[:begin].rpartition("\n")[2].strip(" \t"):
        # It begins within a line, after the reasons, where the site set no anchor.
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
    """Yield the blocks between blank lines in `body[begin:end]`, each a paragraph without label."""
    lines = _lines(body, begin, end)
    return _unnumbered(lines, len(lines.raw))


def site_anchor(line: str) -> str | None:
    """Return the anchor that the site's own rule set on a line: `par6`, `parB`, or None."""
    found = _SITE_ANCHOR.match(line)
    return f"par{found.group(1)}" if found else None


def _lines(body: str, begin: int, end: int, *, outline: bool = False) -> Lines:
    raw = body[begin:end].split("\n")
    start = begin
    starts = [begin]
    starts += [start := start + len(line) + 1 for line in raw[:-1]]
    joined: frozenset[int] = frozenset()
    if worth_parting(raw):
        raw, starts, joined = parted(raw, starts)
    kept: list[str | None] = list(raw)
    if not outline and any(body.find(sign, begin, end) >= 0 for sign in pagebreaks.INTRUSIONS):
        kept = pagebreaks.without(raw)
    return Lines(raw, kept, starts, joined, outline)


def _heads(
    lines: Lines,
    anchors: tuple[str, ...] | None,
    *,
    brackets: bool = False,
    figures: bool = False,
) -> Iterator[_Head]:
    """Yield the beginnings of paragraphs; `brackets` if `1)` numbers them, and not only lists."""
    numbering = Numbering(figures=figures)
    known = None if anchors is None else frozenset(anchors)
    kept = lines.kept
    # Most lines begin with a letter: to see that takes a third of the time.
    telling = [
        at
        for at, line in enumerate(kept)
        if line and line[0] in _MAY_TELL and line.lstrip(_BEFORE_TEXT)[:1] in _TELLING
    ]
    numbers = [(at, found) for at in telling if (found := _NUMBER.match(kept[at] or ""))]
    around: _LinesAround | None = None
    last = -1
    for at, found in numbers:
        line, end = found.string, found.end()
        if line[end : end + 1].isdigit() and (twice := _TWICE.match(line, end)):
            end = twice.end()
        portion, length = split_marking(line[end : end + 90])
        number = int(found[2])
        if portion is not None and number:
            numbering.accept_marked()
        else:
            around = around or _LinesAround(kept, telling, numbers)
            above = around.above(at, found, last)
            begins = "other" if portion else _begins(found, end, numbering, above, brackets)
            if begins is None:
                continue
            if not above.free and _REDACTED.match(line, end):
                # A number with nothing but a redaction is no wrapped sentence.
                above = above._replace(free=True)
            if not numbering.accepts(number, portion is not None, begins, above):
                continue
        last = at
        head = _Head(at, numbering.label(number), None, portion, found.start(1), end + length)
        if known != frozenset() and at not in lines.joined:
            anchor = site_anchor(lines.raw[at])
            if anchor and (known is None or anchor in known):
                head = head._replace(anchor=anchor)
        yield head


class _LinesAround:
    """What is around each number: it matters only to one without a marking."""

    def __init__(
        self, kept: list[str | None], telling: list[int], numbers: list[tuple[int, re.Match[str]]]
    ) -> None:
        self._kept = kept
        self._cuts = [at for at in telling if _is_cut(kept[at] or "")]
        self._dotted = {at: int(found[2]) for at, found in numbers if found[4]}
        self._last = {number: at for at, number in self._dotted.items()}
        """The last line that begins with each number and a dot."""

    def above(self, at: int, found: re.Match[str], last: int) -> Above:
        """Return what is above a number; `last` is the line of the last paragraph."""
        next_above = at - 1
        while next_above >= 0 and self._kept[next_above] is None:
            next_above -= 1
        line = (self._kept[next_above] or "") if next_above >= 0 else ""
        free = not line.lstrip(_BEFORE_TEXT).strip(" \t\\-=_")
        ended = line.rstrip(" \t\\").endswith(_ENDS)
        cuts = bisect_left(self._cuts, at)
        cut = cuts > 0 and self._cuts[cuts - 1] > last and (free or _is_cut(line))
        again = self._last.get(int(found[2]), 0) > at
        return Above(free, cut, ended, next_above in self._dotted, again, found.start("n"))


def _is_cut(line: str) -> bool:
    """Return whether the text of a line is nothing but a redaction."""
    return _REDACTED.match(line.lstrip(_BEFORE_TEXT)) is not None


def _begins(
    found: re.Match[str], end: int, numbering: Numbering, above: Above, brackets: bool
) -> Begins | None:
    """Return what the text after a number without a marking begins with.

    None if the number is none of a paragraph.
    """
    label, _, item_letter, dot = found.groups()
    text = found.string[end : end + 2]
    item = item_letter is not None and not numbering.marked
    if not ((brackets and above.free) or dot or item) or label.startswith("("):
        return None
    if found.string[end - 1] not in " \t" and text[:1].isdigit():
        return None
    if item:
        return "item"
    if text[:1].isdigit():
        return "figure"
    if text[:1].isupper() or text[:1] in '"“‘([' or text == "xx" or (not text and above.free):
        return "capital"
    return "other"


def _paragraph(lines: Lines, head: _Head, stop: int, heading: str | None) -> Paragraph:
    last = stop - 1
    while last > head.line and not (lines.kept[last] or "").strip():
        last -= 1
    end = lines.starts[last] + len(lines.raw[last].rstrip())
    start = lines.starts[head.line] + lines.raw[head.line].find(head.label[0])
    text = "" if lines.outline else _text(lines, head, stop)
    return Paragraph(head.label, head.anchor, head.marking, heading, text, (start, max(start, end)))


def _text(lines: Lines, head: _Head, stop: int) -> str:
    kept = [(lines.kept[head.line] or "")[head.text :], *lines.kept[head.line + 1 : stop]]
    text = "\n".join(line.rstrip(" \t\\") for line in kept if line is not None).strip()
    # The full stop after `(C - ENTIRE TEXT)` is no text.
    return text if text.strip(" .:;,") else ""


def _unnumbered(lines: Lines, stop: int) -> Iterator[Paragraph]:
    """Yield the blocks between blank lines before the first number."""
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
    """Return a paragraph without number, the heading of the next one, or nothing."""
    texts = [at for at in block if not lines.rule(at)]
    if not texts:
        return heading
    ruled = len(texts) < len(block) and len(texts) <= 2 and lines.rule(block[-1])
    first_line = lines.text(texts[0])
    if ruled and all(len(lines.kept[at] or "") <= LONGEST for at in texts):
        return without_rule(" ".join(lines.text(at) for at in texts))
    if all(is_caption(lines.kept[at] or "") for at in texts) or not first_line.strip(" .:>;"):
        return heading
    portion, length = split_marking(lines.kept[texts[0]] or "")
    text = "\n".join((lines.kept[at] or "").rstrip(" \t\\") for at in texts)
    start = lines.starts[texts[0]] + len(lines.raw[texts[0]]) - len(lines.raw[texts[0]].lstrip())
    end = lines.starts[texts[-1]] + len(lines.raw[texts[-1]].rstrip())
    return Paragraph(None, None, portion, heading, text[length:].strip(), (start, max(start, end)))


LONGEST = 110
"""The most characters of a heading's line."""
_HEADING_LINES = 3
_RULE_SIGNS = "-=*_~"
_RULE = pattern(rf"[ \t]*[{_RULE_SIGNS}](?:[{_RULE_SIGNS} \t]{{1,400}})?$")
_NO_HEADING_END = (".", ";", ",", ":", '."', ".”", ".)")
_RULE_BEHIND = pattern(r"[ \t]{1,4}-{3,200}(?:[ ]-{1,80}){0,2}$")
_NO_HEADING = pattern(r"(?i:\(?END\b)|\([a-h]\)$|[Xx]{5,}$|.{0,3}$")

_REDACTED_LINE = pattern(r"[Xx]{5,}$")


class Lines(Value):
    """The lines of the part of a body that holds its paragraphs."""

    raw: list[str]
    kept: list[str | None]
    """Lines without page breaks; None for a line that was only one."""
    starts: list[int]
    joined: frozenset[int] = frozenset()
    """Paragraphs that begin within a line of the body."""
    outline: bool = False
    """Whether nobody asks for the texts of numbered paragraphs."""

    def text(self, at: int) -> str:
        """Return the text of a line, without spaces around it; empty if it was a page break."""
        return (self.kept[at] or "").strip(" \t\\")

    def blank(self, at: int) -> bool:
        """Return whether a line is empty, or was a page break."""
        return not self.text(at)

    def rule(self, at: int) -> bool:
        """Return whether a line is only a rule."""
        return _RULE.match(self.kept[at] or "") is not None

    def above(self, at: int, first: int = 0) -> int:
        """Return the last line above a place that is not blank.

        The one before `first` if all are.
        """
        at -= 1
        while at >= first and self.blank(at):
            at -= 1
        return at


def heading_above(lines: Lines, first: int, head: int) -> tuple[int, str | None]:
    """Return where the lines before a paragraph end, and the heading between them and it."""
    at = lines.above(head, first)
    if at < first:
        return head, None
    text = lines.text(at)
    if text[-1] in _RULE_SIGNS and lines.rule(at):
        stop, heading = _ruled_heading(lines, first, at, head)
        return _opened(lines, first, stop, heading) if heading else (stop, None)
    if at == head - 1 or not _is_heading(text):
        return head, None
    alone = at == first or lines.blank(at - 1) or lines.rule(at - 1)
    if not alone or _in_a_list(lines, first, at):
        return head, None
    return _opened(lines, first, at, without_rule(text))


def _opened(lines: Lines, first: int, stop: int, heading: str) -> tuple[int, str]:
    """Return a heading with its opening rule, also after blank lines, and its chapter's."""
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
    """Return a heading above a rule, with or without a rule above it, of one line or two.

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
        # The rule is under the last line of running text: only that line is a heading.
        block = [at]
        ruled = False
        line = lines.text(at)
        if at < rule - 1 and line.endswith(".") and not (line.isupper() or _opened_at(lines, at)):
            return at + 1, None
    parts = [lines.text(number) for number in block]
    text = without_rule(" ".join(part for part in parts if not is_caption(part)))
    if not text or len(text) > LONGEST * 2:
        return head, None
    if _NO_HEADING.match(text) and not (at == rule - 1 and _REDACTED_LINE.match(text)):
        return head, None
    return block[0], text


def without_rule(text: str) -> str:
    """Return a heading without the rule that follows it on its line."""
    return _RULE_BEHIND.sub("", text) if text.endswith("-") else text


def _opened_at(lines: Lines, at: int) -> bool:
    """Return whether the next line above that is not blank is a rule."""
    above = lines.above(at)
    return above >= 0 and lines.rule(above)


def _in_a_list(lines: Lines, first: int, at: int) -> bool:
    """Return whether the block above a line is one short line too: participants, not a heading."""
    above = lines.above(at, first)
    if above <= first or lines.rule(above):
        return False
    alone = lines.blank(above - 1)
    return alone and _is_heading(lines.kept[above] or "")


def _is_heading(text: str) -> bool:
    text = text.strip()
    if not text or len(text) > LONGEST or text.endswith(_NO_HEADING_END):
        return False
    if not (text[0].isupper() or text[0] in "(\"“'‘[&"):
        return False
    return _NO_HEADING.match(text) is None


_LONGEST_LINE = 88
"""The least characters of an unwrapped line; a shorter one begins at most one paragraph."""
_FIRST_LINES = 3
"""Lines within which a rule and the first paragraph are looked for: `------1. (C)`."""
_SHORTEST = 6
"""The least characters before the first number within a line."""
_RULES = "-=*_"
_RULE_STARTS = frozenset(3 * rule for rule in _RULES)
_MARKED_NUMBER = pattern(
    rf"(?P<sign>¶)?(?P<n>\d{{1,2}})\.[ ]{{0,3}}(?(sign)(?=\S)|(?={MARKING}[ ]?\S))"
)
"""A number with a marking, or with the sign that the site set before numbers at line starts."""
_AT_START = pattern(
    rf"[ \t>*]{{0,12}}¶?[ ]?(?P<n>\d{{1,3}})[ ]?[.)][ \t]{{0,6}}(?:\d{{1,3}}[.)][ \t]{{1,6}})?"
    rf"(?={MARKING}|[A-Z\"“(\[])"
)
_RULED_NUMBER = pattern(r"[ \t]{0,8}[-=*_]{3,200}[ ]?(?=¶?[ ]?(?P<n>\d{1,2})[ ]?[.)])")
_ENDS_BEFORE = frozenset(".!?:;\"”’')]}-=*_")
"""The text before a paragraph that begins within a line: the end of a sentence, or a rule."""
_BREAK = pattern(r"[ ]OF[ ]{1,2}\d{3}$")
_CITED = pattern(r"(?:\b[Pp]aras?(?:graphs?)?|\b[Nn]o|\bNO)\.?[ ]{0,2}$")
_LONG_RULE = pattern(r"[-=*_]{5,80}(?:[ ][-=*_]{1,40}){0,2}")
_RULE_AT_END = pattern(r"[-=*_]{5,80}(?:[ ][-=*_]{1,40}){0,2}$")
_SENTENCE_END = pattern(r"[.!?][\"”’)]{0,2}[ ]{1,3}(?=[A-Z0-9\"“(])")
_SEEN = 16
"""Characters before a number that are looked at."""
_BEFORE = 320
"""Characters before a number in which its heading is looked for."""
_LONGEST_HEADING = 100


def worth_parting(raw: list[str]) -> bool:
    """Return whether any line may contain the start of a paragraph.

    Most texts have only short lines.
    """
    if any(map(_is_ruled, raw[:_FIRST_LINES])):
        return True
    long = [line for line in raw if len(line) > _LONGEST_LINE and ("(" in line or "¶" in line)]
    return any(map(_has_number, long))


def parted(raw: list[str], starts: list[int]) -> tuple[list[str], list[int], frozenset[int]]:
    """Return the lines of a text, divided where lines were joined.

    With their offsets, and with the numbers of the lines that begin within a line of the text.
    """
    lines: list[str] = []
    begins: list[int] = []
    joined: set[int] = set()
    last = 0
    for line, start in zip(raw, starts, strict=True):
        if found := _AT_START.match(line):
            last = int(found["n"])
        at = 0
        for cut in _cuts(line, last):
            lines.append(line[at : cut.at])
            begins.append(start + at)
            joined.add(len(lines))
            at = cut.at
            last = cut.number or last
        lines.append(line[at:])
        begins.append(start + at)
    return lines, begins, frozenset(joined)


def _has_number(line: str) -> bool:
    """Return whether a number with a marking, or with the site's sign, is within a line."""
    if line.find("¶", _SHORTEST) >= 0:
        return _MARKED_NUMBER.search(line, _SHORTEST) is not None
    # A look for brackets first: the pattern would stop at every figure of a text.
    at = line.find("(", _SHORTEST)
    while at >= 0:
        if line[at - 1] in ". " and line[at - 4 : at].rstrip(" ")[-1:] == ".":
            return _MARKED_NUMBER.search(line, _SHORTEST) is not None
        at = line.find("(", at + 1)
    return False


def _is_ruled(line: str) -> bool:
    """Return whether a paragraph begins after the rule that begins a line."""
    return line[:3] in _RULE_STARTS and _RULED_NUMBER.match(line) is not None


class _Cut(NamedTuple):
    at: int
    number: int
    """The number of the paragraph that begins here; 0 if a heading or a rule does."""


def _cuts(line: str, last: int) -> Iterator[_Cut]:
    """Yield the cuts of a line, from left to right; `last` is the number of its paragraph."""
    if line[:3] in _RULE_STARTS and (found := _RULED_NUMBER.match(line)):
        last = int(found["n"])
        yield _Cut(found.end(), last)
    if len(line) <= _LONGEST_LINE:
        return
    done = 0
    for number in _MARKED_NUMBER.finditer(line):
        at = number.start()
        if int(number["n"]) != last + 1:
            continue
        if not number["sign"] and not _free(line, done, at):
            continue
        for cut in _heading_cuts(line, done, at):
            yield _Cut(cut, 0)
        last += 1
        done = at
        yield _Cut(at, last)


def _free(line: str, done: int, at: int) -> bool:
    """Return whether a number without the site's sign follows the end of a sentence, or a rule."""
    before = line[max(done, at - _SEEN) : at].rstrip(" \t")
    if not before or not (before[-1] in _ENDS_BEFORE or _BREAK.search(before)):
        return False
    return line[at - 1] in " \t" and not _CITED.search(line, max(done, at - 20), at)


def _heading_cuts(line: str, done: int, at: int) -> Iterator[int]:
    """Yield the starts of the heading before a number, and of the rules around it."""
    begin = max(done, at - _BEFORE)
    text = line[begin:at].rstrip(" \t")
    below = _RULE_AT_END.search(text)
    if below is None:
        return
    rules = list(_LONG_RULE.finditer(text, 0, below.start()))
    above = rules[-1] if rules else None
    if above and 0 < below.start() - above.end() <= _LONGEST_HEADING:
        heading = above.end()
        if begin + above.start() > done:
            yield begin + above.start()
    else:
        heading = 0 if begin == done else below.start()
        for end in _SENTENCE_END.finditer(text, 0, below.start()):
            heading = end.end()
    if below.start() - heading <= _LONGEST_HEADING:
        if begin + heading > done:
            yield begin + heading
        yield begin + below.start()
