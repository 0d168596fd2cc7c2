"""The speaker of words in a body: a source that a sentence reports, or the author in a comment.

The speaker is known only if every word is in such a sentence or comment. Unmarked text may be the
author's narration or continue what someone said, so its speaker is left open. The same applies to
the words of an officer of the post, a judgment by the author within a reporting sentence, and words
before the speaker (`After years at sea, Tern told us`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.telegram.reading import Reading
from cable_tui.tools.voices import reported
from cable_tui.tools.voices import words_around as around
from cable_tui.tools.voices.comments import comments
from cable_tui.tools.voices.layout import Layout, layout
from cable_tui.tools.voices.who_speaks import SIGNS, Words
from cable_tui.tools.voices.words_of_saying import TRIGGERS

Voice = Literal["source", "comment", "both"]
"""`source`: all words are in sentences that report someone. `comment`: all words are in the
author's remarks. `both`: all words are in one or the other, and both occur, or a remark reports a
source.
"""
_OFFICERS = frozenset(
    "ambassador charge chargé dcm poloff poloffs econoff econoffs emboff emboffs conoff conoffs pao"
    " rso polcouns econcouns ecouns consul counselor cda pdas das codel codels staffdel".split()
)
_PRONOUNS = frozenset("he she they".split())
_ACTS = frozenset("agreed refused declined offered accepted threatened agrees refuses".split())
"""Verbs that, before `to`, may describe an act rather than words."""
_TOLD = frozenset("told informed asked with to by for from briefed met assured advised".split())
"""Words shortly before an officer that show that the officer is not the speaker."""
_JUDGES = pattern(
    r"(?i)\b(?:we|post|embassy|mission|consulate)(?:\s+\w{2,12}){0,2}?\s+(?:doubt|judge|assess"
    r"|believe|think|suspect|expect|note|see|consider|find|agree|disagree|estimate|assume|hope|fear"
    r"|would|assesse|judge)(?:d|s)?\b|\b(?:our|post['’]s|embassy['’]s)\s+(?:\w{2,12}\s+)?(?:view"
    r"|judgment|assessment|opinion)\b"
)
"""Matches a judgment by the author."""
_BEFORE_VERB = 7
"""The number of words before a verb of saying among which an officer counts as its speaker."""
_AT_END = 3
"""A verb of saying among this many last words in a sentence follows the words that it reports."""


class Spoken(NamedTuple):
    """The speaker of some words in a body."""

    voice: Voice | None = None
    """Who speaks the words, or None if unknown."""
    sentence: Span | None = None
    """The first sentence around the words that reports a source, or None."""
    has_frame: bool = False
    """Whether the words include the verb of saying, and thus show who speaks."""


def spoken_at(body: str, words: Sequence[Span]) -> Spoken:
    """Return who speaks the words at the given spans of a body, which must be in order.

    Never raises an error, and takes time linear in the length of the text.
    """
    if not words:
        return Spoken()
    page = layout(Reading(body))
    remarks = [comment.span for comment in comments(page)]
    whole_span = words[0][0], words[-1][1]
    paragraphs_near = [
        paragraph
        for paragraph in page.paragraphs
        if paragraph.span[0] < whole_span[1] and whole_span[0] < paragraph.span[1]
    ]
    reporting = list(reported.reported_in(page, paragraphs_near))
    voices: set[Voice | None] = set()
    first_sentence: Span | None = None
    has_frame = False
    for sentence, sentence_words in groupby(words, key=lambda word: _around(word, reporting)):
        words_in_row = list(sentence_words)
        is_sure = False
        if sentence is not None:
            is_sure, is_framed = _reports(page, sentence, (words_in_row[0][0], words_in_row[-1][1]))
            has_frame |= is_framed
            first_sentence = first_sentence or sentence
        for word in words_in_row:
            is_remark = _around(word, remarks) is not None
            if sentence is None:
                voices.add("comment" if is_remark else None)
            elif is_remark:
                voices.add("both")
            else:
                voices.add("source" if is_sure else None)
    if None in voices:
        return Spoken(None, first_sentence, has_frame)
    return Spoken(voices.pop() if len(voices) == 1 else "both", first_sentence, has_frame)


def _around(word: Span, spans: Sequence[Span]) -> Span | None:
    """Return the span in which a word begins, from spans in order, or None."""
    span_index = bisect_right(spans, word[0], key=lambda span: span[0]) - 1
    return spans[span_index] if span_index >= 0 and word[0] < spans[span_index][1] else None


def _reports(page: Layout, sentence: Span, part: Span) -> tuple[bool, bool]:
    """Return whether part of a sentence is surely a source's words, and whether it has the verb."""
    sentence_start, sentence_end = sentence
    part_start, part_end = max(part[0], sentence_start), min(part[1], sentence_end)
    sentence_text = page.text[sentence_start:sentence_end]
    if reported.is_quoted(page.text, sentence, (part_start, part_end)):
        return True, False
    index = reported.said_at(sentence_text)
    if index is None or _JUDGES.search(sentence_text):
        return False, False
    words = Words(reported.parted(sentence_text))
    begin = len(reported.parted(page.text[sentence_start:part_start]).split())
    word_end = begin + len(reported.parted(page.text[part_start:part_end]).split())
    if _is_officers(
        words, index, page.text[_paragraph_start(page, sentence_start) : sentence_start]
    ):
        return False, False
    if words.at(index) in _ACTS and words.at(index + 1) == "to":
        return False, False
    if begin <= index < word_end:
        return True, True
    if word_end <= index:
        ends = index + _AT_END >= len(words.small)
        inverted = words.is_inverted(index) and words.at(index + 1) not in around.SOME
        is_after_words = ends or (inverted and index + _BEFORE_VERB >= len(words.small))
        return words.is_before_comma(index) or is_after_words, False
    return True, False


def _paragraph_start(page: Layout, offset: int) -> int:
    span_around = _around((offset, offset), [paragraph.span for paragraph in page.paragraphs])
    return span_around[0] if span_around else offset


def _is_officers(words: Words, index: int, before: str) -> bool:
    """Return whether an officer of the post may be the speaker.

    `before` is the text of the paragraph before the sentence: `he` may be an officer named there.
    """
    listens = any(
        words.at(place) in around.LISTENERS and words.written(place)[:2] != "US"
        for place in range(index + 1, min(index + 4, len(words.small)))
    )
    if listens or (index and words.at(index - 1) in around.BE):
        return False
    if not _PRONOUNS.isdisjoint(words.stripped[max(index - 2, 0) : index]) and _speaks(before):
        return True
    return any(
        words.at(place) in _OFFICERS and not (place and words.is_name(place - 1))
        for place in range(max(index - _BEFORE_VERB, 0), index)
    ) or _speaks(" ".join(words.small))


def _speaks(text: str) -> bool:
    """Return whether a text has an officer, but not as a listener, before a verb of saying."""
    text_words = [word.strip(SIGNS) for word in text.lower().split()]
    return any(
        word in _OFFICERS
        and not _TOLD.intersection(text_words[max(index - 2, 0) : index])
        and any(word_after in TRIGGERS for word_after in text_words[index + 1 : index + 4])
        for index, word in enumerate(text_words)
    )


def author_of(origin: str) -> str:
    """Return the word for a cable's author, from its origin: such as `embassy`, else `author`."""
    kind = origin.partition(" ")[0].casefold()
    return kind if kind in ("embassy", "consulate", "mission") else "author"
