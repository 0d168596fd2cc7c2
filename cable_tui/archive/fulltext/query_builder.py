"""Build the engine's queries from plans; the engine's own query language is never used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations

import tantivy

from cable_tui.archive.fulltext.schema import (
    ANYWHERE,
    INITIALS,
    PARTS,
    TextIndexError,
    filed_in,
    further_of,
    sound,
)
from cable_tui.query.plan import (
    And,
    AnyWord,
    DayRange,
    Leaf,
    Not,
    Or,
    Plan,
    TermCodes,
    WordPhrase,
    WordPrefix,
)

Weights = tuple[tuple[str, float], ...]
"""Pairs of a field and the weight of a hit in it."""

_PLAIN: Weights = tuple((field, 1.0) for field in ANYWHERE)
_LESSER = 0.5
"""The weight of another form of a word; the word itself has the weight 1."""
_LONGEST_PREFIX = 200
"""The maximum length, in letters, of a prefix; the engine's patterns are limited to a thousand
states.
"""
_WRITTEN_OUT = 5
"""The minimum length, in letters, of a prefix whose words may be few enough to search for each of
them.
"""
_MOST_WORDS = 40
"""The maximum number of words with a prefix to search for one by one; for more words a pattern is
faster.
"""
_MOST_TURNED = 4
"""The maximum number of words near each other to search for in every order."""
_KNOWN = 10_000
"""The maximum number of words whose counts are cached."""
_MOST_WORDY = "body"
"""The field in which most prefixes match. In other fields they often match nothing, which can be
checked quickly.
"""
_SPECIAL = frozenset("\\^$.|?*+()[]{}")


class QueryBuilder:
    """Builds queries for one state of the index, whose word counts by field it looks up.

    `also` contains further fields with weights for parts of a plan. These must be parts of
    `ANYWHERE`, as the subject and the summary are parts of the body: they change scores, not hits.
    """

    def __init__(
        self, schema: tantivy.Schema, searcher: tantivy.Searcher, parts: Sequence[str] = PARTS
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._cables: dict[tuple[str, str], int] = {}
        self._everywhere = self
        """The builder for excluded parts."""
        self._further = {
            field: further_of(field)
            for field in parts
            if searcher.terms_with_prefix(further_of(field), "", limit=1)
        }
        """The fields with the words of additional records, keyed by the field they extend."""

    def shown_only(self) -> QueryBuilder | None:
        """Return a builder for the displayed records, or None if other records contain no more.

        Excluded words are still searched for in all records.
        """
        if not self._further:
            return None
        from copy import copy  # few archives have further records

        builder = copy(self)
        builder._everywhere = self
        builder._further = {}
        return builder

    def with_further(self, fields: Iterable[str]) -> Iterator[str]:
        """Yield the fields, each followed by its field for further records."""
        for field in fields:
            yield field
            if field in self._further:
                yield self._further[field]

    def query(self, plan: Plan, also: Mapping[Leaf, Weights] | None = None) -> tantivy.Query:
        """Return the query for a plan of words. Raises `TextIndexError` for filters."""
        match plan:
            case AnyWord() | WordPrefix() | WordPhrase():
                return any_of(list(self._leaf(plan, also)))
            case Or(parts):
                return any_of(list(self._either(parts, also)))
            case And(parts):
                return self._every(parts, also)
            case Not():
                return self._every((plan,), also)
            case TermCodes(facet, codes):
                return self._filed(facet, codes)
            case DayRange(facet, first, last):
                return self._between(facet, first, last)
            case _:
                raise TextIndexError(f"{plan} cannot be answered by the text index")

    def cables(self, word: str, field: str = "body") -> int:
        """Return how many cables contain a word in a field, including removed cables."""
        known_count = self._cables.get((field, word))
        if known_count is None:
            if len(self._cables) > _KNOWN:
                self._cables.clear()
            known_count = self._searcher.doc_freq(field, sound(word))
            self._cables[field, word] = known_count
        return known_count

    @property
    def size(self) -> int:
        """The number of cables in the index."""
        return self._searcher.num_docs

    def these(self, ids: Sequence[int]) -> tantivy.Query:
        """Return the query for these cables, a few hundred at most, without a score."""
        # One by one: the engine would read through all ids for a set of terms.
        ids_query = any_of([tantivy.Query.term_query(self._schema, "id", id_) for id_ in ids])
        return tantivy.Query.const_score_query(ids_query, 0.0)

    def better(self, leaf: Leaf, fields: Weights) -> Iterator[tantivy.Query]:
        """Return queries that raise the scores of cables with a part of a plan in the fields."""
        return self._in_fields(leaf, fields)

    def any_word(self, words: Sequence[str], field: str) -> tantivy.Query:
        """Return the query for cables with one of these words in one field."""
        return any_of(list(self._words(AnyWord(tuple(words), field), ((field, 1.0),))))

    def row(self, words: Sequence[str], field: str, slop: int = 0) -> tantivy.Query:
        """Return the query for consecutive words with at most `slop` other words between them."""
        phrase_terms: list[str | tuple[int, str]] = [sound(word) for word in words]
        return tantivy.Query.phrase_query(self._schema, field, phrase_terms, slop)

    def _filed(self, facet: str, codes: Sequence[int]) -> tantivy.Query:
        facet_field = filed_in(facet)
        terms_query = any_of(
            [tantivy.Query.term_query(self._schema, facet_field, code) for code in codes]
        )
        return tantivy.Query.const_score_query(terms_query, 0.0)

    def _between(self, facet: str, first: int, last: int) -> tantivy.Query:
        field_type = tantivy.FieldType.Integer
        days_query = tantivy.Query.range_query(
            self._schema, filed_in(facet), field_type, first, last
        )
        return tantivy.Query.const_score_query(days_query, 0.0)

    def _either(
        self, parts: tuple[Plan, ...], also: Mapping[Leaf, Weights] | None
    ) -> Iterator[tantivy.Query]:
        """Yield all alternatives on one level, which is fastest for the engine."""
        for alternative in parts:
            if isinstance(alternative, Leaf):
                yield from self._leaf(alternative, also)
            else:
                yield self.query(alternative, also)

    def _leaf(self, leaf: Leaf, also: Mapping[Leaf, Weights] | None) -> Iterator[tantivy.Query]:
        more_weights = (also or {}).get(leaf, ())
        if leaf.field:
            yield from self._in_fields(leaf, self._wide(((leaf.field, 1.0),)))
        elif isinstance(leaf, WordPrefix) and len(leaf.prefix) <= len(INITIALS):
            yield self._term(INITIALS[len(leaf.prefix) - 1], leaf.prefix)
            yield from self._in_fields(leaf, more_weights)
        else:
            yield from self._in_fields(leaf, (*self._wide(_PLAIN), *more_weights))

    def _wide(self, fields: Weights) -> Weights:
        if not self._further:
            return fields
        weights = dict(fields)
        return tuple((field, weights.get(field, 1.0)) for field in self.with_further(weights))

    def _in_fields(self, leaf: Leaf, fields: Weights) -> Iterator[tantivy.Query]:
        match leaf:
            case AnyWord():
                yield from self._words(leaf, fields)
            case WordPrefix(prefix):
                for field, weight in fields:
                    yield from self._begun(field, prefix, weight)
            case WordPhrase():
                yield from self._rows(leaf, fields)

    def _words(self, leaf: AnyWord, fields: Weights) -> Iterator[tantivy.Query]:
        """Yield one query for each word and field, except fields without the word."""
        for words, form_weight in ((leaf.words, 1.0), (leaf.lesser, _LESSER)):
            for word in words:
                for field, weight in fields:
                    if self.cables(word, field):
                        yield _weighed(self._term(field, word), weight * form_weight)

    def _term(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, sound(word), "freq")

    def _begun(self, field: str, prefix: str, weight: float) -> Iterator[tantivy.Query]:
        """Yield queries for cables that contain a word with the prefix in a field."""
        if len(prefix) > _LONGEST_PREFIX:
            if self.cables(prefix, field):
                yield _weighed(self._term(field, prefix), weight)
            return
        words_with = self._searcher.terms_with_prefix
        if len(prefix) >= _WRITTEN_OUT:
            words_found = words_with(field, sound(prefix))
            if len(words_found) <= _MOST_WORDS:
                yield from (_weighed(self._term(field, word), weight) for word, _ in words_found)
                return
        elif field != _MOST_WORDY and not words_with(field, sound(prefix), limit=1):
            return
        prefix_pattern = f"{_escaped(sound(prefix))}.*"
        yield _weighed(tantivy.Query.regex_query(self._schema, field, prefix_pattern), weight)

    def _rows(self, phrase: WordPhrase, fields: Weights) -> Iterator[tantivy.Query]:
        whole_words = phrase.words[:-1] if phrase.prefix else phrase.words
        if phrase.begun and phrase.field in ("", "body") and len(phrase.words[-1]) <= len(INITIALS):
            # To compare the positions of all words that begin so takes seconds in a large archive:
            # that is done when the word is no longer being typed.
            complete_words = (
                WordPhrase(whole_words, field=phrase.field)
                if len(whole_words) > 1
                else AnyWord(whole_words, phrase.field)
            )
            yield self._every((complete_words, WordPrefix(phrase.words[-1])), None)
            return
        for field, weight in fields:
            if all(self.cables(word, field) for word in whole_words):
                yield _weighed(self._row(phrase, field), weight)

    def _row(self, phrase: WordPhrase, field: str) -> tantivy.Query:
        if not phrase.prefix or max(map(len, phrase.words)) > _LONGEST_PREFIX:
            word_orders = self._orders(phrase) if phrase.slop else [phrase.words]
            return any_of(
                [self.row(ordered_words, field, phrase.slop) for ordered_words in word_orders]
            )
        # The engine's own phrase with a beginning tries fifty words only.
        word_patterns: list[str | tuple[int, str]] = [
            _escaped(sound(word)) for word in phrase.words
        ]
        word_patterns[-1] = f"{word_patterns[-1]}.*"
        return tantivy.Query.regex_phrase_query(self._schema, field, word_patterns)

    def _orders(self, phrase: WordPhrase) -> list[tuple[str, ...]]:
        """Return the possible orders of words near each other.

        For many words, only forward and backward.
        """
        if len(phrase.words) > _MOST_TURNED:
            return [phrase.words, phrase.words[::-1]]
        return list(dict.fromkeys(permutations(phrase.words)))

    def _every(
        self, plan_parts: tuple[Plan, ...], also: Mapping[Leaf, Weights] | None
    ) -> tantivy.Query:
        occur = tantivy.Occur
        clauses = [
            (occur.MustNot, self._everywhere.query(required_part.part))
            if isinstance(required_part, Not)
            else (occur.Must, self.query(required_part, also))
            for required_part in plan_parts
        ]
        if all(isinstance(plan_part, Not) for plan_part in plan_parts):
            clauses.append((occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(clauses)


def any_of(queries: list[tantivy.Query]) -> tantivy.Query:
    """Return the query for cables that match at least one of the queries."""
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _weighed(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _escaped(word: str) -> str:
    """Return a word as a pattern of the engine.

    Folded numbers such as `(1)` contain special characters.
    """
    return "".join(f"\\{character}" if character in _SPECIAL else character for character in word)
