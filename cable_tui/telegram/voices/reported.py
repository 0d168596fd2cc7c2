"""Sentences that report: somebody said, told, asked, according to somebody, or in quotation marks.

Only what a sentence says itself counts. One that goes on with what a source said, without a sign of
its own, is not told apart from the author's narration.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.cable import Span
from cable_tui.pattern import pattern
from cable_tui.telegram import pagebreaks
from cable_tui.telegram.voices.words_of_saying import TRIGGERS
from cable_tui.text.sentences import sentences

_QUOTED = pattern(
    r"[“\"](?P<said>[^“”\"]{1,3000})[”\"]|&(?P<lost>[^&\n]{12,300}[^\s\d&])8(?![^\W_])"
)
_LONG_QUOTE = 4
"""Words of a quotation that is more than a name or a word in doubt."""
_FIRST_LINE = pattern(r"[ \t>]{0,12}¶?\(?\d{1,3}[ ]?[.)][ \t]{1,6}[(\[A-Z“\"‘']")
"""A line that begins a paragraph."""
_RULE = pattern(r"[ \t]*[-=*_~]{3,200}[ \t]*$")
_SHORT = 45
"""Letters of a line above a blank one that ends nothing: a heading."""
_ENDED = (".", "?", "!", ":", '"', "”", ")", "]", "’")
_LABEL = pattern(
    r"[ \t>]{0,12}¶?\(?\d{1,3}[ ]?[.)][ \t]{0,6}(?:\([A-Z][A-Z/ -]{0,20}\)[ \t:]{0,4})?"
)
_WORD = pattern(r"[^\W\d_][\w'’,]*")
_LETTERS = {number: " " for number in range(128) if not chr(number).isalpha()}
"""Blanks for all signs of ASCII but letters."""


def reported(text: str, begin: int = 0) -> list[Span]:
    """The sentences of a text, from a place on, that report what somebody said, in order.

    Total and linear in the length of the text.
    """
    plain = without_breaks(text)
    return [span for piece in pieces(plain, begin) for span in reported_in(plain, piece)]


def without_breaks(text: str) -> str:
    """The text with blanks for the letters of its page breaks: offsets stay the same."""
    if " OF" not in text and "PAGE" not in text and " of 0" not in text:
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if (" OF" in line or "PAGE" in line or " of 0" in line) and pagebreaks.rest(line) == "":
            lines[number] = " " * len(line)
    return "\n".join(lines)


def pieces(text: str, begin: int = 0) -> Iterator[Span]:
    """The paragraphs of a text, roughly: no sentence goes from one into the next."""
    start = at = begin
    above = ""
    blank = False
    for line in text[begin:].split("\n"):
        words = line.strip(" \t\\")
        first = words[:2].lstrip("(¶>")[:1]
        ends = False
        if words and blank and above and not words[0].islower():
            ends = above.endswith(_ENDED) or len(above) < _SHORT
        if first.isdigit():
            ends = ends or _FIRST_LINE.match(line) is not None
        elif first in ("-", "=", "*", "_", "~"):
            ends = ends or _RULE.match(line) is not None
        if ends and start < at:
            yield start, at
            start = at
        blank = not words
        above = words or above
        at += len(line) + 1
    if start < len(text):
        yield start, len(text)


def reported_in(text: str, piece: Span) -> Iterator[Span]:
    """The sentences of one piece that report."""
    start, end = piece
    if not _may_report(text[start:end]):
        return
    label = _LABEL.match(text, start, end)
    quoted = list(_quotations(text, start, end))
    following = 0
    for first, last in sentences(text, label.end() if label else start, end):
        while following < len(quoted) and quoted[following][1] <= first:
            following += 1
        inside = following < len(quoted) and quoted[following][0] < last
        if inside or says(text[first:last]):
            yield first, last


def _may_report(text: str) -> bool:
    """Whether words of a text may report or be quoted: most texts have none, quickly seen."""
    if not text.isascii() or '"' in text or "&" in text:
        return True
    return not TRIGGERS.keys().isdisjoint(text.lower().translate(_LETTERS).split())


def _quotations(text: str, start: int, end: int) -> Iterator[Span]:
    """Where somebody's own words stand, rather than a name or a word in doubt."""
    for found in _QUOTED.finditer(text, start, end):
        if len((found["said"] or found["lost"]).split()) >= _LONG_QUOTE:
            yield found.span()


def says(sentence: str) -> bool:
    """Whether a sentence has a word that reports."""
    if not _may_report(sentence):
        return False
    small = " ".join(_WORD.findall(sentence)).lower().split(" ")
    for at, word in enumerate(small):
        rule = TRIGGERS.get(word.rstrip(",'’"))
        if rule is not None and rule(small, at):
            return True
    return False
