"""The best passage of a cable for a query, read from the user's file and never stored.

If the query has `said:` or `comment:`, the passage is from the sentences and comments that match.
Otherwise it is the piece of the text below SUBJECT, TAGS and REF with the most different query
words, nearest together. If only the lines above or the header contain the words, the passage is
that line; if only the subject does, it is the beginning of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from cable_tui.archive.search.highlights import Highlights, merged, with_words
from cable_tui.archive.texts import TextSource, texts
from cable_tui.base.cable import RawCable, Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.base.value import Value, replace
from cable_tui.query.answers import Highlighting
from cable_tui.telegram.paragraphs import paragraphs
from cable_tui.telegram.reading import Reading
from cable_tui.text import ELLIPSIS, folded_words, repaired

ROOM = 160
"""The length of a passage in characters: two lines of the list."""
_LEAST = 60
"""The minimum length, in characters, of a passage if the text has enough: the end of a sentence
alone is too short.
"""
_AROUND = 3 * ROOM
"""The number of characters on each side of a match within which a passage may be cut."""
_BLANK_LINE = pattern(r"\n[ \t]*\n")
_REPEATED = pattern(r"[ \t]*(?:SUBJ|TAGS|REF|E\.?O\.? \d)")
"""Lines that the list already shows, or that are uninformative; later sections repeat them."""
_POOR = pattern(
    r"[ \t]*(?:\d{1,2}\.[ \t]*)?(?:\([A-Z/]{1,6}\)[ \t]*)?"
    r"(?:Classified[ \t]by|Derived[ \t]from|Reasons?:|Declassify)",
    re.IGNORECASE,
)
"""Lines that are shown, with their continuations, only if nothing better is found."""
_CONTINUED = 3
"""The number of lines after an uninformative line that may continue it."""
_NUMBERED = pattern(r"[ \t]*\d{1,3}\.[ \t]+[(\"“A-Z]")
"""The first line of a paragraph, with or without a blank line above it."""
_ENDED = pattern(r"[.?!:;][\"')”]*\Z")
_SPACED = 40
"""The minimum length, in characters, of a line that is not a heading: if it ends within a sentence,
the text below a blank line continues the sentence.
"""
_RULE = pattern(r"[-=_*~]{4,}")
_SENTENCE = pattern(
    r"(?<![.\s(][A-Z])(?<!\b(?:Mr|Ms|Dr|St|No))(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Amb))"
    r"[.?!][\"')”]? (?=[^a-z])"
)
"""The end of a sentence, but not after an abbreviation such as `U.S.` or `Mr.`."""
_FOLDED = pattern("[^\x00-\x7f‘’“”–—•¶]")
"""Characters that may be letters, or be folded to letters; texts without them are searched
unfolded.
"""
_ENDINGS = ("ing", "ed", "es", "s")
_LEAST_STEM = 4


class FoundPassage(Value):
    """A piece of a cable's text, on one line."""

    id: int
    """The id of the cable."""
    text: str
    """The text, cleaned, on one line and without page-break lines; `…` marks a cut."""
    places: tuple[Span, ...]
    """The matches, as offsets in `text`; empty if only the subject contains the words."""
    label: str | None = None
    """The label of the passage's paragraph, in the numbering of the telegram."""
    record: int = 1
    """The number of the record that contains the passage."""


