"""What the author of a cable sets apart: comments, notes, biographic notes.

Three forms: a section under the heading `Comment`; a text from `Comment:` to `End comment`; a
bracket, `(Note: ...)`. A comment that nothing ends is over with its paragraph, a section with the
next heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.cable import Span
from cable_tui.pattern import pattern
from cable_tui.telegram import portion_marking

_OFFICE = (
    r"(?:(?:EMBASSY|POST|MISSION|CONSULATE(?:[ ]GENERAL)?|CONGEN|USUN|USNATO|USEU|STAFF|EMBOFF"
    r"|POLOFF"
    r"|CHARGE|CG|DCM|AMBASSADOR|DEPARTMENT)(?:['’,]?S)?[ \n])?"
)
_BIOGRAPHIC = (
    r"BIO(?:GRAPHIC(?:AL)?)?[ \n]"
    r"(?:NOTES?|COMMENTS?|DATA|INFO(?:RMATION)?|SKETCH(?:ES)?|BACKGROUND)"
)
_COMMENT = (
    r"COMMENTS?"
    r"(?:(?:[ ](?:AND|&)[ ]|/)[A-Z]{4,16}(?:[ ][A-Z]{4,16})?)?(?:[ ]CONT(?:INUED|'D|\.)?)?"
)
_KEYS = (("omment", 1), ("OMMENT", 1), *((key, 0) for key in "note Note NOTE bio Bio BIO".split()))
"""What every comment has, with the letters before it: found first, because an expression would try
every letter of the text."""
_WORDS = pattern(
    rf"(?:(?P<bio>{_BIOGRAPHIC})|(?P<comment>{_COMMENT})|(?P<note>NOTES?))(?![^\W_])", re.IGNORECASE
)
_SIGN = pattern(r"[ ]{0,2}(?P<sign>[:.]|-{1,2}(?=[ ])|—|–)")
_BEFORE = pattern(
    rf"(?:^|(?<=[^\w]))(?P<bracket>[(\[][ ]?)?(?:BEGIN[ ])?{_OFFICE}\Z", re.IGNORECASE
)
_END = pattern(
    r"(?:^|(?<=[^\w]))END(?:[ \n]{1,3}OF)?[ \n]{1,3}(?:[A-Z]{2,12}['’]?S?[ \n]{1,3})?\Z",
    re.IGNORECASE,
)
_BEHIND_END = pattern(r"[.:]?(?:[ ]{0,2}[)\]]\.?)?")
_HEADING = pattern(
    rf"(?:[-=*_/~. \t]{{1,80}})?(?:\d{{1,3}}\.[ ]{{0,4}})?(?:{portion_marking.PATTERN}[ ]{{0,3}})?"
    rf"(?:{_OFFICE}(?P<comment>COMMENTS?)|(?P<bio>{_BIOGRAPHIC}|BIOS?))(?![^\W_])"
    r"(?P<title>(?:[ ](?:AND|&)[ ]|/(?!/)|[ ]?:[ ]|[ ]-{1,2}[ ]|[ ]ON[ ])[^\n]{2,80})?"
    r"(?:[-=*_/~.: \t]{1,80})?$",
    re.IGNORECASE,
)
"""A line that is nothing else, between its rules or without."""
_PARAGRAPH = pattern(
    r"[ \t>]{0,12}¶?\(?\d{1,3}[ ]?[.)][ \t]{0,6}(?:\(|\[|[A-Z“\"‘']|$)"
    rf"|[ \t]{{0,12}}\d{{1,3}}[.)]?[ \t]{{0,4}}{portion_marking.PATTERN}"
)
_RULE = pattern(r"[ \t]*[-=*_~](?:[-=*_~ \t]{1,400})?$")
_SENTENCE_END = (".", ";", ",", ":", "?", "!", ')"', '."', ".”", ".)")
_LABELLED = pattern(rf"[ \t>]*(?:¶?\(?\d{{1,3}}[.)]?[ \t]*)?(?:{portion_marking.PATTERN}[ \t:]*)?$")
"""What may stand between the beginning of a line and `Comment:`."""
_CLEARED = pattern(
    r"(?:[^\n]{0,120}\n){0,2}?[^\n]{0,120}\b(?:CLEARED|MINIMIZE|COORDINATED)\b", re.IGNORECASE
)
"""A last paragraph that only says who has seen the cable."""
_BEFORE_INLINE = tuple('.?!")”]-/')
"""What stands before a comment within a line."""
_REACH = 60
"""Characters before `Comment` in which its bracket and its office, or `End`, stand."""
_LINE = 90
"""Characters before it on its line that are looked at."""
_ABOVE = 3
"""Lines above the first sign that are looked at for headings."""
_NESTED = 20
"""Openings behind one that may stand within it."""
_LONGEST = 20_000
"""Characters of a comment."""
_LONGEST_BRACKET = 3000
_LONGEST_HEADING = 110


class Comment(NamedTuple):
    """A text that the author sets apart."""

    span: Span
    kind: str
    """`comment`, `note` or `biographic note`."""


class _Line(NamedTuple):
    start: int
    text: str


class _Layout:
    """Where paragraphs and headings begin in a text."""

    def __init__(self, text: str, begin: int) -> None:
        self.lines: list[_Line] = []
        at = begin
        for each in text[begin:].split("\n"):
            self.lines.append(_Line(at, each.rstrip(" \t\\")))
            at += len(each) + 1
        self.end = len(text)
        self.headings: list[tuple[int, int]] = []
        """Of each heading its first character and its line."""
        self.paragraphs: list[int] = []
        for number, line in enumerate(self.lines):
            if self._is_heading(number):
                self.headings.append((line.start, number))
            elif line.text[:14].lstrip("> \t¶(")[:1].isdigit() and _PARAGRAPH.match(line.text):
                self.paragraphs.append(line.start)
        self._heading_starts = [start for start, _ in self.headings]

    def _is_heading(self, number: int) -> bool:
        text = self.lines[number].text.strip(" \t")
        if not text or len(text) > _LONGEST_HEADING or text.endswith(_SENTENCE_END):
            return False
        if not (text[0].isupper() or text[0] in "(\"“'‘[&/-*") or _RULE.match(text):
            return False
        if text.startswith("//") and text.endswith("//"):
            return True
        return self._apart(number - 1) and self._apart(number + 1) and not self._continues(number)

    def _apart(self, number: int) -> bool:
        if not 0 <= number < len(self.lines):
            return True
        text = self.lines[number].text
        return not text.strip() or _RULE.match(text) is not None

    def _continues(self, number: int) -> bool:
        """Whether the last words above are an unfinished sentence: a page break stands between."""
        above = number - 1
        while above >= 0 and not self.lines[above].text.strip():
            above -= 1
        if above < 0:
            return False
        words = self.lines[above].text
        return len(words) > 50 and words[-1].islower() and not self.lines[number].text.isupper()

    def next_heading(self, at: int) -> int:
        """Where the first heading behind a place begins, or the text ends."""
        index = bisect_right(self._heading_starts, at)
        return self._heading_starts[index] if index < len(self._heading_starts) else self.end

    def next_paragraph(self, at: int) -> int:
        """Where the paragraph of a place ends."""
        index = bisect_right(self.paragraphs, at)
        found = self.paragraphs[index] if index < len(self.paragraphs) else self.end
        return min(found, self.next_heading(at))


class _Opening(NamedTuple):
    at: int
    content: int
    kind: str
    bracket: bool
    heads: bool
    """It stands at the beginning of a paragraph or a line."""


class _End(NamedTuple):
    at: int
    end: int
    kind: str


class _Signs(NamedTuple):
    """What opens and ends comments in a text, in order."""

    openings: list[_Opening]
    ends: list[_End]
    first: int
    """Where the first of them stands, or a heading that may be one; -1 for none."""


def comments(text: str, begin: int = 0) -> list[Comment]:
    """What the author sets apart in a text from a place on, in order and without overlap.

    Total and linear in the length of the text.
    """
    signs = _signs(text, begin)
    if signs.first < 0:
        return []
    layout = _Layout(text, _lines_above(text, begin, signs.first))
    found = list(_sections(text, layout, signs.ends))
    headings = {start for start, _ in layout.headings}
    for number, opening in enumerate(signs.openings):
        if opening.at in headings:
            continue
        if one := _inline(text, layout, signs, number):
            found.append(one)
    return _merged(found)


def _lines_above(text: str, begin: int, at: int) -> int:
    """The beginning of the third line above a place."""
    for _ in range(_ABOVE):
        if at <= begin:
            return begin
        at = text.rfind("\n", begin, at)
        if at < 0:
            return begin
    return at + 1


def _kind(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return "comment" if groups["comment"] else "biographic note" if groups["bio"] else "note"


def _keys(text: str, begin: int) -> list[int]:
    places: list[int] = []
    for key, before in _KEYS:
        at = text.find(key, begin + before)
        while at >= 0:
            places.append(at - before)
            at = text.find(key, at + 1)
    return sorted(places)


def _signs(text: str, begin: int) -> _Signs:
    signs = _Signs([], [], -1)
    first = -1
    for at in _keys(text, begin):
        words = _WORDS.match(text, at)
        if words is None:
            if first < 0 and text[at : at + 4].casefold() == "bios":
                first = at
            continue
        near = max(at - _REACH, begin)
        before = text[near:at]
        if end := _END.search(before):
            behind = _BEHIND_END.match(text, words.end())
            stop = behind.end() if behind else words.end()
            signs.ends.append(_End(near + end.start(), stop, _kind(words)))
            continue
        opening = _opening(text, begin, words, _BEFORE.search(before), near)
        if opening:
            signs.openings.append(opening)
        if first < 0:
            first = opening.at if opening else at
    return signs._replace(first=first)


def _opening(
    text: str, begin: int, words: re.Match[str], head: re.Match[str] | None, near: int
) -> _Opening | None:
    sign = _SIGN.match(text, words.end())
    if sign is None or head is None:
        return None
    at = near + head.start()
    line = max(text.rfind("\n", max(at - _LINE, begin), at) + 1, at - _LINE, begin)
    before = text[line:at]
    heads = _LABELLED.match(before) is not None
    bracket = bool(head["bracket"])
    kind = _kind(words)
    if (
        not heads
        and not bracket
        and (before.rstrip(" \t")[-1:] not in _BEFORE_INLINE or sign["sign"] in (".", "-"))
    ):
        return None
    if kind == "note" and not bracket and sign["sign"] != ":":
        return None
    return _Opening(at, sign.end(), kind, bracket, heads)


def _sections(text: str, layout: _Layout, ends: list[_End]) -> Iterator[Comment]:
    for start, number in layout.headings:
        heading = _HEADING.match(layout.lines[number].text.lstrip())
        if heading is None:
            continue
        kind = _kind_of_heading(heading)
        after = number + 1
        while after < len(layout.lines) and layout.lines[after].text.strip(" \t-=*_~") == "":
            after += 1
        if after >= len(layout.lines):
            continue
        first = layout.lines[after].start
        stop = min(layout.next_heading(start), first + _LONGEST)
        if first >= stop:
            continue
        ended = _first_end(ends, first, stop, kind)
        yield Comment((first, ended or _before_clearance(text, layout, first, stop)), kind)


def _kind_of_heading(heading: re.Match[str]) -> str:
    return "comment" if heading["comment"] else "biographic note"


def _before_clearance(text: str, layout: _Layout, first: int, stop: int) -> int:
    """The end of a section without the paragraph that says who cleared the cable."""
    index = bisect_right(layout.paragraphs, stop - 1) - 1
    last = layout.paragraphs[index] if index >= 0 else first
    if last > first and stop - last < 300 and _CLEARED.match(text, last, stop):
        stop = last
    while stop > first and (text[stop - 1].isspace() or text[stop - 1] in "-=*_~"):
        stop -= 1
    return stop


def _inline(text: str, layout: _Layout, signs: _Signs, number: int) -> Comment | None:
    one = signs.openings[number]
    limit = min(layout.next_heading(one.content), one.at + _LONGEST)
    for other in signs.openings[number + 1 : number + 1 + _NESTED]:
        if other.kind == one.kind and (other.heads or other.bracket >= one.bracket):
            limit = min(limit, other.at)
            break
    if ended := _first_end(signs.ends, one.content, limit, one.kind):
        return Comment((one.at, ended), one.kind)
    paragraph = min(layout.next_paragraph(one.content), limit)
    end = _stripped(text, one.at, paragraph)
    if one.bracket:
        end = _closing(text, one.at, min(paragraph, one.at + _LONGEST_BRACKET)) or end
    elif not one.heads and one.kind == "note":
        return None
    return Comment((one.at, end), one.kind)


def _first_end(ends: list[_End], first: int, stop: int, kind: str) -> int:
    """Where the first `End comment` of a kind between two places ends; 0 for none."""
    at = bisect_left(ends, (first, 0, ""))
    while at < len(ends) and ends[at].at < stop:
        if ends[at].kind == kind:
            return ends[at].end
        at += 1
    return 0


def _closing(text: str, at: int, limit: int) -> int | None:
    """Behind the bracket that closes the one at a place."""
    depth = 0
    for place in range(at, limit):
        sign = text[place]
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
            if not depth:
                return place + 1
    return None


def _stripped(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _merged(found: list[Comment]) -> list[Comment]:
    merged: list[Comment] = []
    for each in sorted(found, key=lambda one: (one.span[0], -one.span[1])):
        if merged and each.span[0] < merged[-1].span[1]:
            last = merged[-1]
            merged[-1] = Comment((last.span[0], max(last.span[1], each.span[1])), last.kind)
        elif each.span[0] < each.span[1]:
            merged.append(each)
    return merged
