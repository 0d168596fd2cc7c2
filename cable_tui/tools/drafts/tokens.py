"""The words of a quotation and of a cable as they are compared.

Line ends, blanks, hyphens, page breaks, numbers and markings of paragraphs, letter case, accents,
the kind of quotation marks and dashes, and what the telegraph made of them, do not count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from cable_tui.base.cable import Cable, Span
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.telegram import pagebreaks
from cable_tui.telegram.comparison.alignment import merged_spans
from cable_tui.telegram.comparison.same_words import Found, whole_numbers
from cable_tui.telegram.comparison.words import numbers_in
from cable_tui.telegram.paragraph_starts import MARKING
from cable_tui.telegram.reading import Reading
from cable_tui.text import repaired
from cable_tui.text.quotes_and_figures import words_and_signs
from cable_tui.tools.voices.speaker import Spoken, spoken_at

_MARKING = pattern(rf"(?:(?<![\w.])\d{{1,3}}[a-z]?\.?[ \t]{{1,3}})?{MARKING}")
_NUMBER_FIRST = pattern(r"\s{0,20}\d{1,3}[a-z]?[.)]\s{1,9}")
_HIDDEN = "xxx"
"""The common key of every redaction: a run of three X or more."""


class Token(NamedTuple):
    """A word or a number."""

    start: int
    end: int
    key: str
    begins: bool = False
    """Whether it is the first word of a paragraph."""


def tokens_of(text: str, skipped: Iterable[Span] = (), begins: Sequence[int] = ()) -> list[Token]:
    """Return the words of a text in order; those that begin in a skipped span are left out.

    A number keeps its zeros and its decimals: `12.05` is not `12.5`; its minus or `<` belongs to
    it, and a range is one word: `10-15`. A row of redactions is one word, unless a paragraph
    `begins` in it.
    """
    keyed_words = [(*word[:2], _key(text, *word)) for word in words_and_signs(text)]
    text_tokens: list[Token] = []
    for start, end, key in whole_numbers(text, _without(keyed_words, skipped)):
        last_token = text_tokens[-1] if text_tokens else None
        if (
            last_token
            and key == last_token.key == _HIDDEN
            and bisect_right(begins, last_token.end) == bisect_right(begins, start)
        ):
            text_tokens[-1] = last_token._replace(end=end)
        else:
            text_tokens.append(Token(start, end, key))
    return text_tokens


def _key(text: str, start: int, end: int, key: str) -> str:
    if key[0].isdigit():
        return text[start:end].casefold()
    return _HIDDEN if len(key) >= len(_HIDDEN) and not key.strip("x") else key


def _without(keyed: Sequence[Found], skipped: Iterable[Span]) -> Iterator[Found]:
    spans = sorted(skipped)
    token_index = 0
    for word in keyed:
        while token_index < len(spans) and spans[token_index][1] <= word[0]:
            token_index += 1
        if token_index == len(spans) or word[0] < spans[token_index][0]:
            yield word


class TokenRow:
    """Words in a row, and the same as one string for searching."""

    def __init__(self, tokens: Sequence[Token], text: str) -> None:
        self.tokens = tokens
        self.text = text

    def part(self, start: int, end: int) -> TokenRow:
        """Return some of them."""
        return TokenRow(self.tokens[start:end], self.text)

    def said(self, start: int, end: int) -> str:
        """Return some of the words in their spelling, on one line."""
        if start >= end:
            return ""
        return " ".join(self.text[self.tokens[start].start : self.tokens[end - 1].end].split())

    @cached_property
    def keys(self) -> list[str]:
        """The keys to compare, in order."""
        return [token.key for token in self.tokens]

    @cached_property
    def squeezed(self) -> str:
        """All keys as one string: `co-operation`, `cooperation` and `coopera-` `tion` are alike."""
        return "".join(self._pieces)

    @cached_property
    def _pieces(self) -> list[str]:
        text_pieces: list[str] = []
        for token in self.tokens:
            digits = bool(text_pieces) and text_pieces[-1][-1].isdigit() and token.key[0].isdigit()
            # Two numbers are not the number of all their digits.
            text_pieces.append(f"|{token.key}" if digits else token.key)
        return text_pieces

    @cached_property
    def starts(self) -> dict[int, int]:
        """The words by where they begin in `squeezed`."""
        begins = accumulate(map(len, self._pieces), initial=0)
        pairs = zip(begins, self._pieces, strict=False)
        return {
            offset + piece.startswith("|"): number for number, (offset, piece) in enumerate(pairs)
        }

    @cached_property
    def ends(self) -> dict[int, int]:
        """The index after each word, by where the word ends in `squeezed`."""
        return {
            offset: number for number, offset in enumerate(accumulate(map(len, self._pieces)), 1)
        }


class CableWords(Value):
    """A cable, prepared for finding quotations."""

    cable: Cable
    text: str
    """Header, an empty line, body; with the quotation marks that the telegraph had no signs for."""
    begin: int
    """Index of the first token of the body."""
    whole: TokenRow
    inside: TokenRow
    """Tokens without the lines between paragraphs, such as their headings."""
    paragraph_of: tuple[int, ...]
    """Index of the paragraph of each token of `whole`, or -1."""
    inside_at: tuple[int, ...]
    """Position in `whole` of each token of `inside`."""
    owners: tuple[str, ...]
    """Label of the numbered paragraph that each paragraph is or belongs to; or empty."""

    def owner(self, token: int) -> str:
        """Return the numbered paragraph of a token; empty for the header and the top."""
        paragraph_index = self.paragraph_of[token]
        return self.owners[paragraph_index] if paragraph_index >= 0 else ""

    def spoken(self, spans: Iterable[Span]) -> Spoken:
        """Return who speaks the tokens of some spans of `whole`; the header has no speaker."""
        tokens = (token for start, end in spans for token in self.whole.tokens[start:end])
        places = [(token.start - self.begin, token.end - self.begin) for token in tokens]
        return spoken_at(self.cable.body.text, [place for place in sorted(places) if place[0] >= 0])


def words_of(cable: Cable) -> CableWords:
    """Return the words of a cable, prepared for finding quotations."""
    body = repaired(cable.body.text)
    header = cable.header.text
    begin = len(header) + 2 if header.strip() else 0
    text = f"{header}\n\n{body}" if begin else body
    skipped = [*_page_breaks(text), *(match.span() for match in _MARKING.finditer(text))]
    skipped += numbers_in(text, cable.body.paragraphs, begin)
    begins = [begin + paragraph.span[0] for paragraph in cable.body.paragraphs]
    plain_tokens = tokens_of(text, merged_spans(skipped), begins)
    paragraph_of: list[int] = []
    span_index = 0
    spans = [paragraph.span for paragraph in cable.body.paragraphs]
    body_tokens: list[Token] = []
    for token in plain_tokens:
        token_start = token.start - begin
        while span_index < len(spans) and spans[span_index][1] <= token_start:
            span_index += 1
        is_inside = span_index < len(spans) and token_start >= spans[span_index][0]
        index = span_index if is_inside else -1
        is_first = is_inside and (not paragraph_of or paragraph_of[-1] != index)
        paragraph_of.append(index)
        body_tokens.append(token._replace(begins=is_first))
    inside_at = tuple(place for place, index in enumerate(paragraph_of) if index >= 0)
    owners: list[str] = []
    for paragraph in cable.body.paragraphs:
        owners.append(paragraph.label or (owners[-1] if owners else ""))
    return CableWords(
        cable,
        text,
        begin,
        TokenRow(body_tokens, text),
        TokenRow([body_tokens[place] for place in inside_at], text),
        tuple(paragraph_of),
        inside_at,
        tuple(owners),
    )


def _page_breaks(text: str) -> Iterator[Span]:
    """Yield the lines in a text that the transmission put between its lines."""
    reading = Reading(text)
    line_start = 0
    for line, kept_line in zip(reading.lines, reading.kept_lines(), strict=True):
        if kept_line is None:
            yield line_start, line_start + len(line)
        elif kept_line != line:
            kept_start, kept_end = pagebreaks.place(line, kept_line.strip())
            yield line_start + kept_start, line_start + kept_end
        line_start += len(line) + 1


def skipped_in_quotation(text: str) -> list[Span]:
    """Return portion markings and paragraph numbers that were copied with a text."""
    spans = [match.span() for match in _MARKING.finditer(text)]
    offset = 0
    for paragraph in text.split("\n\n"):
        if number_match := _NUMBER_FIRST.match(text, offset, offset + len(paragraph)):
            spans.append(number_match.span())
        offset += len(paragraph) + 2
    return merged_spans(spans)