class _Piece(NamedTuple):
    """A piece of a text that could be shown."""

    span: Span
    score: tuple[bool, int, bool, int]
    """Whether the piece is informative, its number of different words, whether there is more than a
    heading around it, and how close together the words are.
    """


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
    """Return the passages of cables, in the order of their files.

    `records` contains the numbers of records that are read instead of the displayed records. A
    cable whose file is gone or changed has no passage; without words the list is empty. A cancelled
    call returns the passages read until then. Raises `CacheError`.
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
        phrases = [(phrase, False) for phrase in self._highlights.phrases] + [
            (phrase, True) for phrase in self._highlights.beginnings
        ]
        self._rows = [
            (phrase[0], _in_row(phrase, cut=is_prefix), " ".join(phrase))
            for phrase, is_prefix in phrases
        ]

    def within(self, part: str) -> PassageFinder:
        """Return the finder for one part of a cable: see `Highlights.parts`."""
        part_names = [name for name, _ in self._highlights.parts]
        if not part_names:
            return self
        part_name = part if part in part_names else ""
        if part_name not in self._within:
            self._within[part_name] = PassageFinder(self._highlights.within(part_name))
        return self._within[part_name]

    def passage(self, raw: RawCable, id_: int, head_end: int) -> FoundPassage:
        """Return the best passage of a cable; `head_end` is the end of SUBJECT, TAGS and REF."""
        if spoken_passage := self._spoken(raw):
            return FoundPassage(id_, *spoken_passage)
        # No page line is a place, and a phrase goes on after it.
        plain_body = Reading(raw.body).without_page_lines
        head_text, body_text = raw.body[:head_end], raw.body[head_end:]
        if best_piece := self._place(plain_body[head_end:]):
            passage_text, match_spans = self._cut(body_text, *best_piece.span)
            return FoundPassage(
                id_, passage_text, match_spans, _label(body_text, best_piece.span[0], raw.anchors)
            )
        plain_header = Reading(raw.header).without_page_lines
        for part_text, blanked_part in (
            (head_text, plain_body[:head_end]),
            (raw.header, plain_header),
        ):
            if best_piece := self._place(blanked_part):
                return FoundPassage(id_, *self._cut(part_text, *best_piece.span))
        return FoundPassage(id_, *_beginning(body_text, raw.anchors))

    def spans(self, text: str) -> list[Span]:
        """Return the spans in a text that matched, in order and without overlap.

        Words near each other form one span.
        """
        if self._highlights.near:
            return self._highlights.spans(text, whole=True)
        return merged([(hit.start, hit.end) for hit in self._hits(text)])

    def places(self, reading: Reading, begin: int) -> list[Span]:
        """Return the spans in a body, from `begin`, that matched."""
        plain_body = reading.without_page_lines
        hit_spans = [
            (begin + hit_start, begin + hit_end)
            for hit_start, hit_end in self.spans(plain_body[begin:])
        ]
        return merged([*hit_spans, *self._highlights.spoken_places(reading.text)])

    def _spoken(self, raw: RawCable) -> tuple[str, tuple[Span, ...], str | None] | None:
        """Return the best passage of a report or comment, with the label of its paragraph."""
        best_piece: tuple[_Piece, Span, Highlights] | None = None
        for span, asked_words in self._highlights.spoken(raw.body):
            sentence = raw.body[slice(*span)]
            nearest_piece = (
                _nearest(sentence, PassageFinder(asked_words)._hits(sentence)) or _NOWHERE
            )
            if best_piece is None or nearest_piece.score > best_piece[0].score:
                best_piece = nearest_piece, span, asked_words
        if best_piece is None:
            return None
        nearest_piece, span, asked_words = best_piece
        sentence, match_spans = PassageFinder(asked_words)._cut(
            raw.body[slice(*span)], *nearest_piece.span
        )
        all_spans = merged([*match_spans, *self._highlights.spans(sentence)])
        return (
            sentence,
            tuple(all_spans),
            _label(raw.body, span[0] + nearest_piece.span[0], raw.anchors),
        )

    def _place(self, text: str) -> _Piece | None:
        return _nearest(text, self._hits(text))

    def _hits(self, text: str) -> list[_Hit]:
        if not self._highlights.near and _FOLDED.search(text) is None:
            text_readings = {text, repaired(text)}
            found_hits = {
                hit for reading in text_readings for hit in self._plain_hits(reading.lower())
            }
            if found_hits:
                return sorted(found_hits)
        return self._highlighted_hits(text)

    def _plain_hits(self, text: str) -> Iterator[_Hit]:
        """Yield the matches in plain lower-case letters, which is much faster than word by word."""
        for word in self._highlights.words:
            for hit_start, word_start in _begun(text, word):
                if not text[word_start + len(word) : word_start + len(word) + 1].isalnum():
                    yield _Hit(hit_start, word_start + len(word), _stem(word))
        for prefix in self._highlights.prefixes:
            for hit_start, word_start in _begun(text, prefix):
                yield _Hit(hit_start, _word_end(text, word_start + len(prefix)), prefix)
        for first_word, word_row, word_key in self._rows:
            for hit_start, word_start in _begun(text, first_word):
                if row_match := word_row.match(text, word_start):
                    yield _Hit(hit_start, row_match.end(), word_key)

    def _highlighted_hits(self, text: str) -> list[_Hit]:
        return [
            _Hit(hit_start, hit_end, self._key(text[hit_start:hit_end]))
            for hit_start, hit_end in self._highlights.spans(text)
        ]

    def _key(self, text: str) -> str:
        word = " ".join(folded_words(text))
        return next(filter(word.startswith, self._highlights.prefixes), _stem(word))

    def _cut(self, text: str, start: int, end: int) -> tuple[str, tuple[Span, ...]]:
        """Return the passage around a span, and the matches in it."""
        cut_start, cut_end = max(start - _AROUND, 0), end + _AROUND
        cut_start = text.rfind("\n", 0, cut_start) + 1
        text_blocks = list(_blocks(text[cut_start:cut_end]))
        nearest_pieces = [(self._place(text_block), text_block) for text_block in text_blocks]
        pieces_in_blocks = [(piece, text_block) for piece, text_block in nearest_pieces if piece]
        if not pieces_in_blocks:  # the words stood in a page-break line only
            return _shortened("".join(text_blocks[:1]), (0, 0)), ()
        best_piece, best_block = max(
            pieces_in_blocks, key=lambda place_in_block: place_in_block[0].score
        )
        passage = _shortened(best_block, best_piece.span)
        return passage, tuple(self._highlights.spans(passage))


def _nearest(text: str, hits: list[_Hit]) -> _Piece | None:
    """Return the first of the smallest pieces in a paragraph with the most different words."""
    best_piece: _Piece | None = None
    count_by_word: Counter[str] = Counter()
    first_index = 0
    for last_index, hit in enumerate(hits):
        if last_index and _BLANK_LINE.search(text, hits[last_index - 1].end, hit.start):
            first_index = last_index
            count_by_word.clear()
        count_by_word[hit.key] += 1
        while first_index < last_index and (
            hit.end - hits[first_index].start > ROOM or count_by_word[hits[first_index].key] > 1
        ):
            count_by_word[hits[first_index].key] -= 1
            if not count_by_word[hits[first_index].key]:
                del count_by_word[hits[first_index].key]
            first_index += 1
        window = hits[first_index].start, hit.end
        score = True, len(count_by_word), True, window[0] - window[1]
        if best_piece is None or score > best_piece.score:
            line = text.rfind("\n", 0, window[0]) + 1
            score = (
                not _is_poor(text, line),
                len(count_by_word),
                not _is_short(text, window),
                score[-1],
            )
            if not _REPEATED.match(text, line) and (best_piece is None or score > best_piece.score):
                best_piece = _Piece(window, score)
    return best_piece


def _is_short(text: str, span: Span) -> bool:
    """Return whether a match is in a piece of few letters, such as a heading or a caption."""
    nearby_start, nearby_end = max(span[0] - _LEAST, 0), min(span[1] + _LEAST, len(text))
    blank_lines_before = list(_BLANK_LINE.finditer(text, nearby_start, span[0]))
    blank_line_after = _BLANK_LINE.search(text, span[1], nearby_end)
    piece_start = blank_lines_before[-1].end() if blank_lines_before else nearby_start
    piece_end = blank_line_after.start() if blank_line_after else nearby_end
    return piece_end - piece_start < _LEAST


def _is_poor(text: str, line_start: int) -> bool:
    """Return whether a line names the classifying officer, or continues such a line."""
    for _ in range(_CONTINUED):
        if _POOR.match(text, line_start):
            return True
        line_above = text.rfind("\n", 0, max(line_start - 1, 0)) + 1
        if (
            not line_start
            or not text[line_above:line_start].strip()
            or _NUMBERED.match(text, line_start)
        ):
            return False
        line_start = line_above
    return False


def _begun(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield the starts of words that begin with `word`: with and without leading zeros.

    The zeros before a number belong to the word, but queries do not contain them. The text has
    plain letters.
    """
    is_number = word.isdigit()
    offset = text.find(word)
    while offset >= 0:
        whole_start = offset
        while is_number and whole_start and text[whole_start - 1] == "0":
            whole_start -= 1
        is_whole_word = whole_start == offset or text[offset : _word_end(text, offset)].isdigit()
        if is_whole_word and (not whole_start or not text[whole_start - 1].isalnum()):
            yield whole_start, offset
        offset = text.find(word, offset + len(word))


