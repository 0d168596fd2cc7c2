"""The author's own remarks in a cable: comments, notes and biographic notes.

A remark has one of three forms: a section under the heading `Comment`, a text from `Comment:` to
`End comment`, or a bracket such as `(Note: ...)`. A comment without an end marker ends with its
paragraph, and a section ends at the next heading. If an end marker has no beginning, only the
sentence before it is sure to be a comment.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from cable_tui.base.cable import Paragraph, Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.telegram.paragraph_starts import MARKING
from cable_tui.telegram.references.stations import known
from cable_tui.telegram.sentence_fingerprints import lowered
from cable_tui.text.sentences import sentences
from cable_tui.tools.voices.layout import Layout

_OFFICES = (
    r"(?:POST|USUN|USNATO|USEU|STAFF|EMBOFF|POLOFF|ECONOFF|DAO|DATT|A?RSO|LEGATT|DEA|PRT|ANALYST"
    r"|CHARGE|CG|DCM|AMBASSADOR|DEPARTMENT|DRAFTER|FINAL|CONCLUDING|CLOSING|FURTHER|ADDITIONAL|OUR"
    r"|(?:AM)?EMBASSY|MISSION|CONSULATE(?:[ ]GENERAL)?|CONGEN"
    r"|(?:(?:AM)?EMBASSY|MISSION|CONSULATE|CONGEN)(?:[ ][A-Z]{3,12}){1,2})"
)
_OFFICE = rf"(?:{_OFFICES}(?:['’,]?S?)[ \n])?"
"""Matches the office that comments, or the type of comment, such as `Embassy` or `Final`."""
_CAPITAL = r"(?-i:[A-Z])[\w-]{1,14}"
_OF_OFFICE = rf"{_OFFICES}(?:[ ]{_CAPITAL}){{0,2}}(?:['’,]?S?)[ \n]"
"""Matches an office with its city or the person who holds it: `RSO Baghdad`, `Ambassador Gull's`.
"""
_PLACE = rf"(?P<place>{_CAPITAL}(?:[ /]{_CAPITAL}){{0,2}})[ ]"
"""Matches a possible name of a post or of an office in Washington: `La Paz`, `CTAD`."""
_OF_OTHERS = pattern(r"GO[A-Z]{1,3}|HMG|MO?FA|MO[A-Z]{1,2}|D?PM|[DV]?FM|EU|UN|NATO|PA|PLO|NGO|US")
"""Matches acronyms of governments and other bodies that are not the author; `US` is part of some of
these.
"""
_BIOGRAPHIC = (
    r"BIO(?:GRAPHIC(?:AL)?)?[ \n]"
    r"(?:NOTES?|COMMENTS?|DATA|INFO(?:RMATION)?|SKETCH(?:ES)?|BACKGROUND)"
)
_BESIDE = (
    r"(?:CONCLUSIONS?|ANALYSIS|ASSESSMENT|OUTLOOK|NOTES?|RECOMMENDATIONS?|ACTION[ ]REQUEST"
    r"|NEXT[ ]STEPS?|BIO(?:[ ]NOTES?)?|IMPLICATIONS?|PROSPECTS|OBSERVATIONS|LOOKING[ ]AHEAD"
    r"|FOLLOW-UP|BOTTOM[ ]LINE|LESSONS[ ]LEARNED)"
)
"""Words that may share a heading with `Comment`. `Summary` is not one of them, because a `Summary
and comment` cannot be divided.
"""
_COMMENT = (
    r"(?:NOTES?[ ](?:AND|&)[ ])?COMMENTS?"
    r"(?:(?:[ ](?:AND|&)[ ]|/)(?!SUMMARY)[A-Z]{4,16}(?:[ ][A-Z]{4,16})?)?"
    r"(?:,?[ ]CONT(?:INUE[DS]|['’]?D|\.)?)?"
)
_OTHERS = (
    r"(?:(?:THE|A|SOME)[ ])?(?:PRESS|MEDIA|NEWSPAPERS?|OPPOSITION|GOVERNMENT|MINISTERS?|PRIME"
    r"|PRESIDENT|SPOKES\w+|READERS?|CRITICS|OFFICIALS?|OBSERVERS?|GO[A-Z]{1,3})\b"
)
_FROM = rf"(?:[ ](?:(?:FROM|BY)(?![ ]{_OTHERS})|ON)(?:[ ][\w'’/-]{{1,20}}){{1,4}}(?=:))?"
_KEYS = {"omment": 1, "note": 0, "bio": 0}
_WRITTEN = frozenset("omment OMMENT note Note NOTE bio Bio BIO".split())
"""The spellings of the words in `_KEYS`. Every comment contains one of them. They are searched for
first, because a regular expression would try every letter of the text.
"""
_WORDS = pattern(
    rf"(?:(?P<bio>{_BIOGRAPHIC})|(?P<comment>{_COMMENT})|(?P<note>NOTES?))(?![^\W_]){_FROM}",
    re.IGNORECASE,
)
_SIGN = pattern(r"[ ]{0,2}(?P<sign>[:.,;]|-{1,2}(?=[ ])|—|–|\)(?=[ ]))")
_BEFORE = pattern(
    rf"(?:^|(?<=[^\w])|(?=[(\[]))(?P<bracket>[(\[][ ]?)?(?:BEGIN[ ])?(?:{_OF_OFFICE}|{_PLACE})?\Z",
    re.IGNORECASE,
)
_END = pattern(
    r"(?:^|(?<=[^\w]))END(?:[ \n]{1,3}OF)?[ \n]{1,3}"
    r"(?:(?!SUMMARY)[A-Z]{2,12}['’]?S?[ \n]{1,3}){0,3}\Z",
    re.IGNORECASE,
)
_BEHIND_END = pattern(r"(?![ \n]TEXT)[.:]?(?:[ ]{0,2}[)\]]\.?)?", re.IGNORECASE)
"""Matches the text after the words of an end marker; `End note text` ends a diplomatic note
instead.
"""
_HEADING = pattern(
    rf"(?:[-=*_/~. \t]{{1,80}})?(?P<label>\d{{1,3}}\.[ ]{{0,4}})?"
    rf"(?:{MARKING}[ ]{{0,3}})?"
    rf"(?:(?:{_OFFICE}|{_PLACE})(?:{_BESIDE}(?:[ ](?:AND|&)[ ]|/))?(?P<comment>COMMENTS?)"
    rf"|(?P<bio>{_BIOGRAPHIC}|BIOS?))(?![^\W_])"
    rf"(?:[ ]{{1,3}}{MARKING})?"
    r"(?P<title>(?:[ ](?:AND|&)[ ](?!SUMMARY)|/(?!/|SUMMARY)|[ ]?[:;][ ]{1,3}|[ ]?[—–][ ]?"
    r"|[ ]-{1,2}[ ]|[ ]ON[ ])"
    r"(?=[^\n]{0,4}\w)[^\n]{2,80})?(?:[-=*_/~.: \t]{1,80})?$",
    re.IGNORECASE,
)
"""Matches a line that is only a heading, with or without rules around it."""
_BY = pattern(r"[ ](?:BY|FROM)[ ]", re.IGNORECASE)
_ALONE = pattern(
    r"\n[ \t\\]{0,80}\n"
    r"(?=[ \t]{0,80}(?P<line>[^\s][^\n]{0,110})(?:\n[ \t\\]{0,80}(?=\n|[-=*_~])|\Z))"
)
"""Matches a line with an empty line above it, and an empty line or a rule below it."""
_GLUED = pattern(
    r"(?<![-=*_])[-=*_]{5,80}(?:[ ]-{1,40})?[ ]{0,4}[^\s=*_-][^\n=*_]{2,100}?"
    r"[ ][-=*_]{5,80}[ -]{0,40}$",
    re.MULTILINE,
)
"""Matches a heading between rules at the end of a line of text."""
_RULES = ("---", "===", "***", "___")
_RULED = pattern(r"(?:-{3,80}|={3,80}|\*{3,80}|_{3,80})[ ]{0,3}\Z")
_RULE_BEHIND = pattern(r"[-=]{3,80}[ \t]{0,8}\Z")
_SENTENCE_ABOVE = pattern(r"[.?!\"”)][ ]{1,90}\Z")
_SENTENCE_END = (".", ";", ",", ":", "?", "!", ')"', '."', ".”", ".)")
_LABELLED = pattern(rf"[ \t>]*(?:¶?\(?\d{{1,3}}[.),]?[ \t]*(?:[CSU][ ])?)?(?:{MARKING}[ \t:*]*)?$")
"""Matches text that may precede `Comment:` on its line."""
_CLEARED = pattern(
    r"(?:[^\n]{0,120}\n){0,2}?[^\n]{0,120}\b(?:CLEAR(?:ED|ANCE)?|MINIMIZE|COORDINATED|DRAFTED"
    r"|(?:CONTRIBUTED[ ]TO|(?:APPROVED|REVIEWED)[ ]THIS))\b",
    re.IGNORECASE,
)
"""Matches a last paragraph that only names the people who cleared or drafted the cable."""
_CONTINUED = pattern(
    rf"\s{{0,20}}(?:¶?\(?\d{{1,3}}[.),]?\s{{0,8}})?(?:{MARKING}\s{{0,4}})?"
    r"\(?COMMENTS?,?[ ]CONT.{0,200}",
    re.IGNORECASE | re.DOTALL,
)
"""Matches the text between two paragraphs of the same comment, with the beginning of the second."""
_OURS = pattern(r".{0,120}?\b(?:WE|OUR|POST|EMBASSY)\b", re.IGNORECASE | re.DOTALL)
"""Matches the beginning of a paragraph in the author's own voice."""
_SUMMARY = pattern(r"[^\n]{0,40}\bSUMMARY\b", re.IGNORECASE)
_BEFORE_INLINE = tuple('.?!")”]-/')
"""Characters that may directly precede a comment within a line."""
_REACH = 60
"""The number of characters before `Comment` that may contain its bracket, its office or `End`."""
_LINE = 90
"""The number of characters before `Comment` on its line to examine."""
_INDENT = 12
"""The maximum number of characters before a paragraph's number on its line."""
_SHORT_WORD = 3
"""The maximum number of letters in a word that may be in lower case in a title."""
_NESTED = 20
"""The number of later openings that may be nested inside a comment."""
_LONGEST = 20_000
"""The maximum number of characters in a comment."""
_LONGEST_BRACKET = 3000
_LEFT = 2
"""The maximum number of paragraphs after the last comment that may belong to it."""
_FAR = 6000
"""The maximum distance, in characters, between a comment's beginning and its end marker."""


