"""Find the sentences in which a body mentions other cables, by `Ref A`, `reftel` or an ID.

The REF lines list the cited cables; the paragraphs explain why they are cited.
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
"""Words after an `a` that is probably not the letter of a REF line: `in reftel a source said`."""
_SMALL_LETTER = pattern(r"\b[Rr]ef(?:tel)?s?\.?[ ]\(?(?:[b-h]\b|a(?:[),.;:]|[ ](?:and|&)[ ]))")
"""A letter that the author of a text writes in lower case: `(ref b)`. In such a text an `a` is also
a letter.
"""
_IN_CAPITALS = pattern(r"\s{1,4}(?!(?:AND|OR|TO|THR\w{1,4})\b)[A-Z]{2}")
_ALONE = pattern(r"(?:\b(?:per|in|to|see|of|from)\s{1,3}|\()ref\.?$|\brefs\.?$", re.IGNORECASE)
"""The context of a `ref` or `refs` without a letter, which refers to all of the REF lines."""
_BEFORE_NUMBER = 4
"""The maximum number of characters between `Ref` and a number after it: `(Ref London 1170)`."""
_UNNAMED = pattern(r"\bSEPTELS?\b|\b(?:TELE?|PHONE|PH)CONS?\b", re.IGNORECASE)
"""References in a text that have no number to look up."""
_END = pattern(r"(?:(?<=[a-z0-9)\"”%]{2})|(?<=[A-Z]{3}))[.!?][\"”')]{0,2}(?=\s)")
"""The end of a sentence, but not after `Mr.`, `U.S.` or a paragraph number."""
_LABEL = pattern(r"\(?\d{1,3}[.)]\s+")
_LONGEST = 400
"""The maximum number of characters of a sentence."""
_LONGEST_WORD = 30
MOST_SENTENCES = 20
"""The maximum number of sentences to keep about one cable; a text with more is read in full."""


class SpokenReference(NamedTuple):
    """A passage of running text that mentions cables."""

    span: Span
    references: tuple[Reference, ...]


class Sentence(NamedTuple):
    """A sentence, and the paragraph that contains it."""

    paragraph: str | None
    """The label of the paragraph, or None if it has no label."""
    text: str
    """The sentence on one line, without the number of its paragraph."""


def mentions(cable: Cable) -> Iterator[SpokenReference]:
    """Yield `Ref A`, `Refs B and C`, `reftel` in the paragraphs, and every number of a cable."""
    return _spoken(cable, [paragraph.span for paragraph in cable.body.paragraphs])


def _spoken(cable: Cable, spans: Iterable[Span]) -> Iterator[SpokenReference]:
    ref_lines = [ref for ref in cable.references if ref.source == "REF line"]
    items_by_letter = _lettered(ref_lines)
    number_mentions = [
        SpokenReference(ref.span, (ref,)) for ref in cable.text_references if ref.span
    ]
    number_starts = [mention.span[0] for mention in number_mentions]
    has_small_letters = _SMALL_LETTER.search(cable.body.text) is not None
    word_mentions = (
        SpokenReference(match.span(), tuple(ref for ref in named_references if ref.kind == "cable"))
        for span in spans
        for match in _MENTION.finditer(cable.body.text, *span)
        if match["letters"] or not _names_number(match.end(), number_starts)
        for named_references in (
            _named(match, items_by_letter, ref_lines, small=has_small_letters),
        )
    )
    yield from heapq.merge(
        (reference for reference in word_mentions if reference.references), number_mentions
    )


def _lettered(ref_lines: Sequence[Reference]) -> dict[str, list[Reference]]:
    """Return the items in the REF lines by their letters, or else by their order."""
    references_by_letter: dict[str, list[Reference]] = {}
    has_letters = any(ref_line.label for ref_line in ref_lines)
    for index, ref_line in enumerate(ref_lines):
        if letter := ref_line.label if has_letters else ascii_uppercase[index : index + 1]:
            references_by_letter.setdefault(letter.upper(), []).append(ref_line)
    return references_by_letter


def _names_number(end: int, starts: Sequence[int]) -> bool:
    """Return whether the number of a cable follows, which the word before it introduces."""
    number_index = bisect_left(starts, end)
    return number_index < len(starts) and starts[number_index] - end <= _BEFORE_NUMBER


def _named(
    match: re.Match[str],
    items_by_letter: Mapping[str, list[Reference]],
    ref_lines: Sequence[Reference],
    *,
    small: bool,
) -> Iterable[Reference]:
    """Return the REF items that a word refers to: those with its letters, or all of them."""
    letters = _letters(match, items_by_letter, small=small) if match["letters"] else []
    if letters:
        return [ref for letter in letters for ref in items_by_letter.get(letter, ())]
    body_text, (word_start, word_end) = match.string, match.span()
    stands_alone = _ALONE.search(
        body_text, max(word_start - 8, 0), word_end
    ) and not body_text.startswith(":", word_end)
    return ref_lines if match["tel"] or stands_alone else ()


def _letters(
    match: re.Match[str], items_by_letter: Mapping[str, object], *, small: bool
) -> list[str]:
    """Return the letters in capitals, including those between the ends of `A-C`.

    `small` means that the text elsewhere writes the letters of REF lines in lower case, so an `a`
    is a letter.
    """
    label_letters: list[str] = []
    is_small = False
    for letter_match in _LETTER.finditer(match["letters"]):
        letter = letter_match["letter"].upper()
        if label_letters and (letter_match["letter"].islower() != is_small or letter == "A"):
            break
        is_small = letter_match["letter"].islower()
        may_follow = _ARTICLE if is_small else _IN_CAPITALS
        if (
            letter == "A"
            and not (is_small and small)
            and may_follow.match(match.string, match.start("letters") + letter_match.end())
        ):
            break
        if letter_match["range"] and label_letters:
            label_letters += sorted(
                known_letter
                for known_letter in items_by_letter
                if label_letters[-1] < known_letter < letter
            )
        label_letters.append(letter)
    return label_letters


def citing_sentences(cable: Cable) -> dict[str, tuple[Sentence, ...]]:
    """Return the sentences that mention each cable, by canonical ID, in order."""
    sentences_by_id: dict[str, dict[Sentence, None]] = {}
    sentences = _Sentences(cable)
    for mention in _spoken(cable, sentences.spans):
        sentence = sentences.sentence(mention.span[0])
        for reference in mention.references:
            if sentence is not None and reference.reference_id:
                cable_sentences = sentences_by_id.setdefault(reference.reference_id, {})
                if len(cable_sentences) < MOST_SENTENCES:
                    cable_sentences[sentence] = None
    return {
        cable_id: tuple(cable_sentences) for cable_id, cable_sentences in sentences_by_id.items()
    }


def unnamed_sentences(cable: Cable) -> tuple[Sentence, ...]:
    """Return the sentences that mention a septel or a telephone call, which have no ID."""
    sentences = _Sentences(cable)
    sentence_set: dict[Sentence, None] = {}
    for span in sentences.spans:
        for unnamed_match in _UNNAMED.finditer(cable.body.text, *span):
            sentence = sentences.sentence(unnamed_match.start())
            if sentence is not None and len(sentence_set) < MOST_SENTENCES:
                sentence_set[sentence] = None
    return tuple(sentence_set)


class _Sentences:
    """The sentences of one cable, with their ends determined once per part."""

    def __init__(self, cable: Cable) -> None:
        self._text = Reading(cable.body.text).without_breaks
        paragraphs = cable.body.paragraphs
        self.spans: Sequence[Span] = [paragraph.span for paragraph in paragraphs]
        """The spans of the paragraphs, or of everything below the REF lines if there are no
        paragraphs.
        """
        self._labels: Sequence[str | None] = [paragraph.label for paragraph in paragraphs]
        if not paragraphs:
            ref_lines = (ref for ref in cable.references if ref.source == "REF line")
            lines_end = max((ref.span[1] for ref in ref_lines if ref.span), default=0)
            self.spans, self._labels = [(lines_end, len(self._text))], [None]
        self._starts = [span_start for span_start, _ in self.spans]
        self._of = -1
        self._ends: Sequence[int] = ()

    def sentence(self, place: int) -> Sentence | None:
        """Return the sentence around a character of the body, or None outside all parts."""
        part_index = bisect_right(self._starts, place) - 1
        if part_index < 0 or place >= self.spans[part_index][1]:
            return None
        part_start, part_end = self.spans[part_index]
        if part_index != self._of:
            self._of = part_index
            self._ends = [match.end() for match in _END.finditer(self._text[part_start:part_end])]
        text = _cut(self._text, (part_start, part_end), place - part_start, self._ends)
        # Only the number in front is the paragraph's: `by 61 to 7. End summary` has one of its own.
        label_match = _LABEL.match(text)
        return Sentence(
            self._labels[part_index], text[label_match.end() :] if label_match else text
        )


def _cut(text: str, span: Span, offset: int, ends: Sequence[int]) -> str:
    """Return the sentence around a character in a part whose sentence ends are known.

    The sentence is on one line, and cut if it is very long.
    """
    breaks_before = bisect_right(ends, offset)
    first_offset, last_offset = span
    sentence_start = ends[breaks_before - 1] if breaks_before else 0
    next_break = ends[breaks_before] if breaks_before < len(ends) else last_offset - first_offset
    cut_start, cut_end = (
        max(sentence_start, offset - _LONGEST // 2 + 1),
        min(next_break, offset + _LONGEST // 2 - 1),
    )
    shown_words = " ".join(text[first_offset + cut_start : first_offset + cut_end].split())
    # Cut between words, as far as there are any near.
    if cut_start > sentence_start:
        shown_words = ELLIPSIS + shown_words[shown_words.find(" ", 0, _LONGEST_WORD) + 1 :]
    if cut_end < next_break:
        space_offset = shown_words.rfind(" ", len(shown_words) - _LONGEST_WORD)
        shown_words = (shown_words[:space_offset] if space_offset > 0 else shown_words) + ELLIPSIS
    return shown_words