def _word_end(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isalnum():
        offset += 1
    return offset


def _in_row(row: Sequence[str], *, cut: bool) -> Pattern[str]:
    """Return a pattern for consecutive words in plain letters; `cut`: the last is a prefix."""
    word_end = "[a-z0-9]*" if cut else "(?![a-z0-9])"
    leading_zeros = "(?:0*(?=[0-9]+(?![a-z0-9])))?"  # before a number they are nothing
    word_patterns = [f"{leading_zeros if word.isdigit() else ''}{re.escape(word)}" for word in row]
    word_patterns[0] = re.escape(row[0])  # where that begins is known
    return pattern("[^a-z0-9]+".join(word_patterns) + word_end)


def _stem(word: str) -> str:
    """Return the common part of a word's regular forms, accurate enough to count distinct words."""
    for word_ending in _ENDINGS:
        if word.endswith(word_ending) and len(word) - len(word_ending) >= _LEAST_STEM:
            return word.removesuffix(word_ending)
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


def _goes_on(block_above: str, block_below: str) -> bool:
    """Return whether a sentence continues below a blank line."""
    if _POOR.match(block_above) or _POOR.match(block_below) or _ENDED.search(block_above):
        return False
    return block_below[0].islower() or (
        len(block_above) >= _SPACED and not _NUMBERED.match(block_below)
    )


def _pieces(text: str) -> Iterator[str]:
    """Yield the text between blank lines and before the first lines of paragraphs."""
    block_lines: list[str] = []
    for line in (*Reading(text).kept_lines(), ""):
        if line is None:
            continue
        is_block_start = not line.strip() or _NUMBERED.match(line) or _POOR.match(line)
        if is_block_start and (
            block_text := " ".join(_RULE.sub(" ", " ".join(block_lines)).split())
        ):
            yield block_text
        if is_block_start:
            block_lines = []
        block_lines.append(line)


def _shortened(block: str, span: Span) -> str:
    """Trim a one-line block to passage length around a match, cutting at word boundaries."""
    if len(block) <= ROOM:
        return block
    text_room = ROOM - 2 * len(ELLIPSIS)
    passage_start = _left(block, span[0] - max(text_room - (span[1] - span[0]), 0) // 2, span[0])
    passage_end = _right(block, passage_start, span, text_room)
    if passage_end == len(block):  # the room that is left over goes to the text before
        passage_start = _left(block, passage_end - text_room, span[0])
    ellipsis_before, ellipsis_after = (
        ELLIPSIS if passage_start else "",
        ELLIPSIS if passage_end < len(block) else "",
    )
    return f"{ellipsis_before}{block[passage_start:passage_end].strip()}{ellipsis_after}"


def _left(block: str, least: int, most: int) -> int:
    """Return the start of a passage: the start of the block, of a sentence, or else of a word."""
    if least <= 0:
        return 0
    # A sentence, but no small rest of one if more has room.
    if sentence := _SENTENCE.search(block, least, min(most, least + ROOM - _LEAST)):
        return sentence.end()
    space_offset = block.find(" ", least, most)
    return space_offset + 1 if space_offset >= 0 else most


def _right(block: str, start: int, span: Span, room: int) -> int:
    room_end = min(start + room, len(block))
    if room_end == len(block):
        return room_end
    space_offset = block.rfind(" ", max(span[1], start), room_end + 1)
    return space_offset if space_offset > start else room_end


def _label(body: str, start: int, anchors: tuple[str, ...] | None) -> str | None:
    """Return the label of the paragraph that contains an offset."""
    line_end = body.find("\n", start)
    paragraphs_before = paragraphs(body, 0, len(body) if line_end < 0 else line_end, anchors)
    return paragraphs_before[-1].label if paragraphs_before else None


def _beginning(
    body: str, anchors: tuple[str, ...] | None
) -> tuple[str, tuple[Span, ...], str | None]:
    """Return the first numbered paragraph of a text, or else the first informative block."""
    line_end = body.find("\n", 2 * _AROUND)
    body = body if line_end < 0 else body[:line_end]
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
