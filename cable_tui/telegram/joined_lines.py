"""Lines of a body that lost their ends: paragraphs, headings and rules that begin within a line.

Newspapers pasted whole texts as one line (`End summary. ------ THE LAMP ------ 2. (C) It`), and
editors joined a rule and the number below it (`------1. (C) It`). Such a line is parted before
its numbers are judged; the offsets stay those of the body.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.pattern import pattern
from cable_tui.telegram import portion_marking

_LONG = 88
"""Characters of a line that no telegraph wrapped; a shorter one begins one paragraph at most."""
_FIRST_LINES = 3
"""Lines within which a rule and the first paragraph are looked for: `------1. (C)`."""
_SHORTEST = 6
"""Characters before the first number that can begin within a line."""
_RULES = "-=*_"
_RULE_STARTS = frozenset(3 * rule for rule in _RULES)
_NUMBER = pattern(
    rf"(?P<sign>¶)?(?P<n>\d{{1,2}})\.[ ]{{0,3}}(?(sign)(?=\S)|(?={portion_marking.PATTERN}[ ]?\S))"
)
"""A number with a marking, or with the sign that the site set before numbers at line starts."""
_AT_START = pattern(
    rf"[ \t>*]{{0,12}}¶?[ ]?(?P<n>\d{{1,3}})[ ]?[.)][ \t]{{0,6}}(?:\d{{1,3}}[.)][ \t]{{1,6}})?"
    rf"(?={portion_marking.PATTERN}|[A-Z\"“(\[])"
)
_RULED_NUMBER = pattern(r"[ \t]{0,8}[-=*_]{3,200}[ ]?(?=¶?[ ]?(?P<n>\d{1,2})[ ]?[.)])")
_ENDS = frozenset(".!?:;\"”’')]}-=*_")
"""What stands before a paragraph that begins within a line: the end of a sentence, or a rule."""
_BREAK = pattern(r"[ ]OF[ ]{1,2}\d{3}$")
_CITED = pattern(r"(?:\b[Pp]aras?(?:graphs?)?|\b[Nn]o|\bNO)\.?[ ]{0,2}$")
_RULE = pattern(r"[-=*_]{5,80}(?:[ ][-=*_]{1,40}){0,2}")
_RULE_AT_END = pattern(r"[-=*_]{5,80}(?:[ ][-=*_]{1,40}){0,2}$")
_SENTENCE_END = pattern(r"[.!?][\"”’)]{0,2}[ ]{1,3}(?=[A-Z0-9\"“(])")
_SEEN = 16
"""Characters before a number that are looked at."""
_BEFORE = 320
"""Characters before a number in which its heading is looked for."""
_LONGEST_HEADING = 100


class Parted(NamedTuple):
    """The lines of a text, those that were joined parted again."""

    raw: list[str]
    starts: list[int]
    joined: frozenset[int]
    """The lines that begin within a line of the text."""


def worth_parting(raw: list[str]) -> bool:
    """Whether any line may hold the start of a paragraph; the lines of most texts are short."""
    if any(map(_is_ruled, raw[:_FIRST_LINES])):
        return True
    # The longest line first: far cheaper than a look at each.
    return max(map(len, raw)) > _LONG and any(
        len(line) > _LONG and _has_number(line) for line in raw
    )


def parted(raw: list[str], starts: list[int]) -> Parted:
    """The lines of a text that begin at offsets, parted where lines were joined."""
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
    return Parted(lines, begins, frozenset(joined))


def _has_number(line: str) -> bool:
    """Whether a number with a marking, or with the site's sign, stands within a line."""
    if line.find("¶", _SHORTEST) >= 0:
        return _NUMBER.search(line, _SHORTEST) is not None
    # A look for brackets first: the pattern would stop at every figure of a text.
    at = line.find("(", _SHORTEST)
    while at >= 0:
        if line[at - 1] in ". " and line[at - 4 : at].rstrip(" ")[-1:] == ".":
            return _NUMBER.search(line, _SHORTEST) is not None
        at = line.find("(", at + 1)
    return False


def _is_ruled(line: str) -> bool:
    """Whether a paragraph begins behind the rule that begins a line."""
    return line[:3] in _RULE_STARTS and _RULED_NUMBER.match(line) is not None


class _Cut(NamedTuple):
    at: int
    number: int
    """Of the paragraph that begins here; 0 where a heading or a rule does."""


def _cuts(line: str, last: int) -> Iterator[_Cut]:
    """Where a line is parted, from left to right, if `last` is the number of its paragraph."""
    if line[:3] in _RULE_STARTS and (found := _RULED_NUMBER.match(line)):
        last = int(found["n"])
        yield _Cut(found.end(), last)
    if len(line) <= _LONG:
        return
    done = 0
    for number in _NUMBER.finditer(line):
        at = number.start()
        if int(number["n"]) != last + 1:
            continue
        if not number["sign"] and not _free(line, done, at):
            continue
        for cut in _heading(line, done, at):
            yield _Cut(cut, 0)
        last += 1
        done = at
        yield _Cut(at, last)


def _free(line: str, done: int, at: int) -> bool:
    """Whether a number without the site's sign stands behind the end of a sentence, or a rule."""
    before = line[max(done, at - _SEEN) : at].rstrip(" \t")
    if not before or not (before[-1] in _ENDS or _BREAK.search(before)):
        return False
    return line[at - 1] in " \t" and not _CITED.search(line, max(done, at - 20), at)


def _heading(line: str, done: int, at: int) -> Iterator[int]:
    """Where the heading before a number begins, and the rules around it."""
    begin = max(done, at - _BEFORE)
    text = line[begin:at].rstrip(" \t")
    below = _RULE_AT_END.search(text)
    if below is None:
        return
    rules = list(_RULE.finditer(text, 0, below.start()))
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
