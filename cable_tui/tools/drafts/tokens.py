"""The words of a quotation and of a cable in the form in which they are compared.

Line breaks, spaces, hyphens, page breaks, paragraph numbers and markings, letter case, accents, the
form of quotation marks and dashes, and their substitutes in telegrams make no difference.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, count
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
from cable_tui.text.quotes_and_figures import GLUED, words_and_signs
from cable_tui.tools.voices.speaker import Spoken, spoken_at

_MARKING = pattern(MARKING)
_NUMBER_BEFORE = pattern(r"(?<![\w.])\d{1,3}[a-z]?\.?[ \t]{1,3}\Z")
_LONGEST_NUMBER = 8
_NUMBER_FIRST = pattern(r"\s{0,20}\d{1,3}[a-z]?[.)]\s{1,9}")
_HIDDEN = "xxx"
"""The common key of all redactions: a run of at least three X."""


class Token(NamedTuple):
    """A word or a number with its position in a text."""

    start: int
    end: int
    key: str
    begins: bool = False
    """Whether the token is the first word of a paragraph."""


def tokens_of(text: str, skipped: Iterable[Span] = (), begins: Sequence[int] = ()) -> list[Token]:
    """Return the tokens of a text in order, except tokens that begin in a skipped span.

    A number keeps its zeros and its decimals: `12.05` differs from `12.5`. A minus sign or `<`
    belongs to its number, and a range such as `10-15` is one token. A run of redactions is one
    token, unless one of the paragraph starts in `begins` falls within it.
    """
    found = words_and_signs(text)
    for start, end in sorted(skipped, reverse=True):
        del found[bisect_left(found, (start,)) : bisect_left(found, (end,))]
    text_tokens: list[Token] = []
    others: list[Found] = []
    """Neighboring words that may have to be joined; most words need only be copied."""
    for word in found:
        key = word[2]
        if not key.isalpha() or key[:3] == _HIDDEN or (others and others[-1][2] in GLUED):
            others.append(word)
            continue
        if others:
            text_tokens += _joined(text, others, begins)
            others = []
        text_tokens.append(Token(*word))
    return text_tokens + _joined(text, others, begins)


def _joined(text: str, found: Sequence[Found], begins: Sequence[int]) -> list[Token]:
    """Return the tokens of words of which some are figures, symbols or redactions."""
    joined_tokens: list[Token] = []
    keyed_words = [(start, end, _key(text, start, end, key)) for start, end, key in found]
    for start, end, word_key in whole_numbers(text, keyed_words):
        last_token = joined_tokens[-1] if joined_tokens else None
        if (
            last_token
            and word_key == last_token.key == _HIDDEN
            and bisect_right(begins, last_token.end) == bisect_right(begins, start)
        ):
            joined_tokens[-1] = last_token._replace(end=end)
        else:
            joined_tokens.append(Token(start, end, word_key))
    return joined_tokens


def _key(text: str, start: int, end: int, word_key: str) -> str:
    if word_key[0].isdigit():
        return text[start:end].casefold()
    return _HIDDEN if len(word_key) >= len(_HIDDEN) and not word_key.strip("x") else word_key


class TokenRow:
    """A sequence of tokens, also available as one string for searching."""

    def __init__(self, tokens: Sequence[Token], text: str) -> None:
        self.tokens = tokens
        self.text = text

    def part(self, start: int, end: int) -> TokenRow:
        """Return the tokens from `start` to `end` as a new row."""
        return TokenRow(self.tokens[start:end], self.text)

    def said(self, start: int, end: int) -> str:
        """Return the text from token `start` to token `end`, on one line."""
        if start >= end:
            return ""
        return " ".join(self.text[self.tokens[start].start : self.tokens[end - 1].end].split())

    @cached_property
    def keys(self) -> list[str]:
        """The comparison keys of the tokens, in order."""
        return [token.key for token in self.tokens]

    @cached_property
    def squeezed(self) -> str:
        """All keys as one string, equal for `co-operation`, `cooperation` and `coopera-` `tion`."""
        return "".join(self._pieces)

    @cached_property
    def _pieces(self) -> list[str]:
        key_pieces: list[str] = []
        for token in self.tokens:
            joins_digits = (
                bool(key_pieces) and key_pieces[-1][-1].isdigit() and token.key[0].isdigit()
            )
            # Two numbers are not the number of all their digits.
            key_pieces.append(f"|{token.key}" if joins_digits else token.key)
        return key_pieces

    @cached_property
    def starts(self) -> dict[int, int]:
        """The index of each token, keyed by the offset of its start in `squeezed`."""
        offsets = (
            end - len(piece.lstrip("|")) for end, piece in zip(self.ends, self._pieces, strict=True)
        )
        return dict(zip(offsets, count(), strict=False))

    @cached_property
    def ends(self) -> dict[int, int]:
        """The index after each token, keyed by the offset of its end in `squeezed`."""
        return dict(zip(accumulate(map(len, self._pieces)), count(1), strict=False))


class CableWords(Value):
    """A cable prepared for locating quotations."""

    cable: Cable
    text: str
    """The header, an empty line and the body, with the quotation marks that were lost in
    transmission.
    """
    begin: int
    """The offset of the body in `text`."""
    whole: TokenRow
    inside: TokenRow
    """The tokens without the lines between paragraphs, such as headings."""
    paragraph_of: tuple[int, ...]
    """The paragraph index of each token of `whole`, or -1 outside all paragraphs."""
    inside_at: tuple[int, ...]
    """The index in `whole` of each token of `inside`."""
    owners: tuple[str, ...]
    """For each paragraph, the label of the numbered paragraph that it is or belongs to, or an empty
    string.
    """

    def owner(self, token: int) -> str:
        """Return the numbered paragraph of a token; an empty string for the header and the top."""
        paragraph_index = self.paragraph_of[token]
        return self.owners[paragraph_index] if paragraph_index >= 0 else ""

    def spoken(self, spans: Iterable[Span]) -> Spoken:
        """Return the speaker of the tokens in the given spans of `whole`.

        The header has no speaker.
        """
        tokens = (token for start, end in spans for token in self.whole.tokens[start:end])
        body_spans = [(token.start - self.begin, token.end - self.begin) for token in tokens]
        return spoken_at(
            self.cable.body.text,
            [body_span for body_span in sorted(body_spans) if body_span[0] >= 0],
        )


def words_of(cable: Cable) -> CableWords:
    """Return the words of a cable, prepared for locating quotations."""
    body = repaired(cable.body.text)
    header = cable.header.text
    body_start = len(header) + 2 if header.strip() else 0
    text = f"{header}\n\n{body}" if body_start else body
    skipped_spans = [*_page_breaks(text), *_markings(text)]
    skipped_spans += numbers_in(text, cable.body.paragraphs, body_start)
    paragraph_starts = [body_start + paragraph.span[0] for paragraph in cable.body.paragraphs]
    tokens = tokens_of(text, merged_spans(skipped_spans), paragraph_starts)
    token_starts = [token.start for token in tokens]
    paragraph_of = [-1] * len(tokens)
    end_index = 0
    for paragraph_index, paragraph in enumerate(cable.body.paragraphs):
        start, end = (body_start + offset for offset in paragraph.span)
        start_index = bisect_left(token_starts, start, end_index)
        end_index = bisect_left(token_starts, end, start_index)
        paragraph_of[start_index:end_index] = [paragraph_index] * (end_index - start_index)
        if start_index < end_index:
            tokens[start_index] = tokens[start_index]._replace(begins=True)
    inside_at = tuple(
        token_index
        for token_index, paragraph_index in enumerate(paragraph_of)
        if paragraph_index >= 0
    )
    owners: list[str] = []
    for paragraph in cable.body.paragraphs:
        owners.append(paragraph.label or (owners[-1] if owners else ""))
    return CableWords(
        cable,
        text,
        body_start,
        TokenRow(tokens, text),
        TokenRow([tokens[token_index] for token_index in inside_at], text),
        tuple(paragraph_of),
        inside_at,
        tuple(owners),
    )


def _page_breaks(text: str) -> Iterator[Span]:
    """Yield the spans of lines that the transmission inserted into a text."""
    reading = Reading(text)
    line_start = 0
    for line, kept_line in zip(reading.lines, reading.kept_lines(), strict=True):
        if kept_line is None:
            yield line_start, line_start + len(line)
        elif kept_line != line:
            kept_start, kept_end = pagebreaks.place(line, kept_line.strip())
            yield line_start + kept_start, line_start + kept_end
        line_start += len(line) + 1


def _markings(text: str) -> Iterator[Span]:
    """Yield the spans of portion markings, with paragraph numbers directly before them."""
    for match in _MARKING.finditer(text):
        start = match.start()
        number = _NUMBER_BEFORE.search(text, max(start - _LONGEST_NUMBER, 0), start)
        yield number.start() if number else start, match.end()


def skipped_in_quotation(text: str) -> list[Span]:
    """Return the spans of portion markings and paragraph numbers that were copied with a text."""
    spans = list(_markings(text))
    offset = 0
    for paragraph in text.split("\n\n"):
        if number_match := _NUMBER_FIRST.match(text, offset, offset + len(paragraph)):
            spans.append(number_match.span())
        offset += len(paragraph) + 2
    return merged_spans(spans)
