"""Near misses: similar phrases and filter values for a query with few hits, with counts.

A quoted phrase is searched for word by word as typed, and a value of a facet by the beginnings of
its words: neither is changed silently. Similar ones are suggested, like other spellings of words.
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
"""The maximum number of cables that a phrase may match for suggestions to be made."""
_APART = 5
"""The number of other words allowed between the words of a phrase suggested with `~`."""
_LEAST_LETTERS = 4
"""The minimum length, in letters, of a word whose other forms are tried; the parts of `F-16` are
too short.
"""
_MOST = 4
"""The maximum number of suggestions for one term."""
_MOST_TRIED = 12
"""The maximum number of phrases to count for a phrase with few hits."""


def near_misses(snapshot: Snapshot, query: Query, count: int) -> tuple[Offer, ...]:
    """Return suggestions for the phrases and filters of a query that matches `count` cables.

    Each suggestion is text of the query language. Terms in brackets get suggestions as well; if a
    query has many hits, only phrases that match no cable do, because another alternative may have
    matched. Raises `TextIndexError`.
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
    """Yield the terms of a query without excluded phrases, and whether each is in brackets."""
    for term in terms:
        if not isinstance(term, Group):
            yield term, in_brackets
            continue
        for alternative in term.alternatives:
            for inner_term, _ in _wanted(alternative, in_brackets=True):
                if not (term.negated and isinstance(inner_term, Phrase)):
                    yield inner_term, True


def _of_phrase(word_index: WordIndex, term: Phrase, most_cables: int) -> Iterator[Offer]:
    """Yield alternatives to a phrase that matches at most `most_cables` cables."""
    phrase_tokens = folded_words(term.text)
    if len(phrase_tokens) < 2 or max(map(len, phrase_tokens)) < _LEAST_LETTERS:
        return
    exact_count = _count(word_index, term)
    if exact_count > most_cables:
        return
    count_by_phrase: dict[str, int] = {}
    for tried_phrase in list(_bent(word_index, term, phrase_tokens))[:_MOST_TRIED]:
        if (phrase_count := _count(word_index, tried_phrase)) >= max(exact_count, 1):
            count_by_phrase[str(tried_phrase)] = phrase_count
    best_phrases = sorted(count_by_phrase.items(), key=lambda pair: (-pair[1], pair[0]))[
        : _MOST - 1
    ]
    if not term.slop:
        words_apart = replace(term, slop=_APART, prefix=False, marked="")
        if (phrase_count := _count(word_index, words_apart)) > exact_count:
            best_phrases.append((str(words_apart), phrase_count))
    if best_phrases:
        yield Offer(str(term), exact_count, tuple(best_phrases))


def _bent(word_index: WordIndex, term: Phrase, tokens: Sequence[str]) -> Iterator[Phrase]:
    """Yield the phrase with one of its words in another form, or corrected.

    The last word is changed first: it is the noun that the other words describe.
    """
    for token_index in reversed(range(len(tokens))):
        token = tokens[token_index]
        if len(token) < _LEAST_LETTERS or (term.prefix and token_index == len(tokens) - 1):
            continue
        other_forms = [form for form, _ in forms(token, term.field, word_index)]
        if not word_index.about(token, term.field):
            other_forms += [
                neighbour.word for neighbour in word_index.words().closest(token)[:_MOST]
            ]
        for variant in dict.fromkeys(other_forms):
            phrase_words = (*tokens[:token_index], variant, *tokens[token_index + 1 :])
            yield replace(term, text=" ".join(phrase_words), begun=False, marked="")


def _count(word_index: WordIndex, term: Phrase) -> int:
    phrase_words = folded_words(term.text)
    if term.slop or not term.prefix:
        return word_index.found(WordPhrase(phrase_words, False, term.slop, term.field))
    return word_index.found(WordPhrase(phrase_words, True, 0, term.field))


def of_filter(snapshot: Snapshot, term: Filter) -> Iterator[Offer]:
    """Yield one suggestion with the values nearest to a value that the archive lacks."""
    facet = FACETS.get(term.facet)
    if facet is None or facet.kind != "term":
        return
    vocabulary_read = vocabulary(snapshot, term.facet)
    if vocabulary_read.chosen(term.value):
        return
    typed_words = folded_words(term.value)
    near_values = sorted(
        (slips_and_words, value)
        for value in vocabulary_read.texts.values()
        if (
            slips_and_words := _far(
                typed_words, folded_words(f"{value} {vocabulary_read.title(value)}")
            )
        )
        is not None
    )
    cable_counts = {
        value: rows_of(snapshot, snapshot.columns, FacetValue(term.facet, value)).bit_count()
        for _, value in near_values[: 3 * _MOST]
    }
    counted_values = [
        (distance, -cable_counts[value], value)
        for distance, value in near_values
        if cable_counts.get(value)
    ]
    if counted_values:
        nearest_values = sorted(counted_values)[:_MOST]
        offered_filters: Counted = tuple(
            (str(Filter(term.facet, value, term.negated)), -negative_count)
            for _, negative_count, value in nearest_values
        )
        yield Offer(str(term), 0, offered_filters)


def _far(typed_words: Sequence[str], value_words: Sequence[str]) -> tuple[int, int] | None:
    """Return how far a value is from typed words: the slips in them, then its number of words.

    Return None if one of the typed words is similar to no word in the value.
    """
    slips = [
        min((_slips(word, value_word) for value_word in value_words), default=99)
        for word in typed_words
    ]
    if not typed_words or max(slips) == 99:
        return None
    return sum(slips), len(value_words)


def _slips(word: str, other_word: str) -> int:
    """Return the slips between a word and another word or its prefix; 99 if there are too many."""
    from rapidfuzz.distance import OSA  # only for a mistake

    if other_word.startswith(word):
        return 0
    most_slips = slips_of(len(word)) if len(word) > 2 else 0
    # A first letter is hardly ever a slip, and many short names are near each other.
    slips = int(OSA.distance(word, other_word))
    return slips if slips <= most_slips and (word[0] == other_word[0] or slips == 1) else 99
