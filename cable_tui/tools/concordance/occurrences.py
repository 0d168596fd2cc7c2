"""A concordance: every place of the words of a query, each with the text around it.

Texts are read in the user's files, cable by cable, so that the first lines come at once however
many there are, and no more than one page of cables is in memory. Imports of texts and of the engine
are late: the help needs neither.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cable_tui.archive.columns.columns import TermColumn
from cable_tui.base.cable import RawCable, Span
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.query.answers import Highlighting
from cable_tui.text import fold, words

if TYPE_CHECKING:
    from cable_tui.archive.records.read import FurtherRecord
    from cable_tui.archive.search.passages import PassageFinder
    from cable_tui.archive.search.snapshot import SnapshotSource
    from cable_tui.query.answers import CableRow
    from cable_tui.telegram.reading import Reading

AROUND = 120
"""The most characters on either side of a match."""
_KEY = 60
"""Characters of the context that decide the order."""


class ConcordanceLine(NamedTuple):
    """One match in one cable."""

    row: CableRow
    """The cable."""
    paragraph: str | None
    """The label of the paragraph, as the telegram numbers it; None if it has none."""
    in_subject: bool
    """Whether it is in the subject, not in the body."""
    left: str
    """The text before, cut at a word; with `word` and `right` it is the text on one line."""
    word: str
    """The match, as the text has it."""
    right: str
    at: int = 0
    """Offset of `word` in the body, in characters; 0 in a subject."""
    record: int = 1
    """The number of the record: of a further one if only that has the words."""


class CableRead(Value):
    """The occurrences that a concordance found in one cable."""

    id: int
    lines: tuple[ConcordanceLine, ...] = ()
    """Lines with the words; empty if they are only in its header, its TAGS or its references."""
    problem: str = ""
    """Reason why its text could not be read."""


def by_left(line: ConcordanceLine) -> str:
    """Sort by the words before, the nearest first, without capitals, accents, punctuation."""
    words_before = [word for _, _, word in words(line.left[-_KEY:])]
    return " ".join(reversed(words_before))


def by_right(line: ConcordanceLine) -> str:
    """Sort by the words after."""
    return " ".join(word for _, _, word in words(line.right[:_KEY]))


_FIRST_PAGE = 20
_PAGE = 400
"""Cables that are read between two checks of the catalogue."""
_WINDOW = 2
"""The context is searched in a window this many times as long: spaces, page breaks and rules do not
count."""
_BREAK = 300
"""Characters of a page break with the lines around it."""
_LINE = 200
"""The most characters of a line that may be a page break."""
_RULE = pattern(r"[-=_*~]{4,}")
_BLANKS = pattern(r"\s+")


def in_order(source: SnapshotSource, ids: Sequence[int], order: str) -> Sequence[int]:
    """Return the cables of an answer in the order of the lines.

    If lines are sorted by context, cables are read from the oldest. Raises `CacheError`.
    """
    if order == "newest":
        return array("I", reversed(array("I", ids)))
    if order != "post":
        return ids
    from cable_tui.archive.search.snapshot import Snapshot

    columns = Snapshot(source).columns
    origin = columns.facets.get("origin")
    if not isinstance(origin, TermColumn):
        return ids
    ranks = origin.numbers(sorted(origin.postings, key=fold), columns.size)
    return array("I", sorted(ids, key=lambda id_: ranks[id_] if id_ < len(ranks) else 0))


def concordance(
    source: SnapshotSource,
    ids: Sequence[int],
    highlights: Highlighting,
    cancelled: Callable[[], bool],
    around: int = AROUND,
) -> Iterator[CableRead]:
    """Yield the occurrences in each cable, in the order of the ids; removed ids are left out.

    `around` is in characters. Ends early if it is cancelled. Raises `CacheError`.
    """
    # Reading texts needs formats and a part of the grammar.
    from cable_tui.archive.search.passages import PassageFinder

    finder = PassageFinder(highlights)
    page_start, page_size = 0, _FIRST_PAGE
    while page_start < len(ids):
        page_ids = list(ids[page_start : page_start + page_size])
        page_start, page_size = page_start + page_size, _PAGE
        by_id: dict[int, CableRead] = {}
        for cable in _read(source, page_ids, finder, around, cancelled):
            by_id[cable.id] = cable
        if cancelled():
            return
        yield from (by_id[id_] for id_ in page_ids if id_ in by_id)


def _read(
    source: SnapshotSource,
    page: list[int],
    finder: PassageFinder,
    around: int,
    cancelled: Callable[[], bool],
) -> Iterator[CableRead]:
    """Yield some cables in the order of their files.

    Those in packed ones are slow to read backward.
    """
    from cable_tui.archive.catalogue import rows as catalogue_rows
    from cable_tui.archive.texts import texts

    with source.reading() as db:
        rows = {row.id: row for row in catalogue_rows.rows(db, page)}
    for text in texts(source, page, cancelled, further=True):
        id_ = text.task.cable
        if id_ not in rows:
            continue
        lines_by_record = (
            tuple(lines_of(record, rows[id_], finder, around)) for record in text.records
        )
        lines_of_record = next(
            filter(None, lines_by_record), ()
        )  # of the shown record, or of one that has the words
        if text.raw is None and not lines_of_record:
            yield CableRead(id_, problem=str(text.error))
        else:
            yield CableRead(id_, lines_of_record)


def lines_of(
    record: FurtherRecord, row: CableRow, finder: PassageFinder, around: int = AROUND
) -> Iterator[ConcordanceLine]:
    """Yield the lines of one record of a cable.

    Its subject comes first, then its text. Page breaks and rules are left out of the context.
    """
    from cable_tui.telegram.reading import Reading

    (task, raw), head_end = record, record.task.head_end
    in_subject = finder.within("subject").spans(row.subject) if task.number == 1 else ()
    for start, end in in_subject:
        text_before, text_after = _cut(row.subject[:start], row.subject[end:], around)
        yield ConcordanceLine(row, None, True, text_before, row.subject[start:end], text_after)
    body, reading = raw.body, Reading(raw.body)
    plain_body = reading.without_page_lines  # a place may go on after a page line
    spans = _places(reading, head_end, finder)
    if not spans:
        return
    label_at = _labels(raw, spans[-1][0])
    for span in spans:
        text_before, text_after = _cut(*_context(body, plain_body, head_end, span, around), around)
        word = _BLANKS.sub(" ", plain_body[slice(*span)])
        yield ConcordanceLine(
            row, label_at(span[0]), False, text_before, word, text_after, span[0], task.number
        )


def _places(reading: Reading, head_end: int, finder: PassageFinder) -> list[Span]:
    """Return the places in a text; of the words of `summary:`, `signed:` those in these parts."""
    from cable_tui.archive.search.highlights import merged
    from cable_tui.telegram.people.signature import signature
    from cable_tui.telegram.summary import summary_span

    places = finder.within("").places(reading, head_end)
    plain = reading.without_page_lines
    for part, (start, end) in (
        ("summary", summary_span(plain, head_end) or (0, 0)),
        ("signed", (signature(reading.text).start, len(plain))),
    ):
        own_matcher = finder.within(part)
        if own_matcher is not finder.within("") and start >= 0:
            places += (
                (start + match_start, start + match_end)
                for match_start, match_end in own_matcher.spans(plain[start:end])
            )
    return merged(places)


def _context(body: str, plain: str, begin: int, span: Span, around: int) -> tuple[str, str]:
    """Return the text around a match, without repeated heads of sections unless it is in one.

    `plain` is the body with blanks for page lines.
    """
    from cable_tui.telegram.reading import Reading

    word_start, word_end = span
    window_start = max(word_start - _WINDOW * around - _BREAK, begin)
    window_end = min(word_end + _WINDOW * around + _BREAK, len(body))
    if "PAGE" in body[window_start:window_end] or "SIPDIS" in body[window_start:window_end]:
        # Whole lines are needed to know a page break; a line of great length is no page break.
        line, line_end = body.rfind("\n", 0, window_start) + 1, body.find("\n", window_end)
        line = line if window_start - line < _LINE else window_start
        line_end = line_end if 0 <= line_end < window_end + _LINE else window_end
        context = Reading(body[line:line_end]).without_breaks
        if context[word_start - line : word_end - line] == plain[word_start:word_end]:
            return context[window_start - line : word_start - line], context[
                word_end - line : window_end - line
            ]
    return plain[window_start:word_start], plain[word_end:window_end]


def _cut(before: str, after: str, around: int) -> tuple[str, str]:
    """Return both contexts on one line without rules, cut between words."""
    left_text = _BLANKS.sub(" ", _RULE.sub(" ", before)).lstrip()
    right_text = _BLANKS.sub(" ", _RULE.sub(" ", after)).rstrip()
    if len(left_text) > around:
        left_text = left_text[-around - 1 :]
        left_text = left_text[max(left_text.find(" ", 0, -1), 0) + 1 :]
    if len(right_text) > around:
        blank_at = right_text.rfind(" ", 1, around + 1)
        right_text = right_text[: blank_at if blank_at > 0 else around]
    return left_text, right_text


def _labels(raw: RawCable, last: int) -> Callable[[int], str | None]:
    """Return a function for the label of the paragraph at a position, up to the last one."""
    from cable_tui.telegram.paragraphs import paragraphs

    line_end = raw.body.find("\n", last)
    parts = paragraphs(raw.body, 0, len(raw.body) if line_end < 0 else line_end, raw.anchors)
    paragraph_starts = [paragraph.span[0] for paragraph in parts]

    def label(offset: int) -> str | None:
        line_end = raw.body.find("\n", offset)
        index = bisect_right(paragraph_starts, len(raw.body) if line_end < 0 else line_end) - 1
        return parts[index].label if index >= 0 else None

    return label
