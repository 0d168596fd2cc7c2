"""The best passage of a cable for a query, read in the user's file and never stored.

If `said:` or `comment:` is asked, it comes from the sentences and comments that these find; else
it is the piece of the text below SUBJECT, TAGS and REF with most different words of the query,
nearest together. If only the lines above or the header have the words, it is that line; where
only the subject has them, it is the beginning of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cable_tui.archive.search.highlights import Highlights, merged, with_words
from cable_tui.archive.texts import TextSource, texts
from cable_tui.base.cable import RawCable, Span
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.base.value import Value, replace
from cable_tui.query.answers import Highlighting
from cable_tui.telegram.paragraphs import paragraphs
from cable_tui.telegram.reading import Reading
from cable_tui.text import ELLIPSIS, folded_words, repaired

ROOM = 160
"""Characters of a passage: two lines of the list."""
_LEAST = 60
"""Characters that are shown if there are enough: the end of a sentence alone is too short."""
_AROUND = 3 * ROOM
"""Characters on either side of a match from which a passage may be cut."""
_BLANK_LINE = pattern(r"\n[ \t]*\n")
_REPEATED = pattern(r"[ \t]*(?:SUBJ|TAGS|REF|E\.?O\.? \d)")
"""Lines that the list shows already, or that are uninformative; later sections repeat them."""
_POOR = pattern(
    r"[ \t]*(?:\d{1,2}\.[ \t]*)?(?:\([A-Z/]{1,6}\)[ \t]*)?"
    r"(?:Classified[ \t]by|Derived[ \t]from|Reasons?:|Declassify)",
    re.IGNORECASE,
)
"""Lines that are shown, with those that continue them, only if there is nothing better."""
_CONTINUED = 3
"""Lines after such a line that may belong to it."""
_NUMBERED = pattern(r"[ \t]*\d{1,3}\.[ \t]+[(\"“A-Z]")
"""The first line of a paragraph, with or without a blank line before it."""
_ENDED = pattern(r"[.?!:;][\"')”]*\Z")
_SPACED = 40
"""Letters of a line that is not a heading: if it ends within a sentence, the text below a blank
line continues it."""
_RULE = pattern(r"[-=_*~]{4,}")
_SENTENCE = pattern(
    r"(?<![.\s(][A-Z])(?<!\b(?:Mr|Ms|Dr|St|No))(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Amb))"
    r"[.?!][\"')”]? (?=[^a-z])"
)
"""The end of a sentence: not after the `U.S.` or the `Mr.` in it."""
_FOLDED = pattern("[^\x00-\x7f‘’“”–—•¶]")
"""Characters that may be letters, or be folded to some; texts without them are searched
unfolded."""
_ENDINGS = ("ing", "ed", "es", "s")
_LEAST_STEM = 4


class FoundPassage(Value):
    """A piece of a cable's text, on one line."""

    id: int
    """The cable."""
    text: str
    """Cleaned, on one line, without page-break lines; `…` shows where it was cut."""
    places: tuple[Span, ...]
    """The matches, as offsets in `text`; empty if only the subject has the words."""
    label: str | None = None
    """The label of its paragraph, in the numbering of the telegram."""
    record: int = 1
    """The number of the record that has it."""


class _Piece(NamedTuple):
    """A piece of a text that could be shown."""

    span: Span
    score: tuple[bool, int, bool, int]
    """Whether it is informative; its different words; whether more than a heading is around
    it; how near together they are."""


_NOWHERE = _Piece((0, 0), (False, 0, False, 0))


class _Hit(NamedTuple):
    """A match, and the word of the query that it matches."""

    start: int
    end: int
    key: str


def passages(
    source: TextSource,
    ids: Sequence[int],
    highlights: Highlighting,
    cancelled: Callable[[], bool],
    records: Mapping[int, int] | None = None,
) -> list[FoundPassage]:
    """Return the passages of some cables, in the order of their files.

    `records` has the numbers of records that are read in place of the shown ones.
    A cable whose file is gone or changed has none; without words the list is empty. A
    cancelled reading comes back with those that it has. Raises `CacheError`.
    """
    if not with_words(highlights):
        return []
    finder = PassageFinder(highlights)
    return [
        replace(
            finder.passage(text.raw, text.task.cable, text.task.head_end),
            record=text.task.number,
        )
        for text in texts(source, ids, cancelled, instead=records)
        if text.raw is not None
    ]