class Comment(NamedTuple):
    """A remark by the author of a cable."""

    span: Span
    kind: str
    """The type of remark: `comment`, `note` or `biographic note`."""


class _Opening(NamedTuple):
    at: int
    content: int
    kind: str
    bracket: bool
    heads: bool
    """Whether the opening is at the beginning of a paragraph or a line."""
    sure: bool
    """Whether the opening counts as a comment even without an end marker."""


class _End(NamedTuple):
    at: int
    end: int
    kind: str


class _Found(NamedTuple):
    """A comment with its end marker, if any."""

    comment: Comment
    ended: _End | None
    heads: bool


class _Signs(NamedTuple):
    """The markers that open and close comments in a text, in order."""

    openings: list[_Opening]
    ends: list[_End]
    headings: list[_Opening]
    """Lines that consist only of a heading; `content` is where the text below the line begins."""


def comments(page: Layout) -> list[Comment]:
    """Return the author's own remarks in a text, in order and without overlap.

    Never raises an error, and takes time linear in the length of the text.
    """
    signs = _signs(page)
    inline_comments = [
        one for number in range(len(signs.openings)) if (one := _inline(page, signs, number))
    ]
    ends_within = {
        comment.ended for comment in inline_comments if comment.ended and not comment.heads
    }
    found_comments = [*inline_comments, *_sections(page, signs, ends_within)]
    ends_found = {found_comment.ended for found_comment in found_comments}
    lost_ends = (end for end in signs.ends if end not in ends_found)
    return _merged(
        page.text,
        [
            *(found_comment.comment for found_comment in found_comments),
            *_to_lost_ends(page, found_comments, lost_ends),
        ],
    )


