"""Where a body mentions other cables, and the sentence: `Ref A`, `reftel`, an id.

The REF lines say what a cable cites; its paragraphs say what for.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import NamedTuple

from cable_tui.base.cable import Cable, Reference, Span
from cable_tui.base.pattern import pattern
from cable_tui.telegram.reading import Reading
from cable_tui.text import ELLIPSIS

_AND = r"\s{0,2}(?:,?[ ](?:AND|OR|AND/OR)\b|[,&/–-]|\b(?:TO|THRU|THROUGH)\b)\s{0,4}"
_LETTERS = (
    r"[ \t]{0,4}\n?\s{0,12}-?\(?[A-Z]\b"
    rf"(?:\.?{_AND}\(?[A-Z]\b|\){_AND}(?:\([A-Z]\b|[A-Z](?=\)))){{0,12}}"
)
_MENTION = pattern(
    r"\bREF(?:[ -]?(?P<tel>TELS?)\b|(?:\(S\)|(?:ERENCES?|S)?\b)\.?)" + f"(?P<letters>{_LETTERS})?",
    re.IGNORECASE,
)
_LETTER = pattern(
    r"(?P<range>(?:[–-]|\b(?:TO|THRU|THROUGH)\b)\s{0,4})?\(?\b(?P<letter>[A-Z])\b", re.IGNORECASE
)
_ARTICLE = pattern(
    r"\s{1,4}(?!(?:and|or|to|thr\w{1,4}|the|th[eo]se|this|that|which|who|we|he|she|it|they|i|our|its"
    r"|his|her|their|of|on|in|for|from|with|by|at|as|is|was|are|were|has|had|have|about|after|before"
    r"|but|if|when|while|also|not|para\w{0,8}|reports|reported|noted|said|says|describe[sd]"
    r"|request(?:s|ed)|cables|points|instructions|demarche)\b)[A-Za-z]"
)
"""Words after an `a` that may be no letter of a REF line: `in reftel a source said`."""
_SMALL_LETTER = pattern(r"\b[Rr]ef(?:tel)?s?\.?[ ]\(?(?:[b-h]\b|a(?:[),.;:]|[ ](?:and|&)[ ]))")
"""A letter that the author of a text writes small: `(ref b)`. An `a` is one, too, then."""
_IN_CAPITALS = pattern(r"\s{1,4}(?!(?:AND|OR|TO|THR\w{1,4})\b)[A-Z]{2}")
_ALONE = pattern(r"(?:\b(?:per|in|to|see|of|from)\s{1,3}|\()ref\.?$|\brefs\.?$", re.IGNORECASE)
"""The context of a `ref` or `refs` without a letter that means all of the REF lines."""
_BEFORE_NUMBER = 4
"""Characters between `Ref` and a number after it: `(Ref London 1170)`."""
_UNNAMED = pattern(r"\bSEPTELS?\b|\b(?:TELE?|PHONE|PH)CONS?\b", re.IGNORECASE)
"""References of a text without a number that could be looked up."""
_END = pattern(r"(?:(?<=[a-z0-9)\"”%]{2})|(?<=[A-Z]{3}))[.!?][\"”')]{0,2}(?=\s)")
"""The end of a sentence: not after `Mr.`, `U.S.` or a paragraph number."""
_LABEL = pattern(r"\(?\d{1,3}[.)]\s+")
_LONGEST = 400
"""The most characters of a sentence."""
_LONGEST_WORD = 30
MOST_SENTENCES = 20
"""The most sentences on one cable that are kept; a text with more is read in full."""


class SpokenReference(NamedTuple):
    """A passage of running text that mentions cables."""

    span: Span
    references: tuple[Reference, ...]


class Sentence(NamedTuple):
    """A sentence, and its place."""

    paragraph: str | None
    """The label of the paragraph; None if it has none."""
    text: str
    """Sentence on one line, without the number of its paragraph."""


def mentions(cable: Cable) -> Iterator[SpokenReference]:
    """Yield `Ref A`, `Refs B and C`, `reftel` in the paragraphs, and every number of a cable."""
    return _spoken(cable, [paragraph.span for paragraph in cable.body.paragraphs])


def _spoken(cable: Cable, spans: Iterable[Span]) -> Iterator[SpokenReference]:
    lines = [ref for ref in cable.references if ref.source == "REF line"]
    lettered = _lettered(lines)
    numbers = [SpokenReference(ref.span, (ref,)) for ref in cable.text_references if ref.span]
    starts = [mention.span[0] for mention in numbers]
    has_small_letters = _SMALL_LETTER.search(cable.body.text) is not None
    words = (
        SpokenReference(match.span(), tuple(ref for ref in named_references if ref.kind == "cable"))
        for span in spans
        for match in _MENTION.finditer(cable.body.text, *span)
        if match["letters"] or not _names_number(match.end(), starts)
        for named_references in (_named(match, lettered, lines, small=has_small_letters),)
    )
    yield from heapq.merge((reference for reference in words if reference.references), numbers)


def _lettered(lines: Sequence[Reference]) -> dict[str, list[Reference]]:
    """Return the items of the REF lines by their letters, or by their order if none has one."""
    references_by_letter: dict[str, list[Reference]] = {}
    has_letters = any(line.label for line in lines)
    for index, line in enumerate(lines):
        if name := line.label if has_letters else ascii_uppercase[index : index + 1]:
            references_by_letter.setdefault(name.upper(), []).append(line)
    return references_by_letter


def _names_number(end: int, starts: Sequence[int]) -> bool:
    """Return whether the number of a cable follows, to which the word before it refers."""
    number_index = bisect_left(starts, end)
    return number_index < len(starts) and starts[number_index] - end <= _BEFORE_NUMBER


def _named(
    match: re.Match[str],
    lettered: Mapping[str, list[Reference]],
    lines: Sequence[Reference],
    *,
    small: bool,
) -> Iterable[Reference]:
    """Return the REF items that a word means: those of its letters, or all of them."""
    letters = _letters(match, lettered, small=small) if match["letters"] else []
    if letters:
        return [ref for letter in letters for ref in lettered.get(letter, ())]
    text, (start, end) = match.string, match.span()
    stands_alone = _ALONE.search(text, max(start - 8, 0), end) and not text.startswith(":", end)
    return lines if match["tel"] or stands_alone else ()


def _letters(match: re.Match[str], lettered: Mapping[str, object], *, small: bool) -> list[str]:
    """Return the letters in capitals, with those between the ends of `A-C`.

    `small`: the text writes letters of REF lines small elsewhere, so that an `a` is one.
    """
    label_letters: list[str] = []
    is_small = False
    for part in _LETTER.finditer(match["letters"]):
        letter = part["letter"].upper()
        if label_letters and (part["letter"].islower() != is_small or letter == "A"):
            break
        is_small = part["letter"].islower()
        may_follow = _ARTICLE if is_small else _IN_CAPITALS
        if (
            letter == "A"
            and not (is_small and small)
            and may_follow.match(match.string, match.start("letters") + part.end())
        ):
            break
        if part["range"] and label_letters:
            label_letters += sorted(sign for sign in lettered if label_letters[-1] < sign < letter)
        label_letters.append(letter)
    return label_letters


def citing_sentences(cable: Cable) -> dict[str, tuple[Sentence, ...]]:
    """Return the sentences that mention each cable, by canonical id, each once, in order."""
    sentences_by_id: dict[str, dict[Sentence, None]] = {}
    sentences = _Sentences(cable)
    for mention in _spoken(cable, sentences.spans):
        sentence = sentences.sentence(mention.span[0])
        for reference in mention.references:
            if sentence is not None and reference.reference_id:
                of_cable = sentences_by_id.setdefault(reference.reference_id, {})
                if len(of_cable) < MOST_SENTENCES:
                    of_cable[sentence] = None
    return {name: tuple(of_cable) for name, of_cable in sentences_by_id.items()}


def unnamed_sentences(cable: Cable) -> tuple[Sentence, ...]:
    """Return the sentences that mention a septel or a telephone call, which have no id."""
    sentences = _Sentences(cable)
    unnamed: dict[Sentence, None] = {}
    for span in sentences.spans:
        for place in _UNNAMED.finditer(cable.body.text, *span):
            sentence = sentences.sentence(place.start())
            if sentence is not None and len(unnamed) < MOST_SENTENCES:
                unnamed[sentence] = None
    return tuple(unnamed)


class _Sentences:
    """The sentences of one cable; their ends are found once for each part."""

    def __init__(self, cable: Cable) -> None:
        self._text = Reading(cable.body.text).without_breaks
        paragraphs = cable.body.paragraphs
        self.spans: Sequence[Span] = [paragraph.span for paragraph in paragraphs]
        """The paragraphs; for a text without any, all below its REF lines."""
        self._labels: Sequence[str | None] = [paragraph.label for paragraph in paragraphs]
        if not paragraphs:
            lines = (ref for ref in cable.references if ref.source == "REF line")
            lines_end = max((ref.span[1] for ref in lines if ref.span), default=0)
            self.spans, self._labels = [(lines_end, len(self._text))], [None]
        self._starts = [start for start, _ in self.spans]
        self._of = -1
        self._ends: Sequence[int] = ()

    def sentence(self, place: int) -> Sentence | None:
        """Return the sentence around a character of the body; None outside of all parts."""
        index = bisect_right(self._starts, place) - 1
        if index < 0 or place >= self.spans[index][1]:
            return None
        start, end = self.spans[index]
        if index != self._of:
            self._of = index
            self._ends = [match.end() for match in _END.finditer(self._text[start:end])]
        text = _cut(self._text, (start, end), place - start, self._ends)
        # Only the number in front is the paragraph's: `by 61 to 7. End summary` has one of its own.
        label_match = _LABEL.match(text)
        return Sentence(self._labels[index], text[label_match.end() :] if label_match else text)


def _cut(text: str, span: Span, offset: int, ends: Sequence[int]) -> str:
    """Return the sentence around a character of a part with known ends of sentences.

    It is on one line, and cut if it is very long.
    """
    breaks_before = bisect_right(ends, offset)
    first_offset, last_offset = span
    start = ends[breaks_before - 1] if breaks_before else 0
    next_break = ends[breaks_before] if breaks_before < len(ends) else last_offset - first_offset
    begin, end = max(start, offset - _LONGEST // 2 + 1), min(next_break, offset + _LONGEST // 2 - 1)
    shown_words = " ".join(text[first_offset + begin : first_offset + end].split())
    # Cut between words, as far as there are any near.
    if begin > start:
        shown_words = ELLIPSIS + shown_words[shown_words.find(" ", 0, _LONGEST_WORD) + 1 :]
    if end < next_break:
        blank_at = shown_words.rfind(" ", len(shown_words) - _LONGEST_WORD)
        shown_words = (shown_words[:blank_at] if blank_at > 0 else shown_words) + ELLIPSIS
    return shown_words
