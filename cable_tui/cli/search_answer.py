"""The answers of `search` as JSON: hits, and what is said of the query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from cable_tui.base.value import Value, picked
from cable_tui.query.answers import CableFacts

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Only, OrNull, Positive
    from cable_tui.cli.shared.query_args import FoundHit
    from cable_tui.query.answers import Hits, Reason


class HitRecord(Value):
    """The record that has what was searched for."""

    number: Annotated[int, ("minimum", 2)]
    """Among the records of the cable."""
    path: Filled
    """Below the archive's folder."""
    format: Filled


class HitAnswer(CableFacts):
    """A cable that a query found: a line of `search --jsonl`, an item of `search --json`."""

    score: float | None
    """The higher the better; null where the answer is not sorted by relevance."""
    passage: str | None
    """The best passage of its text; null where the query has no words, or the file is gone."""
    places: tuple[tuple[Count, Count], ...]
    """Where words of the query stand in the passage, in characters, as half-open ranges."""
    record: HitRecord | None
    """The record that has what was searched for, if only another than the shown one has it; null
    where the shown one has it."""
    copies: Only[tuple[Filled, ...] | None] = None
    """Only with `--fold-copies`: cables of the answer with nearly the same text, which this hit
    stands for."""


class CorrectionAnswer(Value):
    """A word that was searched otherwise."""

    word: Filled
    """A word of the query."""
    used: Filled
    """What was searched in its place, or beside it."""
    count: Count
    """Cables with that."""


class CountedWord(Value):
    """A word, and its cables."""

    word: Filled
    """A part of the query, or another."""
    count: Count
    """Cables with it."""


class OfferAnswer(Value):
    """What else may have been meant."""

    word: Filled
    """A part of the query, or another."""
    count: Count
    """Cables with it."""
    also: Annotated[tuple[CountedWord, ...], ("minItems", 1)]
    """What else may have been meant: in the language of queries."""


class ReasonAnswer(Value):
    """A part of the query that stands in the way."""

    part: Filled
    """A part of the query."""
    count: Count
    """Cables found by the others."""


class AlikeAnswer(Value):
    """Numbers that are found in several forms."""

    word: Filled
    """Numbers with marks between them, as the query has them."""
    also: Annotated[tuple[Filled, ...], ("minItems", 1)]
    """How else they are written that is found with it."""


class CountedValue(Value):
    """A value, and its cables."""

    value: Filled
    """A value that exists; for a date the first and the last month."""
    count: Count
    """Cables with it."""


class CountedText(Value):
    """A text of cables that has the words."""

    text: Filled
    """Another text of a cable: body, header, title of a TAG."""
    count: Positive
    """Cables that have the words in it."""


class AbsenceAnswer(Value):
    """A part of the query that no cable has."""

    part: Filled
    """A part of the query that no cable has."""
    here: tuple[CountedValue, ...]
    """The most frequent values, for a classification the lowest first."""
    more: bool
    """Whether there are more values than `here` lists."""
    elsewhere: tuple[CountedText, ...]
    """Where the words of the part do occur."""
    instead: OrNull[str]
    """A filter with another prefix that has this value."""


class SearchAnswer(Value):
    """The answer of `search --json`, and to each query of `search --batch --json`."""

    query: str
    """The query as it was understood."""
    count: Count
    """Cables that were found; `--limit` may give fewer hits."""
    partial: bool
    """Whether texts are still to be indexed, so that more may be found later."""
    corrections: tuple[CorrectionAnswer, ...]
    """Words that were searched in other spellings or forms."""
    hits: tuple[HitAnswer, ...]
    offers: Only[tuple[OfferAnswer, ...]] = ()
    """Only where the query may have meant more, or something else."""
    without: Only[tuple[ReasonAnswer, ...]] = ()
    """Only where nothing was found: which part of the query stands in the way."""
    reference: Only[str] = ""
    """The cable whose reference ID the query is, in its canonical form: it is the first hit in the
    order of relevance, and the others name it. Only if the archive has it or cites it."""
    either: Only[tuple[Filled, ...]] = ()
    """Prefixes that the query has twice, so that either is enough; two that name the same as
    `origin or region`. Only if there are some."""
    alike: Only[tuple[AlikeAnswer, ...]] = ()
    """Numbers that are found whatever mark is between them. Only if there are some."""
    absent: Only[tuple[AbsenceAnswer, ...]] = ()
    """Parts of the query that no cable has, unless a near value is among `offers`. Only if there
    are some, and all texts are indexed."""
    advice: Only[tuple[Filled, ...]] = ()
    """What to write in place of operators of other search languages. Only if the query has some."""


def of_hit(hit: FoundHit) -> HitAnswer:
    """Return a hit."""
    passage = hit.passage
    return picked(
        HitAnswer,
        hit.row,
        score=hit.score,
        passage=passage.text if passage else None,
        places=passage.places if passage else (),
        record=hit.record and picked(HitRecord, hit.record),
        copies=hit.copies,
    )


def whole(hits: Hits, found: Iterable[FoundHit], reasons: Iterable[Reason] = ()) -> SearchAnswer:
    """Return a whole answer."""
    words = [(correction.word, correction.used) for correction in hits.corrections]
    words += [(variants.word, variants.also) for variants in hits.also]
    return picked(
        SearchAnswer,
        hits,
        query=str(hits.query),
        corrections=tuple(
            CorrectionAnswer(word, *counted) for word, used in words for counted in used
        ),
        hits=tuple(map(of_hit, found)),
        offers=tuple(
            picked(OfferAnswer, offer, also=tuple(CountedWord(*other) for other in offer.also))
            for offer in hits.offers
        ),
        without=tuple(picked(ReasonAnswer, reason) for reason in reasons),
        reference=hits.named.reference_id if hits.named else "",
        either=tuple(hits.query.either),
        alike=tuple(AlikeAnswer(word, tuple(forms)) for word, forms in hits.query.alike.items()),
        absent=tuple(
            picked(
                AbsenceAnswer,
                absence,
                here=tuple(CountedValue(*counted) for counted in absence.here),
                elsewhere=tuple(CountedText(*counted) for counted in absence.elsewhere),
            )
            for absence in hits.absent
        ),
        advice=tuple(hits.query.advice),
    )