def _kind(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return "comment" if groups["comment"] else "biographic note" if groups["bio"] else "note"


def _keys(text: str, begin: int) -> list[int]:
    key_places: list[int] = []
    small_text = lowered(text)
    for key_word, length_before in _KEYS.items():
        search_start = begin + length_before
        start = small_text.rfind(
            key_word, search_start
        )  # faster than `find`, which compares its last letter first
        while start >= 0:
            if text[start : start + len(key_word)] in _WRITTEN:
                key_places.append(start - length_before)
            start = small_text.rfind(key_word, search_start, start + len(key_word) - 1)
    return sorted(key_places)


def _signs(page: Layout) -> _Signs:
    page_text, begin = page.text[: page.end], page.begin
    signs = _Signs([], [], [])
    done_to = begin
    for key_offset in _keys(page_text, begin):
        words = _WORDS.match(page_text, key_offset) if key_offset >= done_to else None
        if words:
            near_start = max(key_offset - _REACH, begin)
            text_before = page_text[near_start:key_offset]
            if "end" in text_before.lower() and (end := _END.search(text_before)):
                done_to = words.end()
                if after_end := _BEHIND_END.match(page_text, done_to):
                    signs.ends.append(_End(near_start + end.start(), after_end.end(), _kind(words)))
                continue
        if key_offset >= done_to and (heading := _heading(page_text, begin, key_offset)):
            signs.headings.append(heading)
            done_to = page_text.find("\n", key_offset) + 1 or len(page_text)
        elif words and (opening := _opening(page_text, begin, words, near_start)):
            signs.openings.append(opening)
            done_to = words.end()
    return signs


def _heading(text: str, begin: int, offset: int) -> _Opening | None:
    """Return the heading that a line consists of or ends with, or None.

    A heading with a title or a number needs an empty line or a rule below it.
    """
    start = max(text.rfind("\n", max(begin, offset - _LINE), offset) + 1, begin, offset - _LINE)
    search_end = min(offset + _LINE + _REACH, len(text))
    heading_line_end = text.find("\n", offset, search_end)
    if heading_line_end < 0 and search_end < len(text):
        return None
    heading_line_end = len(text) if heading_line_end < 0 else heading_line_end
    content = heading_line_end
    while content < len(text) and (text[content].isspace() or text[content] in "-=*_~\\"):
        content += 1
    is_near = content - heading_line_end < 4 and text.count("\n", heading_line_end, content) < 2
    text_above = text[start:offset]
    if text_above.rstrip(" ").endswith(_RULES) and (rule_match := _RULED.search(text_above)):
        start += rule_match.start()
    elif (
        not is_near or _RULE_BEHIND.search(text[start:heading_line_end])
    ) and _SENTENCE_ABOVE.search(text_above):
        start = offset
    line = text[start:heading_line_end].strip(" \t\\")
    match = _headed(line) if len(line) < _LINE + _REACH else None
    if match is None or line[match.start("comment" if match["comment"] else "bio")].islower():
        return None
    if is_near and (match["title"] or match["label"]):
        return None
    is_unfinished = line.endswith((".", ".)", ",", ";")) or text[content : content + 1].islower()
    if match["title"] and is_unfinished:
        return None
    content = text.rfind("\n", 0, content) + 1
    return _Opening(start, content, _kind_of_heading(match), False, True, True)


def _headed(line: str) -> re.Match[str] | None:
    """Match the heading of a comment; not `Comment on his remarks by the press continued`."""
    heading = _HEADING.match(line)
    if heading is None:
        return None
    title, place = heading["title"] or "", heading["place"]
    if place and (title or not _is_ours(place, heading["comment"])):
        return None
    if title[:4].upper() == " ON " and (_BY.search(title) or not _is_title(title[4:])):
        return None
    return heading


def _is_title(words: str) -> bool:
    """Return whether no long word in a title begins with a lower-case letter."""
    return all(not word[:1].islower() for word in words.split() if len(word) > _SHORT_WORD)


def _is_ours(place: str, word: str) -> bool:
    """Return whether the name before `comment` is a post or an office in Washington.

    For example, `La Paz`, `CTAD`. In a text in capitals, `CTAD` cannot be distinguished from a
    name.
    """
    if known("".join(place.upper().split())):
        return True
    return place.isupper() and not word.isupper() and not _OF_OTHERS.fullmatch(place)


def _opening(text: str, begin: int, words: re.Match[str], near: int) -> _Opening | None:
    sign_match = _SIGN.match(text, words.end())
    head = _BEFORE.search(text[near : words.start()]) if sign_match else None
    if sign_match is None or head is None:
        return None
    if head["place"] and not (sign_match["sign"] == ":" and _is_ours(head["place"], words.group())):
        return None
    start = near + head.start()
    line = max(text.rfind("\n", max(start - _LINE, begin), start) + 1, start - _LINE, begin)
    text_before = text[line:start]
    heads = _LABELLED.match(text_before) is not None
    bracket = bool(head["bracket"])
    comment_kind = _kind(words)
    if not (heads or bracket or text_before.rstrip(" \t")[-1:] in _BEFORE_INLINE):
        return None
    if sign_match["sign"] == ")":  # `(Comment) ...`
        if not bracket or comment_kind != "comment":
            return None
        bracket = False
    is_clear = bracket or sign_match["sign"] == ":" or (heads and comment_kind != "note")
    is_sure = is_clear and sign_match["sign"] != ","
    begins = text[start : words.end()].lstrip("([ ")[:1].isupper()
    if not (bracket or begins or (head.group() and sign_match["sign"] == ":")):
        return None
    return _Opening(start, sign_match.end(), comment_kind, bracket, heads, is_sure)


def _kind_of_heading(heading: re.Match[str]) -> str:
    return "comment" if heading["comment"] else "biographic note"


def _sections(page: Layout, signs: _Signs, within: set[_End]) -> Iterator[_Found]:
    """Yield the texts under comment headings: heading lines, and headings of paragraphs."""
    starts = {opening.content: opening.kind for opening in signs.headings}
    for paragraph in page.paragraphs:
        if paragraph.heading and (heading := _headed(paragraph.heading)):
            starts.setdefault(paragraph.span[0], _kind_of_heading(heading))
    ends = [end for end in signs.ends if end not in within]
    for start, section_kind in starts.items():
        section_end = _section_end(page, start, start + _LONGEST)
        if start >= section_end:
            continue
        end_sign = _first_end(ends, start, section_end, section_kind)
        section_end = end_sign.end if end_sign else _before_clearance(page, start, section_end)
        yield _Found(Comment((start, section_end), section_kind), end_sign, True)


def _section_end(page: Layout, start: int, until: int) -> int:
    """Return the start of the next heading after an offset, or else the end; at most `until`."""
    last_end = start
    paragraph_index = bisect_right(page.paragraphs, start, key=lambda paragraph: paragraph.span[1])
    for paragraph_number in range(paragraph_index, len(page.paragraphs)):
        paragraph = page.paragraphs[paragraph_number]
        paragraph_start, end = paragraph.span
        if paragraph_start >= until:
            return until
        if paragraph_start > start + _INDENT and (
            paragraph.heading or _is_heading(page.text, paragraph_start, end, paragraph)
        ):
            return last_end
        if heading := _GLUED.search(page.text, max(paragraph_start, start), min(end, until)):
            return heading.start()
        for line in _ALONE.finditer(page.text, max(paragraph_start, start), min(end, until)):
            begin, line_end = line.span("line")
            if begin > start and _is_heading(page.text, begin, line_end):
                return line.start()
        last_end = end
    return min(page.end, until)


def _is_heading(text: str, start: int, end: int, of: Paragraph | None = None) -> bool:
    """Return whether a block of text is a heading rather than a sentence or part of one."""
    line = text[start:end].strip(" \t\\")
    if of is not None and (of.label or "\n" in line or len(line) > 110):
        return False
    if len(line) < 4 or line.endswith(_SENTENCE_END) or not (line[0].isupper() or line[0] in '"“'):
        return False
    line_above = text[max(start - 300, 0) : start].rstrip(" \t\\\n").rpartition("\n")[2]
    text_below = text[end : end + 300].lstrip(" \t\\\n-=*_~")
    is_unfinished = len(line_above) > 35 and (line_above[-1].islower() or line_above[-1] == ",")
    return not text_below[:1].islower() and (line.isupper() or not is_unfinished)


def _before_clearance(page: Layout, first: int, section_end: int) -> int:
    """Return the end of a section, before any last paragraph that says who cleared the cable."""
    page_text = page.text
    paragraph_index = bisect_right(page.paragraphs, section_end - 1, key=_begin) - 1
    last = page.paragraphs[paragraph_index].span[0] if paragraph_index >= 0 else first
    if last > first and section_end - last < 300 and _CLEARED.match(page_text, last, section_end):
        section_end = last
    while section_end > first and (
        page_text[section_end - 1].isspace() or page_text[section_end - 1] in "-=*_~"
    ):
        section_end -= 1
    return section_end


def _inline(page: Layout, signs: _Signs, number: int) -> _Found | None:
    opening = signs.openings[number]
    paragraph = _paragraph(page, opening.at)
    if paragraph is None:
        return None
    limit = opening.at + _LONGEST
    for next_opening in signs.openings[number + 1 : number + 1 + _NESTED]:
        if next_opening.kind == opening.kind and (
            next_opening.heads or next_opening.bracket >= opening.bracket
        ):
            limit = min(limit, next_opening.at)
            break
    end = _section_end(page, opening.at, min(paragraph.span[1], limit))
    search_end = min(end, opening.at + _LONGEST_BRACKET)
    closing_bracket = _closing(page.text, opening.at, search_end) if opening.bracket else None
    ending = _first_end(signs.ends, opening.content, closing_bracket or limit, opening.kind)
    if ending and ending.at >= end and _section_end(page, opening.at, ending.at) < ending.at:
        ending = None
    if ending is None and not opening.sure:
        return None
    comment_end = ending.end if ending else closing_bracket or _stripped(page.text, opening.at, end)
    is_last_heading = opening.heads and not opening.bracket and number + 1 == len(signs.openings)
    if ending is None and is_last_heading and opening.kind == "comment":
        comment_end = _to_last(page, paragraph) or comment_end
    return _Found(Comment((opening.at, comment_end), opening.kind), ending, opening.heads)


def _to_last(page: Layout, after: Paragraph) -> int | None:
    """Return the end of the cable if its last one or two paragraphs are in the author's voice."""
    later_paragraphs = page.paragraphs[bisect_right(page.paragraphs, after.span[0], key=_begin) :]
    own_paragraphs = (
        not paragraph.heading
        and _OURS.match(page.text, *paragraph.span)
        and not _CLEARED.match(page.text, *paragraph.span)
        for paragraph in later_paragraphs
    )
    if not 1 <= len(later_paragraphs) <= _LEFT or not all(own_paragraphs):
        return None
    return _before_clearance(page, after.span[0], later_paragraphs[-1].span[1])


def _begin(paragraph: Paragraph) -> int:
    return paragraph.span[0]


def _paragraph(page: Layout, offset: int) -> Paragraph | None:
    """Return the paragraph that contains an offset, or None, for example for a heading."""
    paragraph_index = bisect_right(page.paragraphs, offset, key=_begin) - 1
    paragraph = page.paragraphs[paragraph_index] if paragraph_index >= 0 else None
    return paragraph if paragraph and offset < paragraph.span[1] else None


def _first_end(ends: list[_End], first: int, stop: int, kind: str) -> _End | None:
    """Return the first end marker for a type of comment between two offsets, or None."""
    end_index = bisect_left(ends, first, key=lambda end: end.at)
    while end_index < len(ends) and ends[end_index].at < stop:
        if ends[end_index].kind == kind:
            return ends[end_index]
        end_index += 1
    return None


def _to_lost_ends(
    page: Layout, sorted_comments: list[_Found], ends: Iterator[_End]
) -> Iterator[Comment]:
    """Yield the comments up to end markers that follow a heading or have no beginning."""
    sorted_comments = sorted(sorted_comments, key=lambda entry: entry.comment.span[0])
    for end in ends:
        index = bisect_left(sorted_comments, end.at, key=lambda entry: entry.comment.span[0]) - 1
        last = sorted_comments[index] if index >= 0 else None
        paragraph = _paragraph(page, end.at)
        if last and last.heads and not last.ended and last.comment.kind == end.kind:
            start = last.comment.span[0]
            if end.at - start < _FAR:
                yield Comment((start, end.end), end.kind)
                continue
        if paragraph is None or _SUMMARY.match(page.text, paragraph.span[0]):
            continue
        spans = sentences(page.text, max(paragraph.span[0], end.at - _LONGEST_BRACKET), end.at)
        if spans:
            yield Comment((spans[-1][0], end.end), end.kind)


def _closing(text: str, start: int, limit: int) -> int | None:
    """Return the offset after the bracket that closes the bracket at `start`, or None."""
    depth = 0
    for place in range(start, limit):
        closing_sign = text[place]
        if closing_sign in "([":
            depth += 1
        elif closing_sign in ")]" and not (depth == 1 and _numbers(text, place)):
            depth -= 1
            if not depth:
                return place + 1
    return None


def _numbers(text: str, place: int) -> bool:
    """Return whether a bracket follows the number of a list item, as in `1) red, 2) green`."""
    return (
        text[place - 1].isdigit()
        and text[place - 2] in " \n"
        and text[place + 1 : place + 2] == " "
    )


def _stripped(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _merged(text: str, comments: list[Comment]) -> list[Comment]:
    merged: list[Comment] = []
    for comment in sorted(comments, key=lambda comment: (comment.span[0], -comment.span[1])):
        if merged and (
            comment.span[0] < merged[-1].span[1]
            or _CONTINUED.fullmatch(text[merged[-1].span[1] : comment.span[0] + _REACH][:_LINE])
        ):
            last_comment = merged[-1]
            merged[-1] = Comment(
                (last_comment.span[0], max(last_comment.span[1], comment.span[1])),
                last_comment.kind,
            )
        elif comment.span[0] < comment.span[1]:
            merged.append(comment)
    return merged