class PassageFinder:
    """Finds passages for the words of one query."""

    def __init__(self, highlights: Highlighting) -> None:
        self._highlights = with_words(highlights)
        self._within: dict[str, PassageFinder] = {}
        rows = [(row, False) for row in self._highlights.phrases] + [
            (row, True) for row in self._highlights.beginnings
        ]
        self._rows = [(row[0], _in_row(row, cut=is_cut), " ".join(row)) for row, is_cut in rows]

    def within(self, part: str) -> PassageFinder:
        """Return the finder of what is searched for in a part of a cable: see `Highlights`."""
        parts = [name for name, _ in self._highlights.parts]
        if not parts:
            return self
        part_name = part if part in parts else ""
        if part_name not in self._within:
            self._within[part_name] = PassageFinder(self._highlights.within(part_name))
        return self._within[part_name]

    def passage(self, raw: RawCable, id_: int, head_end: int) -> FoundPassage:
        """Return the best passage of a cable whose SUBJECT, TAGS and REF end there in its body."""
        if spoken := self._spoken(raw):
            return FoundPassage(id_, *spoken)
        # No page line is a place, and a phrase goes on after it.
        plain_body = Reading(raw.body).without_page_lines
        head_text, body_text = raw.body[:head_end], raw.body[head_end:]
        if place := self._place(plain_body[head_end:]):
            text, places = self._cut(body_text, *place.span)
            return FoundPassage(id_, text, places, _label(body_text, place.span[0], raw.anchors))
        plain_header = Reading(raw.header).without_page_lines
        for part, blanked_part in ((head_text, plain_body[:head_end]), (raw.header, plain_header)):
            if place := self._place(blanked_part):
                return FoundPassage(id_, *self._cut(part, *place.span))
        return FoundPassage(id_, *_beginning(body_text, raw.anchors))

    def spans(self, text: str) -> list[Span]:
        """Return every place in a text that matched, in order and without overlap.

        Words near each other are one place.
        """
        if self._highlights.near:
            return self._highlights.spans(text, whole=True)
        return merged([(hit.start, hit.end) for hit in self._hits(text)])

    def places(self, reading: Reading, begin: int) -> list[Span]:
        """Return every place in a body, from `begin` on, that matched."""
        plain_body = reading.without_page_lines
        spans = [(begin + start, begin + end) for start, end in self.spans(plain_body[begin:])]
        return merged([*spans, *self._highlights.spoken_places(reading.text)])

    def _spoken(self, raw: RawCable) -> tuple[str, tuple[Span, ...], str | None] | None:
        """Return the best passage of a report or comment, with the label of its paragraph."""
        best_piece: tuple[_Piece, Span, Highlights] | None = None
        for span, asked_words in self._highlights.spoken(raw.body):
            text = raw.body[slice(*span)]
            place = _nearest(text, PassageFinder(asked_words)._hits(text)) or _NOWHERE
            if best_piece is None or place.score > best_piece[0].score:
                best_piece = place, span, asked_words
        if best_piece is None:
            return None
        place, span, asked_words = best_piece
        text, places = PassageFinder(asked_words)._cut(raw.body[slice(*span)], *place.span)
        all_spans = merged([*places, *self._highlights.spans(text)])
        return text, tuple(all_spans), _label(raw.body, span[0] + place.span[0], raw.anchors)

    def _place(self, text: str) -> _Piece | None:
        return _nearest(text, self._hits(text))

    def _hits(self, text: str) -> list[_Hit]:
        if not self._highlights.near and _FOLDED.search(text) is None:
            readings = {text, repaired(text)}
            hits = {hit for reading in readings for hit in self._plain_hits(reading.lower())}
            if hits:
                return sorted(hits)
        return self._highlighted_hits(text)

    def _plain_hits(self, text: str) -> Iterator[_Hit]:
        """Yield the matches in plain lower-case letters, much quicker than word by word."""
        for word in self._highlights.words:
            for start, word_start in _begun(text, word):
                if not text[word_start + len(word) : word_start + len(word) + 1].isalnum():
                    yield _Hit(start, word_start + len(word), _stem(word))
        for prefix in self._highlights.prefixes:
            for start, word_start in _begun(text, prefix):
                yield _Hit(start, _word_end(text, word_start + len(prefix)), prefix)
        for first_word, word_row, word_key in self._rows:
            for start, word_start in _begun(text, first_word):
                if row_match := word_row.match(text, word_start):
                    yield _Hit(start, row_match.end(), word_key)

    def _highlighted_hits(self, text: str) -> list[_Hit]:
        return [
            _Hit(start, end, self._key(text[start:end]))
            for start, end in self._highlights.spans(text)
        ]

    def _key(self, text: str) -> str:
        word = " ".join(folded_words(text))
        return next(filter(word.startswith, self._highlights.prefixes), _stem(word))

    def _cut(self, text: str, start: int, end: int) -> tuple[str, tuple[Span, ...]]:
        """Return the passage around a place, and what matched in it."""
        cut_start, cut_end = max(start - _AROUND, 0), end + _AROUND
        cut_start = text.rfind("\n", 0, cut_start) + 1
        blocks = list(_blocks(text[cut_start:cut_end]))
        nearest_pieces = [
            (_nearest(block, self._highlighted_hits(block)), block) for block in blocks
        ]
        places = [(place, block) for place, block in nearest_pieces if place]
        if not places:  # the words stood in a page-break line only
            return _shortened("".join(blocks[:1]), (0, 0)), ()
        best_piece, best_block = max(places, key=lambda place_in_block: place_in_block[0].score)
        passage = _shortened(best_block, best_piece.span)
        return passage, tuple(self._highlights.spans(passage))


