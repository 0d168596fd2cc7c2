"""Where the REF lines stand in a body; what they say is read by `resolve`."""

from __future__ import annotations

import re
from itertools import islice

from cable_tui.cable import Span
from cable_tui.pattern import pattern
from cable_tui.telegram import portion_marking
from cable_tui.telegram.body_labels import RULE, Mark, Top, breaks_around
from cable_tui.telegram.captions import corrected_copy
from cable_tui.telegram.references.stations import station_at_end

_LETTERED = pattern(
    r"[ \t\\]{0,16}(?:-{1,2}[ \t]{1,8})?¶?[ ]?"
    r"(?:\(?[A-Za-z][).:][ \t]|\([A-Za-z][ ]?\)|[A-Z][ ]?[.):][ ]?(?=[A-Z0-9])"
    r"|REF[ ]?\(?[A-Z]\)?[ .:-]|AND[ ]|&)"
)
_HEADING = pattern(
    r"[ \t]{0,20}(?:BEGIN[ ])?(?:SUMMARY|INTRODUCTION|COMMENT|ACTION REQUEST|SENSITIVE BUT)\b",
    re.IGNORECASE,
)
_INLINE_END = pattern(r"\s(?:SUMMARY|Summary)[ :.]{1,3}-{3}|\s-{6,200}(?=\s|$)")
_OPEN = pattern(
    r"(?:^|[\s.,;)(])(?:[A-Z][.):]|\([A-Z]\)|\d{2})?[ \t]{0,8}"
    r"(?P<words>[A-Z][A-Za-z .'-]{1,30})?\s*$"
)
_SERIAL_NEXT = pattern(r"[ \t]{0,8}(?:[A-Z][A-Za-z.'-]{1,19}[ ]){0,3}\d{1,8}\b(?![.)])")
_BREAK_REST = pattern(r"\d{3}(?:\.\d{1,2})?[ ]{1,2}OF[ ]{1,2}\d{3}\b")
"""A page break that blank lines cut in two."""
_SENTENCE = pattern(r"(?:\b[a-z]{2,20}\b[ ,;:]{1,2}){3}")
_SERIAL = pattern(r"[A-Za-z)] {0,2}\d{2,7}\b")
_LONG_LINE = 200
_CAPITAL_SENTENCE = pattern(r"(?:[A-Z][A-Z'.,-]{0,24}[ ]{1,2}){5,30}[A-Z'.,-]{1,25}$")
"""A line of a text in capitals: sure only where a copy lost the blank line before it."""
_MOST_LINES = 60
_REDACTED = pattern(r"[ \t]{0,8}[Xx]{5,}[ \t]{0,8}$")


def ref_block(top: Top) -> Span | None:
    """The span of what follows the first REF label that has something, or None."""
    for mark in top.marks:
        if mark.kind == "refs":
            span = _block(top, mark)
            if span:
                return span
    return None


def _block(top: Top, mark: Mark) -> Span | None:
    end = mark.content
    gap = False
    lines = list(islice(top.pieces(mark), _MOST_LINES + 1))
    for number, piece in enumerate(lines):
        text = piece.text.strip(" \t\\")
        if not text:
            gap = end > mark.content and not breaks_around(lines, number)
            continue
        if gap and _is_open(top.body[max(mark.content, end - 60) : end], piece.text):
            gap = False
        if number > _MOST_LINES or (end > mark.content and _is_over(text, gap)):
            break
        if number and _CAPITAL_SENTENCE.match(text) and top.dense(mark.line + 1):
            break
        if RULE.match(text):
            break
        inline = _INLINE_END.search(top.body, piece.start, piece.end)
        if inline:
            end = inline.start()
            break
        prose = _prose_in(top.body, piece.start, piece.end)
        if prose:
            end = prose
            break
        end = piece.end
        gap = False
    return (mark.content, end) if top.body[mark.content : end].strip() else None


def _prose_in(body: str, start: int, end: int) -> int:
    """Where the text begins that follows the last serial of a line; 0 where none does.

    A text that lost its line ends has its first paragraph on the line of the references.
    """
    if end - start < _LONG_LINE:
        return 0
    sentence = _SENTENCE.search(body, start, end)
    if sentence is None:
        return 0
    serials = list(_SERIAL.finditer(body, start, sentence.start()))
    return serials[-1].end() if serials else 0


def _is_open(before: str, line: str) -> bool:
    """Whether an item is without its serial at a blank line, and the line behind has one.

    `(B) Rio de Janeiro`, `C)` and the rest below it.
    """
    last = before.rsplit("\n", 1)[-1]
    found = _OPEN.search(last)
    if found is None or not (found["words"] or found.group().strip()):
        return False
    words = found["words"]
    if words and len(words.split()) > 2:
        capitals = [re.sub(r"[^A-Z]", "", word) for word in words.upper().split()]
        if station_at_end(capitals, frozenset()) is None:
            return False
    return _SERIAL_NEXT.match(line) is not None


def _is_over(text: str, gap: bool) -> bool:
    if RULE.match(text) or _HEADING.match(text) or corrected_copy(text):
        return True
    if _LETTERED.match(text) or _BREAK_REST.match(text):
        return False
    if gap:
        return True
    if _REDACTED.match(text):
        return False
    if portion_marking.split(text)[0]:
        return True
    return not any(map(str.isdigit, text)) and _SENTENCE.search(text) is not None
