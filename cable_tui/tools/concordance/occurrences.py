"""A concordance: all occurrences of a query's words, each with the text around it.

Texts are read from the user's files, cable by cable. The first lines therefore appear at once,
however many there are, and only one page of cables is in memory at a time. Texts and the search
engine are imported late, because the help needs neither.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cable_tui.archive.columns.columns import TermColumn
from cable_tui.base.cable import RawCable, Span
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.query.answers import Highlighting
from cable_tui.text import fold, words
from cable_tui.tools.concordance.text_pattern import PatternMatch, TooSlow

if TYPE_CHECKING:
    from cable_tui.archive.records.read import FurtherRecord
    from cable_tui.archive.search.passages import PassageFinder
    from cable_tui.archive.search.snapshot import SnapshotSource
    from cable_tui.query.answers import CableRow
    from cable_tui.telegram.reading import Reading
    from cable_tui.tools.concordance.text_pattern import TextPattern

AROUND = 120
"""The maximum number of characters on either side of a match."""
_KEY = 60
"""The number of characters of the context that determine the sort order."""


class ConcordanceLine(NamedTuple):
    """One match in one cable."""

    row: CableRow
    """The cable."""
    paragraph: str | None
    """The label of the paragraph, as numbered in the telegram; None if it has no number."""
    in_subject: bool
    """Whether the match is in the subject rather than in the body."""
    left: str
    """The text before the match, cut at a word; `left`, `word` and `right` together are the text on
    one line.
    """
    word: str
    """The match, as spelled in the text."""
    right: str
    at: int = 0
    """The offset of `word` in the body, in characters; 0 in a subject."""
    record: int = 1
    """The number of the record; another record is used only if the displayed one lacks the words.
    """
    captured: tuple[tuple[str, str], ...] = ()
    """The text of each named group of a pattern, keyed by its name."""


class CableRead(Value):
    """The occurrences in one cable."""

    id: int
    lines: tuple[ConcordanceLine, ...] = ()
    """The lines with the words; empty if the words are only in the header, the TAGS or the
    references.
    """
    problem: str = ""
    """The reason why the text could not be read."""


def by_left(line: ConcordanceLine) -> str:
    """Return a sort key: the words before the match, nearest first, without punctuation."""
    words_before = [word for _, _, word in words(line.left[-_KEY:])]
    return " ".join(reversed(words_before))


def by_right(line: ConcordanceLine) -> str:
    """Return a sort key: the words after the match."""
    return " ".join(word for _, _, word in words(line.right[:_KEY]))


_FIRST_PAGE = 20
_PAGE = 400
"""The number of cables that are read between two checks of the catalogue."""
_WINDOW = 2
"""The factor by which the searched window is longer than the context, because spaces, page breaks
and rules do not count.
"""
_BREAK = 300
"""The number of characters of a page break with the lines around it."""
_LINE = 200
"""The maximum length, in characters, of a line that may be a page break."""
_RULE = pattern(r"[-=_*~]{4,}")
_BLANKS = pattern(r"\s+")


def in_order(source: SnapshotSource, ids: Sequence[int], order: str) -> Sequence[int]:
    """Return the cables of an answer in the order of the lines.

    If the lines are sorted by context, cables are read starting with the oldest. Raises
    `CacheError`.
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
    rank_by_id = origin.numbers(sorted(origin.postings, key=fold), columns.size)
    return array("I", sorted(ids, key=lambda id_: rank_by_id[id_] if id_ < len(rank_by_id) else 0))


def concordance(  # noqa: PLR0913 - options by name
    source: SnapshotSource,
    ids: Sequence[int],
    highlights: Highlighting,
    cancelled: Callable[[], bool],
    around: int = AROUND,
    *,
    text_pattern: TextPattern | None = None,
) -> Iterator[CableRead]:
    """Yield the occurrences in each cable, in the order of the IDs; removed IDs are skipped.

    `around` is in characters. If there is a pattern, it is matched in the texts in place of the
    words. Stops early if cancelled. Raises `CacheError`, and `UsageError` for a pattern that takes
    too long.
    """
    # Reading texts needs formats and a part of the grammar.
    from cable_tui.archive.search.passages import PassageFinder

    finder = PassageFinder(highlights)
    find_lines = partial(lines_of, finder=finder, around=around, text_pattern=text_pattern)
    page_start, page_size = 0, _FIRST_PAGE
    while page_start < len(ids):
        page_ids = list(ids[page_start : page_start + page_size])
        page_start, page_size = page_start + page_size, _PAGE
        cable_by_id: dict[int, CableRead] = {}
        for cable in _read(source, page_ids, find_lines, cancelled):
            cable_by_id[cable.id] = cable
        if cancelled():
            return
        yield from (cable_by_id[id_] for id_ in page_ids if id_ in cable_by_id)


def _read(
    source: SnapshotSource,
    page_ids: list[int],
    find_lines: Callable[[FurtherRecord, CableRow], Iterable[ConcordanceLine]],
    cancelled: Callable[[], bool],
) -> Iterator[CableRead]:
    """Yield some cables in the order of their files.

    Reading compressed files backward would be slow.
    """
    from cable_tui.archive.catalogue import rows as catalogue_rows
    from cable_tui.archive.texts import texts

    with source.reading() as db:
        row_by_id = {row.id: row for row in catalogue_rows.rows(db, page_ids)}
    for text in texts(source, page_ids, cancelled, further=True):
        id_ = text.task.cable
        if id_ not in row_by_id:
            continue
        lines_by_record = (tuple(find_lines(record, row_by_id[id_])) for record in text.records)
        try:
            lines_of_record = next(
                filter(None, lines_by_record), ()
            )  # of the shown record, or of one that has the words
        except TooSlow as too_slow:
            yield CableRead(id_, problem=f"{row_by_id[id_].reference_id}: {too_slow}")
            continue
        if text.raw is None and not lines_of_record:
            yield CableRead(id_, problem=str(text.error))
        else:
            yield CableRead(id_, lines_of_record)


