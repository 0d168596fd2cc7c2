"""Queries that are a reference ID: the cable itself is first, followed by cables that mention it.

A cable mentions it if the grammar found a citation of it, or if its words contain the ID. As a
result, a number that no cable in the archive has or cites remains a search for words.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.archive.catalogue import rows
from cable_tui.archive.catalogue.resolve_references import CitationGraph, canonical_of
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.query import Filter, Group, Phrase, Query, Term, Word
from cable_tui.query.answers import NamedCable
from cable_tui.text import folded_words

_MOST_TERMS = 6
"""The maximum number of words in a reference ID: `09 DAR ES SALAAM 27`."""
_SHAPE = pattern(r"(?=[^0-9]{0,60}[0-9])(?=[^A-Za-z]{0,20}[A-Za-z])[^*\n]{4,60}")
"""A pattern for a possible reference ID, which has at least one letter and one digit."""
_YEARLESS = pattern(r"[A-Za-z][A-Za-z '’]{1,40} [0-9]{1,7}")
"""A post and a serial number, as a cable cites other cables from its own year."""
_WIDTHS = (0, 4, 5, 6)
"""The numbers of digits to which a serial is padded."""


def named_cable(snapshot: Snapshot, query: Query) -> tuple[Query, NamedCable | None]:
    """Return the query that replaces a reference ID, and the cable that the ID names.

    Any other query is returned unchanged.
    """
    query_words = _text(query)
    named_in_query = _cable(snapshot, query_words) if _SHAPE.fullmatch(query_words) else None
    if named_in_query is None:
        return query, None
    id_ = named_in_query.reference_id
    alternatives: list[tuple[Term, ...]] = [(Filter("ref", id_),), (Filter("cites", id_),)]
    alternatives += [(term,) for term in _spellings(id_)]
    if named_in_query.with_words or _is_begun(query.terms[-1]):
        alternatives.append(query.terms)
    return replace(query, terms=(Group(tuple(dict.fromkeys(alternatives))),)), named_in_query


def _text(query: Query) -> str:
    """Return the words in a query in order, or an empty string if it contains anything else."""
    plain_words = [
        term.text
        for term in query.terms[: _MOST_TERMS + 1]
        if isinstance(term, Word | Phrase) and not (term.negated or term.field)
    ]
    return " ".join(plain_words) if len(plain_words) == len(query.terms) <= _MOST_TERMS else ""


def _is_begun(term: Term) -> bool:
    return isinstance(term, Word | Phrase) and (
        term.prefix or (isinstance(term, Phrase) and term.begun)
    )


def _cable(snapshot: Snapshot, text: str) -> NamedCable | None:
    """Return the cable whose ID is in a text, if the archive contains it or a citation of it."""
    if _YEARLESS.fullmatch(text):
        return _of_any_year(snapshot, text)
    canonical_id = canonical_of(text)
    with snapshot.reading() as db:
        graph = CitationGraph(db)
        id_ = graph.cable(canonical_id)
        is_known = id_ is not None or graph.cited_by(canonical_id)
    return NamedCable(canonical_id, id_, with_words=False) if is_known else None


def _of_any_year(snapshot: Snapshot, text: str) -> NamedCable | None:
    """Return the only cable in the archive with a post and a serial; None if there are several."""
    id_without_year = canonical_of(f"09 {text}").removeprefix("09")
    with snapshot.reading() as db:
        cables = rows.ids(db, [f"{year:02}{id_without_year}" for year in range(100)])
    if len(cables) != 1:
        return None
    ((canonical_id, id_),) = cables.items()
    return NamedCable(canonical_id, id_, with_words=True)


def _spellings(canonical: str) -> Iterator[Term]:
    """Yield the spellings of an ID in texts.

    An ID may be one word or three, with leading zeros, or with the city's name.
    """
    from cable_tui.glossary import posts
    from cable_tui.telegram import ids

    yield (
        Word(canonical, exact=True)
        if canonical.isalnum()
        else Phrase(" ".join(folded_words(canonical)))
    )
    if (parts := ids.split(canonical)) is None:
        return
    known_post = posts.station(parts.station)
    for year in (f"{parts.year % 100:02}", f"{parts.year}"):
        for width in _WIDTHS:
            yield Word(f"{year}{parts.station}{parts.serial:0{width}}", exact=True)
        for post in dict.fromkeys(
            (parts.station, known_post.city if known_post else parts.station)
        ):
            yield Phrase(" ".join(folded_words(f"{year} {post} {parts.serial}")))