def _nearest(text: str, hits: list[_Hit]) -> _Piece | None:
    """Return the first of the smallest pieces in a paragraph with most different keys."""
    best_piece: _Piece | None = None
    counts: Counter[str] = Counter()
    first_index = 0
    for last_index, hit in enumerate(hits):
        if last_index and _BLANK_LINE.search(text, hits[last_index - 1].end, hit.start):
            first_index = last_index
            counts.clear()
        counts[hit.key] += 1
        while first_index < last_index and (
            hit.end - hits[first_index].start > ROOM or counts[hits[first_index].key] > 1
        ):
            counts[hits[first_index].key] -= 1
            if not counts[hits[first_index].key]:
                del counts[hits[first_index].key]
            first_index += 1
        window = hits[first_index].start, hit.end
        score = True, len(counts), True, window[0] - window[1]
        if best_piece is None or score > best_piece.score:
            line = text.rfind("\n", 0, window[0]) + 1
            score = not _is_poor(text, line), len(counts), not _is_short(text, window), score[-1]
            if not _REPEATED.match(text, line) and (best_piece is None or score > best_piece.score):
                best_piece = _Piece(window, score)
    return best_piece


def _is_short(text: str, span: Span) -> bool:
    """Return whether a match is in a piece of few letters, such as a heading or a caption."""
    start, end = max(span[0] - _LEAST, 0), min(span[1] + _LEAST, len(text))
    blank_lines_before = list(_BLANK_LINE.finditer(text, start, span[0]))
    blank_line_after = _BLANK_LINE.search(text, span[1], end)
    first = blank_lines_before[-1].end() if blank_lines_before else start
    last = blank_line_after.start() if blank_line_after else end
    return last - first < _LEAST


def _is_poor(text: str, line: int) -> bool:
    """Return whether a line names the classifying officer, or continues such a line."""
    for _ in range(_CONTINUED):
        if _POOR.match(text, line):
            return True
        line_above = text.rfind("\n", 0, max(line - 1, 0)) + 1
        if not line or not text[line_above:line].strip() or _NUMBERED.match(text, line):
            return False
        line = line_above
    return False


