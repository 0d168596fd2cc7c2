"""The output of `search` as JSON: the hits, and remarks on the query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from cable_tui.base.value import Value, picked
from cable_tui.query.answers import CableFacts

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Only, OrNull, Positive
    from cable_tui.cli.shared.kept_hits import KeptHits
    from cable_tui.cli.shared.query_args import FoundHit
    from cable_tui.query.answers import Hits, Reason
    from cable_tui.reports.page_of_rows import PageOfRows
    from cable_tui.text.tally import Tally


class HitRecord(Value):
    """The record that contains the searched words."""

    number: Annotated[int, ("minimum", 2)]
    """The number of the record among the cable's records."""
    path: Filled
    """The path of the record's file, relative to the archive's folder."""
    format: Filled


class HitAnswer(CableFacts):
    """A cable that a query found: one line of `search --jsonl`, one hit of `search --json`."""

    score: float | None
    """The relevance score, higher for better hits, or null if the answer is not sorted by
    relevance.
    """
    passage: str | None
    """The best passage of the text, or null if the query has no words or the file is missing."""
    places: tuple[tuple[Count, Count], ...]
    """The half-open ranges, in characters, of the query's words in the passage."""
    record: HitRecord | None
    """The record that contains the searched words, if the shown record does not; otherwise null."""
    copies: Only[tuple[Filled, ...] | None] = None
    """The cables of the answer with nearly the same text, which this hit represents. Only with
    `--fold-copies`.
    """
    matches: Only[Positive | None] = None
    """The number of matches in the text. Only with `--matching`."""
    matched: Only[str] = ""
    """The text of the first match on one line. Only with `--matching`."""


class CorrectionAnswer(Value):
    """A word for which other words were searched for."""

    word: Filled
    """A word in the query."""
    used: Filled
    """A word that was searched for instead of or in addition to it."""
    count: Count
    """The number of cables that contain that other word."""


class CountedWord(Value):
    """A word, and the number of cables that contain it."""

    word: Filled
    """A word in the query, or another word."""
    count: Count
    """The number of cables that contain the word."""


class OfferAnswer(Value):
    """A suggestion: other words that the reader may have meant."""

    word: Filled
    """The part of the query that the suggestion is for."""
    count: Count
    """The number of cables that match this part."""
    also: Annotated[tuple[CountedWord, ...], ("minItems", 1)]
    """The suggested replacements, in the query language."""


class ReasonAnswer(Value):
    """A part of the query without which there would be hits."""

    part: Filled
    """The part of the query."""
    count: Count
    """The number of cables that match the rest of the query."""


class AlikeAnswer(Value):
    """A number that matches in several forms."""

    word: Filled
    """A number with separators, as written in the query."""
    also: Annotated[tuple[Filled, ...], ("minItems", 1)]
    """The other forms of the number that also match."""


class CountedValue(Value):
    """A value, and the number of cables that have it."""

    value: Filled
    """An existing value. For a date, the values are the first and the last month."""
    count: Count
    """The number of cables that have the value."""


class CountedText(Value):
    """A text field of the cables in which the words occur."""

    text: Filled
    """The name of another text: body, header, or title of a TAG."""
    count: Positive
    """The number of cables that contain the words in this text."""


class AbsenceAnswer(Value):
    """A part of the query that matches no cable."""

    part: Filled
    """The part of the query."""
    here: tuple[CountedValue, ...]
    """The most frequent existing values; for a classification, lowest first."""
    more: bool
    """Whether there are more values than those in `here`."""
    elsewhere: tuple[CountedText, ...]
    """The texts in which the words of this part do occur."""
    instead: OrNull[str]
    """A filter with another prefix that has this value, or null if there is none."""


class SearchAnswer(Value):
    """The output of `search --json`, and of each query in `search --batch --json`."""

    query: str
    """The query as the program understood it."""
    count: Count
    """The number of cables found. `--limit` may reduce the number of hits. With `--matching`, the
    number of those among the cables in `tally.read` in which the pattern matches.
    """
    partial: bool
    """Whether some texts are not indexed yet, so that more cables may be found later."""
    corrections: tuple[CorrectionAnswer, ...]
    """The words that were searched for in other spellings or forms."""
    hits: tuple[HitAnswer, ...]
    offers: Only[tuple[OfferAnswer, ...]] = ()
    """The suggestions; present only if the reader may have meant more, or something else."""
    without: Only[tuple[ReasonAnswer, ...]] = ()
    """The parts of the query that prevent hits; present only if nothing was found."""
    reference: Only[str] = ""
    """The canonical reference ID, if the query is one and the archive contains or cites that cable.
    Sorted by relevance, that cable is the first hit, and the others mention it.
    """
    either: Only[tuple[Filled, ...]] = ()
    """The prefixes that the query uses twice, so that either value is enough. Two prefixes for the
    same field are written `origin or region`. Present only if there are any.
    """
    alike: Only[tuple[AlikeAnswer, ...]] = ()
    """The numbers that match with any separator. Present only if there are any."""
    absent: Only[tuple[AbsenceAnswer, ...]] = ()
    """The parts of the query that match no cable, unless `offers` contains a similar value. Present
    only if there are any and all texts are indexed.
    """
    advice: Only[tuple[Filled, ...]] = ()
    """The replacements for operators from other search languages. Present only if the query
    contains such operators.
    """
    narrowed: Only[str] = ""
    """The option that keeps only some hits, such as `--matching '[0-9]+ tons'`."""
    tally: Only[Tally | None] = None
    """How many texts were read for that option, and why some were not. Only with `--matching`."""
    population: Only[Count | None] = None
    """The number of cables from which the sample was drawn. Present only if the query has
    `sample:`; the hits are then a sample unless `count` is the same number.
    """
    page: Only[PageOfRows | None] = None


def of_hit(hit: FoundHit) -> HitAnswer:
    """Return the JSON answer for a hit."""
    passage = hit.passage
    return picked(
        HitAnswer,
        hit.row,
        score=hit.score,
        passage=passage.text if passage else None,
        places=passage.places if passage else (),
        record=hit.record and picked(HitRecord, hit.record),
        copies=hit.copies,
        matches=hit.kept.matches if hit.kept else None,
        matched=hit.kept.word if hit.kept else "",
    )


def whole(
    hits: Hits,
    found_hits: Iterable[FoundHit],
    reasons: Iterable[Reason] = (),
    kept: KeptHits | None = None,
) -> SearchAnswer:
    """Return the JSON answer for a whole query; `kept` are its hits that an option keeps."""
    hit_answers = tuple(map(of_hit, found_hits))  # what is kept is known after the last of them
    used_words = [(correction.word, correction.used) for correction in hits.corrections]
    used_words += [(variants.word, variants.also) for variants in hits.also]
    return picked(
        SearchAnswer,
        hits,
        query=str(hits.query),
        corrections=tuple(
            CorrectionAnswer(word, *counted)
            for word, searched_words in used_words
            for counted in searched_words
        ),
        hits=hit_answers,
        count=hits.count if kept is None else kept.count,
        narrowed=kept.option if kept else "",
        tally=kept.look.tally if kept else None,
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
