"""The words of a text in the form in which they are compared.

Line breaks, letter case, accents and punctuation make no difference. Page breaks and paragraph
numbers are in the text, but are not compared: the transmission and the copies change them. A run of
three or more X is one word, whatever it hides.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from cable_tui.base.cable import Body, Cable, Paragraph, Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.telegram.body_labels import read
from cable_tui.telegram.comparison.same_words import whole_numbers
from cable_tui.telegram.reading import Reading
from cable_tui.text import words
from cable_tui.text.quotes_and_figures import SIGNS, words_and_signs

REDACTION = "\0X"
"""The key of every redaction; no word has this key."""
HIDDEN = "[hidden]"
"""The text shown in place of masked words, regardless of their number."""
_SHORTEST = 3
"""The minimum number of letters X in a redaction."""
_TOUCHING = 6
"""The minimum number of letters X in a redaction that touches a word: `XXXXXXXXXXXXtold`
(10SHENYANG5). The page `LXXXXX` of a journal is not a redaction (08STATE93970).
"""
_SAID = pattern(
    r"\[[^\[\]]{0,80}?\bnot\s{1,9}declassified\]|\[\s{0,9}(?:name\s{1,9}|text\s{1,9})?"
    r"(?:redacted|removed|excised|withheld)\s{0,9}\]",
    re.IGNORECASE,
)
"""Redactions in words: `[name not declassified]`, `[redacted]`."""
_RUN = pattern(r"[Xx]{3,}(?:\s{1,99}[Xx]{3,}){0,999}")
_SECTION = pattern(r"\bSECTION\s{1,9}\d{1,2}\s{1,9}O[FN]\s{1,9}\d{1,2}\b")
"""The section marks of the transmission."""
_LINE = pattern(r"(?m)^(?=[ \t]{0,80}\S)")
_PARAGRAPH_NUMBER = pattern(r"\W{0,9}\d{1,3}[a-z]?\W{0,9}")


class ComparedWord(NamedTuple):
    """One word of a text."""

    start: int
    """The offset of its first character in the text."""
    end: int
    """The offset after its last character in the text."""
    key: str
    """The key with which the word is compared."""
    skipped: bool = False
    """Whether the word belongs to a page break, or numbers a paragraph or a section."""


class TextPart(NamedTuple):
    """A part of a text that is shown separately: the header, the top, a paragraph, the end."""

    name: str
    """The name: `header`, `top`, `end`, or `¶` and a paragraph's label; `¶` alone without a label.
    """
    start: int
    label: str | None = None


class ComparedText(NamedTuple):
    """A text divided into words and parts."""

    text: str
    words: tuple[ComparedWord, ...]
    """All words, including those of page breaks."""
    places: tuple[int, ...]
    """The indexes in `words` of the words that are compared."""
    parts: tuple[TextPart, ...]
    """The parts in order; the first one begins with the text."""
    part_of: tuple[int, ...]
    """For each compared word, the index of the part it belongs to."""
    fields: tuple[int, ...] = ()
    """The indexes of the compared words that begin the fields in the top, such as SUBJECT, and of
    the first word after the top.
    """

    @property
    def keys(self) -> list[str]:
        """The keys to compare, in order."""
        return [self.words[place].key for place in self.places]

    def key(self, index: int) -> str:
        """Return the key of a compared word."""
        return self.words[self.places[index]].key

    def some_keys(self, start: int, end: int) -> list[str]:
        """Return the keys of the compared words `start` to `end`.

        Indexes outside the text are ignored.
        """
        return [
            self.key(word_index) for word_index in range(max(start, 0), min(end, len(self.places)))
        ]

    def all_keys(self, start: int, end: int) -> list[str]:
        """Return the keys of the compared words, with the skipped words among and around them."""
        return [word.key for word in self._around(start, end)]

    def skips(self, start: int, end: int) -> bool:
        """Return whether there are skipped words among or around the compared words."""
        return any(word.skipped for word in self._around(start, end))

    def _around(self, start: int, end: int) -> tuple[ComparedWord, ...]:
        first_word = self.places[start - 1] + 1 if start > 0 else 0
        last_word = self.places[end] if end < len(self.places) else len(self.words)
        return self.words[first_word:last_word]

    def gap(self, index: int) -> str:
        """Return the text between words `index - 1` and `index`, with one character from each."""
        gap_start = self.words[self.places[index - 1]].end - 1 if index else 0
        gap_end = (
            self.words[self.places[index]].start + 1 if index < len(self.places) else len(self.text)
        )
        return self.text[gap_start:gap_end]

    def shown(self, start: int, end: int, hidden: Collection[int] = ()) -> str:
        """Return the compared words `start` to `end` with their punctuation, on one line.

        `HIDDEN` replaces the words at the indexes in `hidden`, once for consecutive ones.
        """
        if start == end:
            return ""
        if not hidden and self.places[end - 1] - self.places[start] == end - 1 - start:
            shown_text = self.text[self._edges(start)[0] : self._edges(end - 1)[1]]
            return " ".join(shown_text.split())
        shown_pieces: list[str] = []
        for word_index in range(start, end):
            if word_index > start and not self._glued(word_index):
                shown_pieces.append(" ")
            if word_index not in hidden:
                shown_pieces.append(self.shown_word(word_index))
            elif word_index == start or word_index - 1 not in hidden:
                shown_pieces.append(HIDDEN)
        return " ".join("".join(shown_pieces).split())

    def _glued(self, word_place: int) -> bool:
        """Return whether a word follows the previous word without a space."""
        index_before, word_index = self.places[word_place - 1 : word_place + 1]
        text_between = self.text[self.words[index_before].end : self.words[word_index].start]
        return word_index == index_before + 1 and not any(
            character.isspace() for character in text_between
        )

    def shown_word(self, index: int) -> str:
        """Return a compared word with the characters next to it or up to the next word."""
        shown_start, shown_end = self._edges(index)
        return " ".join(self.text[shown_start:shown_end].split())

    def _edges(self, word_place: int) -> Span:
        word_index = self.places[word_place]
        word_start, word_end, *_ = self.words[word_index]
        end_before = self.words[word_index - 1].end if word_index else 0
        is_last = word_index + 1 == len(self.words)
        text_after = self.text[word_end : None if is_last else self.words[word_index + 1].start]
        word_begin = word_start - _glued(self.text[end_before:word_start])
        if word_begin == end_before and word_index:
            word_begin = word_start  # signs between two words belong to the first
        if not is_last and _glued(text_after) < len(text_after):
            text_after = text_after[: len(text_after) - _glued(text_after)]
        return word_begin, word_end + len(text_after)

    def cut(self, start: int, end: int) -> ComparedText:
        """Return the compared words `start` to `end` as a separate text."""
        first_word, word_end = self.places[start], self.places[end - 1] + 1
        cut_words = self.words[first_word:word_end]
        first_offset, first_part = cut_words[0].start, self.part_of[start]
        return ComparedText(
            self.text[first_offset : cut_words[-1].end],
            tuple(
                word._replace(start=word.start - first_offset, end=word.end - first_offset)
                for word in cut_words
            ),
            tuple(place - first_word for place in self.places[start:end]),
            self.parts[first_part : self.part_of[end - 1] + 1],
            tuple(part_number - first_part for part_number in self.part_of[start:end]),
        )


def _glued(text: str) -> int:
    """Return the number of characters at the end of a text that are not followed by a space."""
    if not text or text[-1].isspace():
        return 0
    return len(text.rsplit(None, 1)[-1])


def compared(cable: Cable) -> ComparedText:
    """Return the words of the header and the body of a cable."""
    header, body = cable.header.text, cable.body.text
    body_start = len(header) + 2 if header.strip() else 0
    whole_text = f"{header}\n\n{body}" if body_start else body
    text_parts = [TextPart("header", 0)] if body_start else []
    text_of_both = _made(
        whole_text, (*text_parts, *_parts(cable, body_start)), cable.body.paragraphs, body_start
    )
    return text_of_both._replace(fields=tuple(_fields(text_of_both, body, body_start)))


def plain(text: str) -> ComparedText:
    """Return a text without parts."""
    return _made(text, (TextPart("top", 0),), (), 0)


def _fields(text: ComparedText, body: str, begin: int) -> Iterator[int]:
    """Yield the words that begin fields and captions, and the end of the top, each once."""
    top_word_count = sum(
        text.parts[part_index].name in ("header", "top") for part_index in text.part_of
    )
    top_of_body = read(body)
    label_starts = [begin + label.start for label in top_of_body.labels]
    label_starts += [
        match.start() for match in _LINE.finditer(text.text, 0, begin + top_of_body.first_label)
    ]
    word_starts = [text.words[word_place].start for word_place in text.places[:top_word_count]]
    field_indexes = {bisect_left(word_starts, label_start) for label_start in label_starts}
    yield from sorted(
        {
            *(field_index for field_index in field_indexes if field_index < top_word_count),
            top_word_count,
        }
    )


def _parts(cable: Cable, begin: int) -> Iterator[TextPart]:
    paragraphs = cable.body.paragraphs
    if not paragraphs or paragraphs[0].span[0]:
        yield TextPart("top", begin)
    text_begin = begin + _first(cable.body) if paragraphs else begin
    for paragraph in paragraphs:
        # The heading above a paragraph goes with it.
        yield TextPart(f"¶{paragraph.label or ''}", text_begin, paragraph.label)
        text_begin = begin + paragraph.span[1]
    if paragraphs and text_begin < begin + len(cable.body.text.rstrip()):
        yield TextPart("end", text_begin)


def _first(body: Body) -> int:
    """Return the start of the first paragraph, or of the heading above it."""
    first_paragraph = body.paragraphs[0]
    line = (first_paragraph.heading or "").partition("\n")[0]
    heading_start = body.text.rfind(line, 0, first_paragraph.span[0]) if line else -1
    return first_paragraph.span[0] if heading_start < 0 else heading_start


def _made(
    text: str, parts: Sequence[TextPart], paragraphs: Sequence[Paragraph], begin: int
) -> ComparedText:
    all_words_here = _words(text, numbers_in(text, paragraphs, begin))
    all_words = tuple(_with_redactions(text, _with_whole_numbers(text, all_words_here)))
    compared_places = tuple(
        word_index for word_index, word in enumerate(all_words) if not word.skipped
    )
    part_starts = [text_part.start for text_part in parts]
    part_of = [
        max(bisect_right(part_starts, all_words[place].start) - 1, 0) for place in compared_places
    ]
    return ComparedText(text, all_words, compared_places, tuple(parts), tuple(part_of))


def numbers_in(text: str, paragraphs: Sequence[Paragraph], begin: int) -> list[Span]:
    """Return the spans of the numbers of paragraphs and sections; the body begins at `begin`."""
    number_spans = [
        number_match.span()
        for paragraph in paragraphs
        if paragraph.label
        and (number_match := _PARAGRAPH_NUMBER.match(text, begin + paragraph.span[0]))
    ]
    if "SECTION" in text:
        number_spans += [match.span() for match in _SECTION.finditer(text)]
    return sorted(number_spans)


def _words(text: str, numbers: Sequence[Span]) -> Iterator[ComparedWord]:
    """Yield the words of a text; those in `numbers` and in page breaks are skipped."""
    reading = Reading(text)
    kept_lines = reading.kept_lines(captions=False)
    line_start, line_number = 0, 0
    for line, kept_line in zip(reading.lines, kept_lines, strict=True):
        words_of_line = list(_line_words(line, line_start))
        skipped_words = _left_out(line, kept_line, words_of_line)
        for word_index, word in enumerate(words_of_line):
            while line_number < len(numbers) and numbers[line_number][1] <= word.start:
                line_number += 1
            is_number = line_number < len(numbers) and numbers[line_number][0] <= word.start
            yield word._replace(skipped=True) if word_index in skipped_words or is_number else word
        line_start += len(line) + 1


def _line_words(line: str, offset: int) -> Iterator[ComparedWord]:
    for word_start, word_end, word_key in words_and_signs(line):
        yield ComparedWord(offset + word_start, offset + word_end, word_key)


def _with_whole_numbers(text: str, all_words: Iterable[ComparedWord]) -> Iterator[ComparedWord]:
    for is_skipped, words_of_both in groupby(all_words, key=lambda word: word.skipped):
        word_row = (word[:3] for word in words_of_both)
        for number_or_word in (
            word_row if is_skipped else whole_numbers(text, word_row, signs=False)
        ):
            yield ComparedWord(*number_or_word, is_skipped)


def _left_out(
    line: str, left: str | None, line_words: Sequence[ComparedWord]
) -> range | frozenset[int]:
    """Return the indexes of the words in a line's page break; `left` is the line without it."""
    if left == line:
        return frozenset()
    if left is None:
        return range(len(line_words))
    left_keys = [word_key for _, _, word_key in words(left)]
    plain_words = [
        word_index for word_index, word in enumerate(line_words) if word.key not in SIGNS
    ]
    same_count = 0
    most_words = min(len(left_keys), len(plain_words))
    while (
        same_count < most_words and line_words[plain_words[same_count]].key == left_keys[same_count]
    ):
        same_count += 1
    words_after = len(left_keys) - same_count
    middle_words = plain_words[same_count : len(plain_words) - words_after]
    return range(middle_words[0], middle_words[-1] + 1) if middle_words else frozenset()