def lines_of(
    record: FurtherRecord,
    row: CableRow,
    finder: PassageFinder,
    around: int = AROUND,
    text_pattern: TextPattern | None = None,
) -> Iterator[ConcordanceLine]:
    """Yield the lines of one record of a cable.

    The subject is first, then the text. Page breaks and rules are left out of the context. A
    pattern is matched in the text only. Raises `TooSlow`.
    """
    from cable_tui.telegram.reading import Reading

    (task, raw), head_end = record, record.task.head_end
    has_subject = task.number == 1 and text_pattern is None
    subject_spans = finder.within("subject").spans(row.subject) if has_subject else ()
    for start, end in subject_spans:
        text_before, text_after = _cut(row.subject[:start], row.subject[end:], around)
        yield ConcordanceLine(row, None, True, text_before, row.subject[start:end], text_after)
    body, reading = raw.body, Reading(raw.body)
    plain_body = reading.without_page_lines  # a place may go on after a page line
    if text_pattern is None:
        matches = [PatternMatch(span) for span in matches_in(reading, head_end, finder)]
    else:
        matches = text_pattern.matches(" " * head_end + plain_body[head_end:])
    if not matches:
        return
    label_at = _labels(raw, matches[-1].span[0])
    for span, captured in ((match.span, match.captured) for match in matches):
        text_before, text_after = _cut(*_context(body, plain_body, head_end, span, around), around)
        matched_words = _BLANKS.sub(" ", plain_body[slice(*span)])
        yield ConcordanceLine(
            row,
            label_at(span[0]),
            False,
            text_before,
            matched_words,
            text_after,
            span[0],
            task.number,
            captured,
        )


def matches_in(reading: Reading, head_end: int, finder: PassageFinder) -> list[Span]:
    """Return the spans of matches in a text.

    Words of `summary:` or `signed:` match only in these.
    """
    from cable_tui.archive.search.highlights import merged
    from cable_tui.telegram.people.signature import signature
    from cable_tui.telegram.summary import summary_span

    match_spans = finder.within("").places(reading, head_end)
    plain_text = reading.without_page_lines
    for part_name in ("summary", "signed"):
        own_matcher = finder.within(part_name)
        if own_matcher is finder.within(""):
            continue
        if part_name == "summary":
            start, end = summary_span(plain_text, head_end) or (0, 0)
        else:
            start, end = signature(reading.text).start, len(plain_text)
        if start >= 0:
            match_spans += (
                (start + match_start, start + match_end)
                for match_start, match_end in own_matcher.spans(plain_text[start:end])
            )
    return merged(match_spans)


def _context(
    body: str, plain: str, text_start: int, match_span: Span, around: int
) -> tuple[str, str]:
    """Return the text around a match, without repeated section headings unless the match is in one.

    `plain` is the body with spaces in place of page lines.
    """
    from cable_tui.telegram.reading import Reading

    word_start, word_end = match_span
    window_start = max(word_start - _WINDOW * around - _BREAK, text_start)
    window_end = min(word_end + _WINDOW * around + _BREAK, len(body))
    if "PAGE" in body[window_start:window_end] or "SIPDIS" in body[window_start:window_end]:
        # Whole lines are needed to know a page break; a line of great length is no page break.
        lines_start, lines_end = body.rfind("\n", 0, window_start) + 1, body.find("\n", window_end)
        lines_start = lines_start if window_start - lines_start < _LINE else window_start
        lines_end = lines_end if 0 <= lines_end < window_end + _LINE else window_end
        lines_text = Reading(body[lines_start:lines_end]).without_breaks
        if (
            lines_text[word_start - lines_start : word_end - lines_start]
            == plain[word_start:word_end]
        ):
            return lines_text[window_start - lines_start : word_start - lines_start], lines_text[
                word_end - lines_start : window_end - lines_start
            ]
    return plain[window_start:word_start], plain[word_end:window_end]


def _cut(text_before: str, text_after: str, around: int) -> tuple[str, str]:
    """Return both contexts on one line, without rules, cut between words."""
    left_text = _BLANKS.sub(" ", _RULE.sub(" ", text_before)).lstrip()
    right_text = _BLANKS.sub(" ", _RULE.sub(" ", text_after)).rstrip()
    if len(left_text) > around:
        left_text = left_text[-around - 1 :]
        left_text = left_text[max(left_text.find(" ", 0, -1), 0) + 1 :]
    if len(right_text) > around:
        last_space = right_text.rfind(" ", 1, around + 1)
        right_text = right_text[: last_space if last_space > 0 else around]
    return left_text, right_text


def _labels(raw: RawCable, last_offset: int) -> Callable[[int], str | None]:
    """Return a function from an offset to its paragraph label, for offsets up to `last_offset`."""
    from cable_tui.telegram.paragraphs import paragraphs

    line_end = raw.body.find("\n", last_offset)
    body_paragraphs = paragraphs(
        raw.body, 0, len(raw.body) if line_end < 0 else line_end, raw.anchors
    )
    paragraph_starts = [paragraph.span[0] for paragraph in body_paragraphs]

    def label(offset: int) -> str | None:
        line_end = raw.body.find("\n", offset)
        paragraph_index = (
            bisect_right(paragraph_starts, len(raw.body) if line_end < 0 else line_end) - 1
        )
        return body_paragraphs[paragraph_index].label if paragraph_index >= 0 else None

    return label
