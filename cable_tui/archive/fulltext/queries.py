"""From a plan of words to a query of the engine; its own query language is never used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cable_tui.archive.fulltext.schema import (
    ANYWHERE,
    INITIALS,
    TextIndexError,
    filed_in,
    sound,
)
from cable_tui.archive.plan import (
    AnyWord,
    Beginning,
    Between,
    Coded,
    Either,
    Every,
    InRow,
    Plan,
    Without,
)

if TYPE_CHECKING:
    import tantivy

_LESSER = 0.5
"""What a form of a word is worth, where the word itself is worth 1."""
_LONGEST_PREFIX = 200
"""Letters; the engine's patterns have a limit of a thousand states."""
_SPECIAL = frozenset("\\^$.|?*+()[]{}")


class Asker:
    """Makes queries for one state of the index: it knows which of its fields has a word."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def query(self, plan: Plan) -> tantivy.Query:
        """The cables that a plan of words finds. Raises `TextIndexError` for filters."""
        match plan:
            case AnyWord(words, field, lesser):
                return self._words(words, lesser, field)
            case Beginning(prefix, field):
                return self._beginning(prefix, field)
            case InRow():
                return self._in_row(plan)
            case Either(parts):
                return any_of([self.query(part) for part in parts])
            case Every(parts):
                return self._every(parts)
            case Without():
                return self._every((plan,))
            case Coded(facet, codes):
                return self._filed(facet, codes)
            case Between(facet, first, last):
                return self._between(facet, first, last)
            case _:
                raise TextIndexError(f"{plan} is no question for the text index")

    def _filed(self, facet: str, codes: Sequence[int]) -> tantivy.Query:
        import tantivy

        field = filed_in(facet)
        terms = any_of([tantivy.Query.term_query(self._schema, field, code) for code in codes])
        return tantivy.Query.const_score_query(terms, 0.0)

    def _between(self, facet: str, first: int, last: int) -> tantivy.Query:
        import tantivy

        kind = tantivy.FieldType.Integer
        days = tantivy.Query.range_query(self._schema, filed_in(facet), kind, first, last)
        return tantivy.Query.const_score_query(days, 0.0)

    def among(self, wide: tantivy.Query, ids: Sequence[int]) -> tantivy.Query:
        """What of a query is among these cables."""
        import tantivy

        few = tantivy.Query.term_set_query(self._schema, "id", list(ids))
        few = tantivy.Query.const_score_query(few, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, wide), (tantivy.Occur.Must, few)])

    def any_word(self, words: Sequence[str], field: str = "") -> tantivy.Query:
        """The cables with one of these words, anywhere or in one field."""
        return any_of(
            [self._term(each, word) for word in words for each in self._holding((word,), field)]
        )

    def _words(self, words: Sequence[str], lesser: Sequence[str], field: str) -> tantivy.Query:
        """The cables with one of these words, those first that have the better ones."""
        import tantivy

        if not lesser:
            return self.any_word(words, field)
        behind = tantivy.Query.boost_query(self.any_word(lesser, field), _LESSER)
        return any_of([self.any_word(words, field), behind]) if words else behind

    def _holding(self, words: Sequence[str], field: str) -> tuple[str, ...]:
        """The fields to look in: a field that lacks a word needs no look."""
        fields = (field,) if field else ANYWHERE
        return tuple(each for each in fields if self._has_all(words, each)) or fields[:1]

    def cables(self, word: str) -> int:
        """Cables whose text has a word."""
        return self._searcher.doc_freq("body", sound(word))

    def _has_all(self, words: Sequence[str], field: str) -> bool:
        return all(self._searcher.doc_freq(field, sound(word)) for word in words)

    def _term(self, field: str, word: str) -> tantivy.Query:
        import tantivy

        return tantivy.Query.term_query(self._schema, field, sound(word))

    def _beginning(self, prefix: str, field: str) -> tantivy.Query:
        if len(prefix) > _LONGEST_PREFIX:
            return self.any_word((prefix,), field)
        if not field and len(prefix) <= len(INITIALS):
            return self._term(INITIALS[len(prefix) - 1], prefix)
        return any_of([self._pattern(each, prefix) for each in ((field,) if field else ANYWHERE)])

    def _pattern(self, field: str, prefix: str) -> tantivy.Query:
        import tantivy

        return tantivy.Query.regex_query(self._schema, field, f"{_escaped(sound(prefix))}.*")

    def _in_row(self, row: InRow) -> tantivy.Query:
        whole = row.words[:-1] if row.prefix else row.words
        if row.prefix and not row.field and len(row.words[-1]) <= len(INITIALS):
            # So short a beginning is looked for anywhere in the cable: to look at all words that
            # begin so, and at where they stand, takes half a second in a large archive.
            first = replace(row, words=whole, prefix=False) if len(whole) > 1 else AnyWord(whole)
            return self._every((first, Beginning(row.words[-1])))
        return any_of([self._row(row, each) for each in self._holding(whole, row.field)])

    def _row(self, row: InRow, field: str) -> tantivy.Query:
        import tantivy

        words = [sound(word) for word in row.words]
        given: list[str | tuple[int, str]] = [*words]
        if not row.prefix or max(map(len, words)) > _LONGEST_PREFIX:
            found = tantivy.Query.phrase_query(self._schema, field, given, row.slop)
            if row.slop and len(given) == 2:  # near is near, whichever comes first
                turned = tantivy.Query.phrase_query(self._schema, field, given[::-1], row.slop)
                return any_of([found, turned])
            return found
        # The engine's own phrase with a beginning looks at fifty words only.
        patterns: list[str | tuple[int, str]] = [_escaped(word) for word in words]
        patterns[-1] = f"{patterns[-1]}.*"
        return tantivy.Query.regex_phrase_query(self._schema, field, patterns)

    def _every(self, parts: tuple[Plan, ...]) -> tantivy.Query:
        import tantivy

        occur = tantivy.Occur
        clauses = [
            (occur.MustNot, self.query(part.part))
            if isinstance(part, Without)
            else (occur.Must, self.query(part))
            for part in parts
        ]
        if all(isinstance(part, Without) for part in parts):
            clauses.append((occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(clauses)


def any_of(queries: list[tantivy.Query]) -> tantivy.Query:
    """The cables that one of some queries finds."""
    import tantivy

    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in queries])


def _escaped(word: str) -> str:
    """As a pattern of the engine; folded numbers such as `(1)` hold its signs."""
    return "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in word)