def _with_redactions(text: str, all_words: Iterator[ComparedWord]) -> Iterator[ComparedWord]:
    """Yield the words with each run of redactions as one word."""
    redaction_spans_said = [match.span() for match in _SAID.finditer(text)] if "[" in text else []
    span_index = 0
    begun_redaction: ComparedWord | None = None
    for word in all_words:
        while (
            span_index < len(redaction_spans_said)
            and redaction_spans_said[span_index][1] <= word.start
        ):
            span_index += 1
        is_hidden = (
            span_index < len(redaction_spans_said)
            and redaction_spans_said[span_index][0] <= word.start
        )
        if not word.skipped and (is_hidden or _is_redaction(word, text)):
            redaction_start, redaction_end = (
                redaction_spans_said[span_index] if is_hidden else (word.start, word.end)
            )
            begun_redaction = (
                ComparedWord(redaction_start, redaction_end, REDACTION)
                if begun_redaction is None
                else begun_redaction._replace(end=redaction_end)
            )
            continue
        if begun_redaction is not None:
            yield begun_redaction
            begun_redaction = None
        yield word
    if begun_redaction is not None:
        yield begun_redaction


def _is_redaction(word: ComparedWord, text: str) -> bool:
    """Return whether a word is three or more capital X; lower-case x need five."""
    word_length = word.end - word.start
    if word_length < _SHORTEST or word.key.strip("x"):
        return False
    return word_length > _SHORTEST + 1 or text[word.start : word.end].isupper()


def redactions_in(text: str) -> int:
    """Return the number of redactions in a text; runs of X separated by spaces count as one."""
    # One letter first: far cheaper than three.
    if ("X" not in text or "XXX" not in text) and "[" not in text and "xxxxx" not in text:
        return 0
    return sum(1 for _ in redaction_spans(text))


def redaction_spans(text: str) -> Iterator[Span]:
    """Yield the spans of the redactions in a text."""
    found_spans = [match.span() for match in _SAID.finditer(text)]
    for run_match in _RUN.finditer(text):
        run_start, run_end = run_match.span()
        run_pieces = run_match[0].split()
        touching = (
            (text[run_start - 1 : run_start], run_pieces[0]),
            (text[run_end : run_end + 1], run_pieces[-1]),
        )
        if any(neighbour.isalnum() and len(piece) < _TOUCHING for neighbour, piece in touching):
            continue
        if "XXX" in run_match[0] or "xxxxx" in run_match[0].lower():
            found_spans.append((run_start, run_end))
    yield from sorted(found_spans)