def _begun(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where words with a beginning start in a text of plain letters, and the beginning.

    The zeros before a number belong to the word, but queries do not contain them.
    """
    is_number = word.isdigit()
    offset = text.find(word)
    while offset >= 0:
        start = offset
        while is_number and start and text[start - 1] == "0":
            start -= 1
        is_whole_word = start == offset or text[offset : _word_end(text, offset)].isdigit()
        if is_whole_word and (not start or not text[start - 1].isalnum()):
            yield start, offset
        offset = text.find(word, offset + len(word))


def _word_end(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isalnum():
        offset += 1
    return offset


def _in_row(row: Sequence[str], *, cut: bool) -> Pattern[str]:
    """Return a pattern for a run of words in plain letters; with `cut` the last one is a prefix."""
    end = "[a-z0-9]*" if cut else "(?![a-z0-9])"
    zeros = "(?:0*(?=[0-9]+(?![a-z0-9])))?"  # before a number they are nothing
    word_patterns = [f"{zeros if word.isdigit() else ''}{re.escape(word)}" for word in row]
    word_patterns[0] = re.escape(row[0])  # where that begins is known
    return pattern("[^a-z0-9]+".join(word_patterns) + end)


def _stem(word: str) -> str:
    """Return the common part of a word's regular forms, exact enough to count different words."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word.removesuffix(ending)
    return word


def _blocks(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text, each on one line, without page breaks and rules.

    The line with the classifying officer is a separate block. A sentence that a blank line divides
    stays in one block.
    """
    pending_block = ""
    for block in _pieces(text):
        if pending_block and not _goes_on(pending_block, block):
            yield pending_block
            pending_block = ""
        pending_block = f"{pending_block} {block}" if pending_block else block
    if pending_block:
        yield pending_block


def _goes_on(before: str, after: str) -> bool:
    """Return whether a sentence continues below a blank line."""
    if _POOR.match(before) or _POOR.match(after) or _ENDED.search(before):
        return False
    return after[0].islower() or (len(before) >= _SPACED and not _NUMBERED.match(after))


def _pieces(text: str) -> Iterator[str]:
    """Yield the text between blank lines and before the first lines of paragraphs."""
    block_lines: list[str] = []
    for line in (*Reading(text).kept_lines(), ""):
        if line is None:
            continue
        begins = not line.strip() or _NUMBERED.match(line) or _POOR.match(line)
        if begins and (piece := " ".join(_RULE.sub(" ", " ".join(block_lines)).split())):
            yield piece
        if begins:
            block_lines = []
        block_lines.append(line)


def _shortened(block: str, span: Span) -> str:
    """Cut a block of one line to the length of a passage, around a match and between words."""
    if len(block) <= ROOM:
        return block
    cells_left = ROOM - 2 * len(ELLIPSIS)
    start = _left(block, span[0] - max(cells_left - (span[1] - span[0]), 0) // 2, span[0])
    end = _right(block, start, span, cells_left)
    if end == len(block):  # the room that is left over goes to the text before
        start = _left(block, end - cells_left, span[0])
    ellipsis_before, ellipsis_after = (
        ELLIPSIS if start else "",
        ELLIPSIS if end < len(block) else "",
    )
    return f"{ellipsis_before}{block[start:end].strip()}{ellipsis_after}"


def _left(block: str, least: int, most: int) -> int:
    """Return where a passage begins: with the block, a sentence, or else a word."""
    if least <= 0:
        return 0
    # A sentence, but no small rest of one if more has room.
    if sentence := _SENTENCE.search(block, least, min(most, least + ROOM - _LEAST)):
        return sentence.end()
    blank_at = block.find(" ", least, most)
    return blank_at + 1 if blank_at >= 0 else most


def _right(block: str, start: int, span: Span, room: int) -> int:
    end = min(start + room, len(block))
    if end == len(block):
        return end
    blank_at = block.rfind(" ", max(span[1], start), end + 1)
    return blank_at if blank_at > start else end


def _label(body: str, start: int, anchors: tuple[str, ...] | None) -> str | None:
    """Return the label of the paragraph that holds a place."""
    line_end = body.find("\n", start)
    paragraphs_before = paragraphs(body, 0, len(body) if line_end < 0 else line_end, anchors)
    return paragraphs_before[-1].label if paragraphs_before else None


def _beginning(
    body: str, anchors: tuple[str, ...] | None
) -> tuple[str, tuple[Span, ...], str | None]:
    """Return the first numbered paragraph of a text, or else the first informative block."""
    end = body.find("\n", 2 * _AROUND)
    body = body if end < 0 else body[:end]
    first_paragraphs = paragraphs(body, 0, len(body), anchors)
    if numbered_paragraph := next(
        (paragraph for paragraph in first_paragraphs if paragraph.label is not None), None
    ):
        body = body[numbered_paragraph.span[0] :]
    useful_paragraphs = (
        block for block in _blocks(body) if not (_POOR.match(block) or _REPEATED.match(block))
    )
    return (
        _shortened(next(useful_paragraphs, ""), (0, 0)),
        (),
        numbered_paragraph.label if numbered_paragraph else None,
    )
