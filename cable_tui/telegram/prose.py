"""Extract the prose of a body: page breaks and formal lines are replaced with spaces.

Formal lines are not about the subject, and a post sends the same ones in every cable: the head
(even if repeated), the classifying officer and reasons, the source of the classification, the
clearances, and the web site of the post. They are recognized by their labels and words, not by the
post.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cable_tui.base.cable import Span
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.telegram.people.signature import signature
from cable_tui.telegram.reading import Reading
from cable_tui.telegram.sentence_fingerprints import END, lowered

_CLASSIFIED = pattern(r"classified\s{1,9}by\b(?:\s{0,3}:)?")
"""A pattern for a text in lower case, as are all patterns in this module."""
_LABEL_BEFORE = pattern(r"(?:^|\n)[ \t]{0,40}\(?[ \t]{0,8}(?:re-?)?$")
_PARAGRAPH = pattern(r"\n[ \t]*(?:\n|1\.(?!\d)|\()")
"""The end of the line that names the classifying officer, if it has no reason at its end."""
_OFFICER = 450
"""The maximum number of characters in the line of the classifying officer."""
_FIRST_LINES = 600
"""The number of characters after the head in which the line of the classifying officer may lack a
colon.
"""
_REASONS = pattern(
    r"1(?<![\d.]1)\s?[.,]\s?[3-6][\s,]{0,3}(?:section\s|paras?\s)?\(?[a-h](?![a-z])"
    r"(?:[\s,;/&().-]{0,6}(?:and\s|or\s)?\(?[a-h](?![a-z]))*[\s).]{0,3}"
)
"""A pattern for `1.4 (b) and (d).` or `1.5 b/d`."""
_BY_ORDER = pattern(
    r"(?:\breasons?|\bper|\bunder|\be\.?o\.?\s?1\d{4})[\s,:]{0,4}(?:e\.?o\.?\s?)?"
    r"(?:1\d{4}[\s,]{1,3})?(?:sections?\s|para(?:graph)?s?\s)?$"
)
"""The words before reasons: `for reasons`, `per`, `E.O. 12958,`."""
_LABELLED = pattern(
    r"(?:\b(?:derived\s{1,3}from|declassify\s{1,3}on|drv\s{1,3}from)"
    r"|(?<=\n)[ \t]{0,40}(?:drafted|cleared|approved|clearances?)(?:[ ]by)?)[ \t]{0,3}:"
    r"[^\n]{0,80}?(?=[ ]\d{1,2}\.[ ]?\(|\n|\Z)"
)
_HEAD_AGAIN = pattern(
    r"(?:(?:c o n f i d e n t i a l|s e c r e t|confidential|secret|unclas(?:sified)?"
    r"|u n c l a s(?: s i f i e d)?)\b"
    r"[^.:\n]{0,60}(?:\n[ \t]*|[ \t])(?:[^.:\n]{0,60}\n[ \t]*){0,4})?"
    r"\be\.?[ ]?o\.?[ ]?1\d{4}[ ]?:(?:\s{0,4}decl[^\n]{0,24}\d|\s{0,4}n/a)?"
    r"(?:\s{0,6}tags:?(?:\s{1,3}[a-z]{2,5}\b,?){1,24})?"
)
_MARKING = pattern(
    r"(?:c o n f i d e n t i a l|s e c r e t|u n c l a s(?: s i f i e d)?)(?![a-z])[^\n]{0,80}"
)
_ORDER = pattern(r"1\d{4}[ ]?:")
"""A text that is part of everything `_HEAD_AGAIN` matches. Few texts contain its first character,
so the search takes a fraction of the time; the same applies to the two beginnings of an address
below.
"""
_ADDRESS = pattern(r"(?:https?:/|www\.)\S{0,300}(?:\s{1,2}\S{0,40}/\S{0,80}){0,2}")
_SLASHES = pattern(":/")
_WEB = pattern(r"www\.")
_SITE = pattern(r"(?:web|home)\s?(?:site|page)|siprnet")
_OWN_SITE = pattern(
    r"classified\s{1,2}(?:[\w']{1,20}\s{1,2}){0,2}(?:web|home)\s?(?:site|page)|siprnet"
    r"|\bvisit\s{1,2}(?:\S{1,30}\s{1,2}){0,4}(?:web|home)\s?(?:site|page)"
)
_THIS_CABLE = pattern(r"this\s(?:cable|message|telegram|report|reporting|draft)\b")
_CLEARS = pattern(
    r"\b(?:clear(?:ed)?(?:\son)?|coordinated|drafted|approved)\s{1,3}this\s"
    r"|\bthis\s\w{4,9}\s{1,3}(?:was|is|has|had)\s(?:\w{1,12}\s{1,3}){0,4}(?:\w{1,12}/)?"
    r"(?:cleared|coordinated|drafted|approved)\b"
    r"|\bthis\s\w{4,9}\s(?:is|contains)\s(?:marked\s)?sensitive\sbut\sunclassified\b"
)
_OF_DRAFTING = ("clear", "coordinated", "drafted", "approved", "but unclassified")
"""Words of which every such sentence contains at least one; searching for them is faster than
searching with the patterns.
"""
_ENDS = 1000
"""The number of characters at each end of a text in which most formal lines occur."""
_FAR = 400
"""How many characters before and after a match its sentence may begin and end."""
_ABOVE_PARAGRAPHS = 600
"""The maximum number of characters between a head and the first paragraph, for captions and the
classifying officer. Longer texts are paragraphs that begin within a line.
"""
_BELOW_SIGNATURE = 60
"""The number of characters after a signature line that cannot be text, but may be another
signature.
"""
_SIGN = pattern(r"[^\n]")


def prose(reading: Reading, begin: int) -> str:
    """Replace a text's head, up to `begin`, page breaks and formal lines with spaces.

    The length does not change.
    """
    text_without_breaks = reading.without_breaks
    small_text = lowered(text_without_breaks)
    return _without(
        text_without_breaks,
        begin,
        sorted((*_labels(small_text, begin), *_closing(small_text, begin))),
    )


def _without(text: str, begin: int, spans: Sequence[Span]) -> str:
    text = " " * begin + text[begin:] if begin else text
    if not spans:
        return text
    prose_pieces: list[str] = []
    done_to = 0
    for span_start, span_end in spans:
        prose_pieces += (
            text[done_to:span_start],
            _SIGN.sub(" ", text[max(done_to, span_start) : span_end]),
        )
        done_to = max(done_to, span_end)
    return "".join((*prose_pieces, text[done_to:]))


def own_text(reading: Reading, begin: int) -> str:
    """Replace the head, the lines from it to the first paragraph, and the signature with spaces.

    The result is the text of the cable proper: no TAGS, captions or labels, and no names of the
    officers who classified or signed it; clearances and addresses of web sites remain. `begin` is
    the end of the head. The length does not change.
    """
    top = reading.top
    label = max((label.start for label in top.labels), default=begin)  # a head may be there twice
    if top.numbered and begin < top.end <= max(begin, label) + _ABOVE_PARAGRAPHS:
        begin = top.end
    text = reading.without_breaks
    text = _without(text, begin, sorted(_labels(lowered(text), begin)))
    signature_start = signature(reading.text).start
    if signature_start < begin:
        return text
    signature_end = text.find("\n", signature_start)
    if signature_end < 0 or len(text) - signature_end <= _BELOW_SIGNATURE:
        signature_end = len(text)
    return (
        text[:signature_start]
        + _SIGN.sub(" ", text[signature_start:signature_end])
        + text[signature_end:]
    )


def _labels(small_text: str, begin: int) -> Iterator[Span]:
    """Yield the spans of labels in a lower-case text: classifying officers, repeated heads."""
    yield from _officers(small_text, begin)
    search_end = begin + _ENDS
    for match in _REASONS.finditer(small_text, begin, search_end):
        if _BY_ORDER.search(small_text, max(begin, match.start() - 40), match.start()):
            yield _sentence(small_text, match.start())[0], match.end()
    if _ORDER.search(small_text, begin) and small_text.find("tags", begin) >= 0:
        yield from (match.span() for match in _HEAD_AGAIN.finditer(small_text, begin))
    # To see that a text has none of these words costs less than the expressions.
    first_text = small_text[begin:search_end]
    if "i d e n t" in first_text or "s e c r e t" in first_text or "n c l a s" in first_text:
        yield from (match.span() for match in _MARKING.finditer(small_text, begin, search_end))
    if "derived from" in first_text or "declassify on" in first_text:
        yield from (match.span() for match in _LABELLED.finditer(small_text, begin, search_end))


def _closing(small_text: str, begin: int) -> Iterator[Span]:
    """Yield the spans of web sites, drafters and clearances in a lower-case text."""
    if _SLASHES.search(small_text, begin) or _WEB.search(small_text, begin):
        yield from (match.span() for match in _ADDRESS.finditer(small_text, begin))
    yield from _drafting(small_text, small_text[begin : begin + _ENDS], begin)
    end_start = max(begin, len(small_text) - _ENDS)
    last_text = small_text[end_start:]
    if "site" in last_text:
        yield from _sentences_with(_SITE, _OWN_SITE, small_text, end_start, len(small_text))
    yield from _drafting(small_text, last_text, end_start)


def _drafting(small_text: str, text_part: str, part_start: int) -> Iterator[Span]:
    """Yield the spans of drafters, clearances and handling in a part of a text."""
    has_label = ":" in text_part
    if not (has_label or _THIS_CABLE.search(text_part)) or all(
        word not in text_part for word in _OF_DRAFTING
    ):
        return
    part_end = part_start + len(text_part)
    yield from _sentences_with(_THIS_CABLE, _CLEARS, small_text, part_start, part_end)
    if has_label:
        yield from (match.span() for match in _LABELLED.finditer(small_text, part_start, part_end))


def _sentences_with(
    first_pattern: Pattern[str], second_pattern: Pattern[str], small_text: str, start: int, end: int
) -> Iterator[Span]:
    for match in first_pattern.finditer(small_text, start, end):
        sentence = _sentence(small_text, match.start())
        if second_pattern.search(small_text, *sentence):
            yield sentence


def _officers(small_text: str, begin: int) -> Iterator[Span]:
    """Yield the spans of classifying officers: after a label, near the head without a colon."""
    for match in _CLASSIFIED.finditer(small_text, 0, begin + _ENDS):
        label_start, label_end = match.span()
        is_label = small_text[label_end - 1] == ":"
        if not is_label and label_start <= begin + _FIRST_LINES:
            is_label = (
                _LABEL_BEFORE.search(small_text, max(0, label_start - _FAR), label_start)
                is not None
            )
        if not is_label:
            continue
        next_paragraph = _PARAGRAPH.search(small_text, label_end, label_end + _OFFICER)
        last_offset = (
            next_paragraph.start() if next_paragraph else min(label_end + _OFFICER, len(small_text))
        )
        reasons_match = _REASONS.search(small_text, label_end, last_offset)
        if reasons_match or next_paragraph or last_offset == len(small_text):
            yield label_start, reasons_match.end() if reasons_match else last_offset


def _sentence(small_text: str, offset: int) -> Span:
    """Return the span of the sentence around an offset."""
    sentence_start = offset - _FAR if offset > _FAR else 0
    for match in END.finditer(small_text, sentence_start, offset):
        sentence_start = match.end()
    sentence_end = END.search(small_text, offset, offset + _FAR)
    return sentence_start, sentence_end.end() - 1 if sentence_end else min(
        offset + _FAR, len(small_text)
    )
