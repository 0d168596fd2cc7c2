"""The hits of `search` as lines, JSON and CSV."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue.rows import Row
from cable_tui.cable import Source
from cable_tui.cli.context import terminal_width
from cable_tui.query import Query, class_short
from cable_tui.query.model import BEST
from cable_tui.text import clean_line, crop, wrap
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.archive.search.engine import Hits
    from cable_tui.archive.search.passages import Passage
    from cable_tui.archive.search.zero_hits import Reason
    from cable_tui.archive.source_criticism.copies import Copies

COPIES = "copies"
"""One more of them where copies are folded."""
COLUMNS = (
    "reference_id",
    "created",
    "classification",
    "origin",
    "subject",
    "score",
    "passage",
    "places",
    "record",
)
"""Columns of the CSV, and keys of a hit in JSON."""
_PAGE = 500
_INDENT = "    "


class Hit(Value):
    """One cable that a query found."""

    row: Row
    score: float | None
    """Only where the hits are sorted by relevance."""
    passage: Passage | None
    """None where the query has no words, or the cable's file is gone."""
    copies: tuple[str, ...] | None = None
    """Reference IDs of the cables it stands for; None where copies are not folded."""
    record: Source | None = None
    """The record that has what was searched for, if only another than the shown one has it."""


def by_score(query: Query, sort: str | None) -> bool:
    """Whether the hits come in the order of their scores; `sort` is what the option says."""
    return bool((query.sort or sort or query.order) == BEST)


def hits_of(  # noqa: PLR0913 - options by name
    archive: Archive,
    hits: Hits,
    *,
    scored: bool,
    passages: bool,
    limit: int | None = None,
    copies: Copies | None = None,
) -> Iterator[Hit]:
    """The cables of an answer in its order, read a page at a time; without those of `copies`.

    Scores and passages take time: they are made only where they are asked for.
    """
    ids = hits.ids
    if copies is not None and copies.places:
        folded = frozenset(copies.places)
        ids = [id_ for at, id_ in enumerate(hits.ids) if at not in folded]
    ids = ids[:limit]
    scores = archive.scores(hits.query) if scored else {}
    for start in range(0, len(ids), _PAGE):
        page = ids[start : start + _PAGE]
        records = archive.records_of(hits.query, page)
        found = archive.passages(page, hits.highlights, records=records) if passages else []
        by_id = {each.id: each for each in found}
        named = _named(archive, page, copies)
        for row in archive.rows(page):
            folded_there = None if copies is None else named.get(row.id, ())
            record = archive.sources(row.id)[records[row.id] - 1] if row.id in records else None
            yield Hit(row, scores.get(row.id), by_id.get(row.id), folded_there, record)


def _named(
    archive: Archive, ids: Sequence[int], copies: Copies | None
) -> dict[int, tuple[str, ...]]:
    """The reference IDs of the copies of cables."""
    under = {id_: copies.under[id_] for id_ in ids if id_ in copies.under} if copies else {}
    rows = archive.rows([each for others in under.values() for each in others])
    names = {row.id: row.reference_id for row in rows}
    return {
        id_: tuple(names[each] for each in others if each in names) for id_, others in under.items()
    }


def as_json(hit: Hit) -> dict[str, Any]:
    """A hit as scripts get it."""
    row, passage = hit.row, hit.passage
    folded = {} if hit.copies is None else {COPIES: list(hit.copies)}
    return {
        "reference_id": row.reference_id,
        "created": row.created or None,
        "classification": row.classification,
        "origin": row.origin,
        "subject": row.subject,
        "score": hit.score,
        "passage": passage.text if passage else None,
        "places": [list(place) for place in passage.places] if passage else [],
        "record": None
        if hit.record is None
        else {name: getattr(hit.record, name) for name in ("number", "path", "format")},
        **folded,
    }


def answer(hits: Hits, found: Iterable[Hit], reasons: Iterable[Reason] = ()) -> dict[str, Any]:
    """A whole answer as scripts get it.

    Only where there are some: `offers` for what the query may have meant besides, each text of the
    query language; `without` for the parts that stand in the way of any hit; `reference` for a
    query that is a reference ID, `either` for prefixes of which two mean either, `alike` for
    numbers that are found with other marks between them.
    """
    whole: dict[str, Any] = {
        "query": str(hits.query),
        "count": hits.count,
        "partial": hits.partial,
        "corrections": [
            {"word": word, "used": used, "count": count}
            for word, others in _searched_words(hits)
            for used, count in others
        ],
        "hits": [as_json(hit) for hit in found],
    }
    offers = [
        {
            "word": offer.word,
            "count": offer.count,
            "also": [{"word": word, "count": count} for word, count in offer.also],
        }
        for offer in hits.offers
    ]
    without = [{"part": reason.part, "count": reason.count} for reason in reasons]
    more = {
        "offers": offers,
        "without": without,
        "reference": hits.named.reference_id if hits.named else "",
        "either": list(hits.query.either),
        "alike": [{"word": word, "also": list(also)} for word, also in hits.query.alike.items()],
    }
    return whole | {name: found_there for name, found_there in more.items() if found_there}


def _searched_words(hits: Hits) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """Words of the query, and what was searched in their place or beside them."""
    yield from ((each.word, each.used) for each in hits.corrections)
    yield from ((each.word, each.also) for each in hits.also)


def csv_values(hit: Hit) -> tuple[str, ...]:
    """The columns of a hit: places as `12-18 40-44`, its record by the path, copies as IDs."""
    row, passage = hit.row, hit.passage
    folded = () if hit.copies is None else (" ".join(hit.copies),)
    return (
        row.reference_id,
        row.created,
        row.classification,
        row.origin,
        row.subject,
        "" if hit.score is None else f"{hit.score:.4f}",
        passage.text if passage else "",
        " ".join(f"{start}-{end}" for start, end in passage.places) if passage else "",
        hit.record.path if hit.record else "",
        *folded,
    )


def text_lines(found: Iterable[Hit]) -> Iterator[str]:
    """A line a hit, cut to the terminal's width, and its passage indented below."""
    screen = sys.stdout.isatty()
    cells = terminal_width() if screen else 0
    for hit in found:
        line = _line(hit.row)
        yield crop(line, cells) if screen else line
        if hit.record:
            yield clean_line(f"{_INDENT}only in record {hit.record.number}: {hit.record.path}")
        if hit.copies:
            yield clean_line(f"{_INDENT}nearly the same text: {', '.join(hit.copies)}")
        if hit.passage:
            yield from _passage_lines(hit.passage, cells)


def _line(row: Row) -> str:
    marking = class_short(row.classification)
    return clean_line(f"{row.reference_id:<20} {row.created[:10]:<10} {marking:<7} {row.subject}")


def _passage_lines(passage: Passage, cells: int) -> Iterator[str]:
    """The passage on one line, or wrapped where the cells are limited."""
    label = passage.label
    named = label and not passage.text.startswith(f"{label}.")
    text = f"¶{label} {passage.text}" if named else passage.text
    spans = wrap(text, cells - len(_INDENT)) if cells else [(0, len(text))]
    for start, end in islice(spans, 4):
        yield f"{_INDENT}{text[start:end]}"
