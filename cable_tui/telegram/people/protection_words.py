"""Words with which a cable asks for a source's name to be kept secret: `(strictly protect)`.

A request to handle a whole cable with care, `PLEASE PROTECT ACCORDINGLY`, is not such a request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cable_tui.base.cable import Span
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.telegram.reading import Reading
from cable_tui.telegram.sentence_fingerprints import lowered

_KEPT = r"(?:sources?|identit(?:y|ies)|names?|anonymity|contacts?|sourcing)"
_WHOSE = r"(?:(?:the|this|that|these|those|his|her|their|our|its|all)\s{1,99}){0,2}"
_PLEASE = r"(?:please|pls|plse)\s{1,99}"
_HOW = r"(?:strictly|throughout|fully|both|all|them|him|her|please)"
_PROTECT = (
    r"(?:protect|pro-?\\?\s{1,99}tect|protec\st|prot\sect|pr\sotect|p\srotect|portect|prtect|potect"
    r"|proect|protct|protet|protcet|proetct|pr[0c]tect|protec)"
)
"""The word `protect`, including divided by a line break, and as misread or mistyped."""
_END = r"(?![^\W\d_])"
_ASKED = r"\b(?:ask|request|insist|prefer|wish|beg|urg|plead)[a-z]{0,5}\b"
_NAMED = r"(?:identified|named|quoted|attributed|cited)"
_WORDS = pattern(
    rf"""
    (?<![^\W\d_])(?:{_PLEASE})? stri(?:ctly|cly|ct|ckly|ctl|ctiy|tcly)                  # anywhere
      [\s\\-]{{0,99}} (?:(?:to|be)\s{{1,9}})? {_PROTECT} (?:ed)? {_END}
    | \b protect\s{{1,99}} (?:strictly\b | (?:the\s{{1,9}})?(?:source|identity)\b)
    | \b (?:{_PLEASE}) protect\s{{1,99}} {_WHOSE}{_KEPT}\b
    | (?:(?<=[(\[{{/]) | (?<=[(\["“]["“])) \s{{0,99}}                         # these set apart
      (?:(?:please|pls|plse|both|all|source|identity|(?!strictly)[a-z]{{2,12}}ly)[\s:]{{1,99}}){{0,2}}
      (?:{_PROTECT}|protected(?=\s{{0,9}}[)\]]))
      (?: (?:\s{{1,99}} {_HOW}\b){{1,3}} | \s{{1,99}} {_WHOSE}{_KEPT}\b
        | \s{{0,99}} (?=[)\]}},;:./–—-]) | \s{{1,99}} (?=-|—|–|all\b|both\b)
        | \s{{1,99}} (?=(?-i:[A-ZÀ-Þ]\w{{0,30}}[.'’-]?\w{{0,30}}[\s)\];,])) )
    | (?<=[,;:/–—-]) \s{{0,99}} (?: {_PLEASE} {_PROTECT}
        (?:\s{{1,9}} (?:throughout|fully|names?|both|all))? \s{{0,9}} (?=[)\],;.–—-])
      | protect (?:\s{{1,9}} (?:throughout|fully|names?|both|all))? \s{{0,9}} (?=[)\]]) )
    | (?<=[.!?:)\]]\s)(?:{_PLEASE}) protect (?:\s{{1,9}} {_HOW}\b){{0,3}} \s{{0,9}} (?=\.)
    | {_ASKED} [^.()\[\]]{{0,60}}? \b protect\s{{1,9}} (?:his|her|their)\s{{1,9}} {_KEPT}\b
    | \b {_PLEASE} protect\s{{1,99}}                                 # and whom
      (?=(?:[\w.'’-]{{1,30}}\s{{1,9}}){{1,6}}{_KEPT}\b
       | (?-i:[A-ZÀ-Þ][\w'’.-]{{0,30}}\s{{1,9}}[A-ZÀ-Þ][a-zà-þ]) | X{{4}})
    | (?: (?<=[(\[.;]) | ^ ) \s{{0,9}} (?:{_PLEASE})? protect \s{{0,3}} : (?=\s)
    | \b {_KEPT} (?:\s{{1,9}}[\w'’.-]{{1,30}}){{0,6}} \s{{1,9}} (?:be|remain)\s{{1,9}}
      (?:(?:strictly|fully)\s{{1,9}})? protected\b
    | \b strict(?:est)?\s{{1,9}} protection\s{{1,9}} (?:for|of)\b
    | \b requests?\s{{1,9}} protection\s{{1,9}} (?:for|of)\s{{1,9}} {_WHOSE}{_KEPT}\b
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_WITHOUT = pattern(
    rf"""
    {_ASKED} [^.()\[\]]{{0,60}}? \b (?:not\s{{1,9}}(?:to\s{{1,9}})?be\s{{1,9}}{_NAMED}\b
      | (?:remain|stay|be\s{{1,9}}kept)\s{{1,9}}anonymous\b | (?:for\s{{1,9}})?anonymity\b)
    | \b on\s{{1,9}}(?:the\s{{1,9}})?condition\s{{1,9}}of\s{{1,9}}anonymity\b
    | (?: {_PLEASE} | [(\[]\s{{0,9}} ) (?:please\s{{1,9}})? do\s{{1,9}}not\s{{1,9}}
      (?:identify|name|reveal|disclose|attribute|quote\s{{1,9}}by\s{{1,9}}name)\b
    | (?<=[(\[]) \s{{0,9}} not\s{{1,9}}(?:for\s{{1,9}}attribution|to\s{{1,9}}be\s{{1,9}}{_NAMED})\b
    | \b (?:please|should|must|request\w{{0,5}})\s{{1,9}} (?:[\w,]{{1,20}}\s{{1,9}}){{0,3}}?
      (?:safeguard|shield|conceal|withhold)\s{{1,9}} {_WHOSE}{_KEPT}\b
    | \b (?:identit(?:y|ies)|names?)\s{{1,9}} (?:[\w.'’-]{{1,30}}\s{{1,9}}){{0,6}}? (?:be|remain)
      \s{{1,9}}(?:kept\s{{1,9}}|held\s{{1,9}})?(?:strictly\s{{1,9}})?
      (?:confidential|secret|in\s{{1,9}}confidence|withheld|safeguarded|undisclosed)\b
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
"""Requests without the word `protect`."""
_HANDLING = pattern(r"\s{0,9}accordingly\b|\s{1,9}[\w ]{0,40}accordingly\b", re.IGNORECASE)


def _stems(*expressions: str) -> tuple[tuple[str, Pattern[str]], ...]:
    """Return each expression with the text before its first bracket, which is found faster."""
    return tuple((each.partition("(")[0], pattern(each)) for each in expressions)


_STEMS = (
    (_stems("tect", "p(?:ro(?:te[ct]|tct|tcet|etct|ect)|ortec)"), _WORDS),
    (
        _stems(
            "be (?:named|identified|quoted|attributed|cited|withheld|conf)",
            "do not (?:identif|name|reveal|disclose|attribute|quote)",
            "kept (?:secret|conf|strictly)",
            "remain (?:secret|conf)",
            *("anonym", "for attribution", "in confidence", "undisclosed"),
            *("safeguard ", "shield ", "conceal ", "withhold "),
        ),
        _WITHOUT,
    ),
)
"""Texts of which each request contains one, with single spaces. Searching for all words is much
slower, and so is an expression that does not begin with a fixed letter.
"""
_BEFORE = 200
_BEHIND = 320
"""The maximum number of characters from such a text to the end of the request."""


@lru_cache(maxsize=1)  # the indexer, the margin and the proposed names ask about the same text
def asks(text: str) -> tuple[Span, ...]:
    """Return the spans of a text that ask for someone's protection, in linear time.

    Page lines within the words are ignored.
    """
    small_text = lowered(text).replace("\n", " ")
    request_spans: list[Span] = []
    for stems, request_pattern in _STEMS:
        for near_start, near_end in _near(small_text, stems):
            text_near = Reading(text[near_start:near_end]).without_breaks
            for match in request_pattern.finditer(text_near):
                if not _HANDLING.match(text_near, match.end()):
                    request_start, request_end = _trimmed(text_near, *match.span())
                    request_spans.append((near_start + request_start, near_start + request_end))
    joined_spans: list[Span] = []
    for request_start, request_end in sorted(request_spans):
        # `(not for attribution; strictly protect)` is one request.
        if joined_spans and not text[joined_spans[-1][1] : request_start].strip(" \t\r\n;,:/-(["):
            joined_spans[-1] = joined_spans[-1][0], max(joined_spans[-1][1], request_end)
        else:
            joined_spans.append((request_start, request_end))
    return tuple(joined_spans)


def _near(small_text: str, stems: Iterable[tuple[str, Pattern[str]]]) -> Iterator[Span]:
    """Yield the surroundings of the given pieces, joined if they overlap."""
    stem_offsets = [
        match.start()
        for beginning, stem in stems
        if beginning in small_text
        for match in stem.finditer(small_text)
    ]
    joined_start = near_end = -1
    for offset in sorted(stem_offsets):
        near_start = max(offset - _BEFORE, 0)
        if near_start > near_end:
            if near_end >= 0:
                yield joined_start, near_end
            joined_start = near_start
        near_end = min(offset + _BEHIND, len(small_text))
    if near_end >= 0:
        yield joined_start, near_end


def _trimmed(text: str, start: int, end: int) -> Span:
    span_text = text[start:end]
    start += len(span_text) - len(span_text.lstrip(" \t\r\n(["))
    return start, max(start + len(span_text.strip(" \t\r\n:([")), start + 1)
