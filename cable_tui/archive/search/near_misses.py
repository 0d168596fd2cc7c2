"""Near misses: what a phrase or a filter that finds little may have meant, with numbers of cables.

A quoted phrase is searched for word by word as typed, and a value of a facet by the beginnings of
its words: neither is changed silently. Near ones are offered, as other spellings of words are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cable_tui.archive.search.index_filters import vocabulary
from cable_tui.archive.search.row_sets import rows_of
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.archive.spelling.correct import WordIndex, forms
from cable_tui.archive.spelling.word_list import slips_of
from cable_tui.base.value import replace
from cable_tui.query import FACETS, Filter, Group, Phrase, Query, Term
from cable_tui.query.answers import Counted, Offer
from cable_tui.query.plan import FacetValue, WordPhrase
from cable_tui.text import folded_words

FEW = 20
"""Suggestions are made for a phrase found in at most this many cables."""
_APART = 5
"""The words that may be between those of a phrase offered with a `~`."""
_LEAST_LETTERS = 4
"""A word of this many letters or more is worth other forms: the parts of `F-16` are not."""
_MOST = 4
"""The most suggestions for one term."""
_MOST_TRIED = 12
"""The most phrases that are counted for one that finds little."""


def near_misses(snapshot: Snapshot, query: Query, count: int) -> tuple[Offer, ...]:
    """Return offers for the phrases and filters of a query that finds `count` cables.

    Each offer is text of the query language. Terms in brackets get theirs too; if a query finds
    much, only phrases without a cable, because another alternative may have found its cables.
    Raises `TextIndexError`.
    """
    offers: dict[Term, Offer] = {}
    for term, in_brackets in _wanted(query.terms):
        if term in offers:
            continue
        if isinstance(term, Filter):
            offers |= ((term, offer) for offer in of_filter(snapshot, term))
        elif isinstance(term, Phrase) and not term.negated and (in_brackets or count <= FEW):
            most_found = FEW if count <= FEW else 0
            offers |= (
                (term, offer) for offer in _of_phrase(snapshot.word_index(), term, most_found)
            )
    return tuple(offers.values())


def _wanted(terms: tuple[Term, ...], *, in_brackets: bool = False) -> Iterator[tuple[Term, bool]]:
    """Yield the terms of a query, and whether they are in brackets, without excluded phrases."""
    for term in terms:
        if not isinstance(term, Group):
            yield term, in_brackets
            continue
        for alternative in term.alternatives:
            for inner_term, _ in _wanted(alternative, in_brackets=True):
                if not (term.negated and isinstance(inner_term, Phrase)):
                    yield inner_term, True


def _of_phrase(known: WordIndex, term: Phrase, most: int) -> Iterator[Offer]:
    """Yield alternatives to a phrase that finds `most` cables or fewer."""
    tokens = folded_words(term.text)
    if len(tokens) < 2 or max(map(len, tokens)) < _LEAST_LETTERS:
        return
    exact_count = _count(known, term)
    if exact_count > most:
        return
    count_by_phrase: dict[str, int] = {}
    for tried_phrase in list(_bent(known, term, tokens))[:_MOST_TRIED]:
        if (count := _count(known, tried_phrase)) >= max(exact_count, 1):
            count_by_phrase[str(tried_phrase)] = count
    best_phrases = sorted(count_by_phrase.items(), key=lambda pair: (-pair[1], pair[0]))[
        : _MOST - 1
    ]
    if not term.slop:
        words_apart = replace(term, slop=_APART, prefix=False, marked="")
        if (count := _count(known, words_apart)) > exact_count:
            best_phrases.append((str(words_apart), count))
    if best_phrases:
        yield Offer(str(term), exact_count, tuple(best_phrases))


def _bent(known: WordIndex, term: Phrase, tokens: Sequence[str]) -> Iterator[Phrase]:
    """Yield the phrase with one of its words in another form, or corrected.

    The last word comes first: it is the noun that the others describe.
    """
    for token_index in reversed(range(len(tokens))):
        token = tokens[token_index]
        if len(token) < _LEAST_LETTERS or (term.prefix and token_index == len(tokens) - 1):
            continue
        other_forms = [form for form, _ in forms(token, term.field, known)]
        if not known.about(token, term.field):
            other_forms += [neighbour.word for neighbour in known.words().closest(token)[:_MOST]]
        for variant in dict.fromkeys(other_forms):
            words = (*tokens[:token_index], variant, *tokens[token_index + 1 :])
            yield replace(term, text=" ".join(words), begun=False, marked="")


def _count(known: WordIndex, term: Phrase) -> int:
    words = folded_words(term.text)
    if term.slop or not term.prefix:
        return known.found(WordPhrase(words, False, term.slop, term.field))
    return known.found(WordPhrase(words, True, 0, term.field))


def of_filter(snapshot: Snapshot, term: Filter) -> Iterator[Offer]:
    """Yield the nearest values to one that the archive does not have, as one offer."""
    facet = FACETS.get(term.facet)
    if facet is None or facet.kind != "term":
        return
    values = vocabulary(snapshot, term.facet)
    if values.chosen(term.value):
        return
    words_typed = folded_words(term.value)
    near_values = sorted(
        (far, value)
        for value in values.texts.values()
        if (far := _far(words_typed, folded_words(f"{value} {values.title(value)}"))) is not None
    )
    counts = {
        value: rows_of(snapshot, snapshot.columns, FacetValue(term.facet, value)).bit_count()
        for _, value in near_values[: 3 * _MOST]
    }
    counted_values = [
        (distance, -counts[value], value) for distance, value in near_values if counts.get(value)
    ]
    if counted_values:
        nearest_values = sorted(counted_values)[:_MOST]
        offered_filters: Counted = tuple(
            (str(Filter(term.facet, value, term.negated)), -count)
            for _, count, value in nearest_values
        )
        yield Offer(str(term), 0, offered_filters)


def _far(typed: Sequence[str], words: Sequence[str]) -> tuple[int, int] | None:
    """Return how far a value is from the words that were typed: their slips, then its other words.

    It is None if a word is near none of the value's.
    """
    slips = [min((_slips(word, of_value) for of_value in words), default=99) for word in typed]
    if not typed or max(slips) == 99:
        return None
    return sum(slips), len(words)


def _slips(word: str, other: str) -> int:
    """Return the slips between a word and another or its prefix; 99 if there are too many."""
    from rapidfuzz.distance import OSA  # only for a mistake

    if other.startswith(word):
        return 0
    most_slips = slips_of(len(word)) if len(word) > 2 else 0
    # A first letter is hardly ever a slip, and many short names are near each other.
    slips = int(OSA.distance(word, other))
    return slips if slips <= most_slips and (word[0] == other[0] or slips == 1) else 99
