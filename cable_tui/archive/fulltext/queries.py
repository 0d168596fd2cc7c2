"""From a plan of words to a query of the engine; its own query language is never used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cable_tui.archive.fulltext.schema import TextIndexError, sound
from cable_tui.archive.plan import AnyWord, Beginning, Either, Every, InRow, Plan, Without

if TYPE_CHECKING:
    import tantivy

_BOOSTS = (("subject", 4.0), ("summary", 2.0))
_LONGEST_PREFIX = 200
"""Letters; the engine's patterns have a limit of a thousand states."""
_SPECIAL = frozenset("\\^$.|?*+()[]{}")


def ranking(schema: tantivy.Schema, plan: Plan) -> tantivy.Query:
    """The same cables as `query`, those first that have the words in subject and summary."""
    import tantivy

    better = [
        tantivy.Query.boost_query(any_word(schema, field, tuple(_positive(plan))), boost)
        for field, boost in _BOOSTS
    ]
    return tantivy.Query.boolean_query(
        [
            (tantivy.Occur.Must, query(schema, plan)),
            *((tantivy.Occur.Should, each) for each in better),
        ]
    )


def query(schema: tantivy.Schema, plan: Plan) -> tantivy.Query:
    """The cables that a plan of words finds. Raises `TextIndexError` for filters."""
    import tantivy

    match plan:
        case AnyWord(words):
            return any_word(schema, "text", words)
        case Beginning(prefix):
            if len(prefix) > _LONGEST_PREFIX:
                return any_word(schema, "text", (prefix,))
            return tantivy.Query.regex_query(schema, "text", f"{_escaped(sound(prefix))}.*")
        case InRow(words, prefix, slop):
            return _row(schema, [sound(word) for word in words], prefix=prefix, slop=slop)
        case Either(parts):
            queries = [(tantivy.Occur.Should, query(schema, part)) for part in parts]
            return tantivy.Query.boolean_query(queries)
        case Every(parts):
            return _every(schema, parts)
        case Without():
            return _every(schema, (plan,))
        case _:
            raise TextIndexError(f"{plan} is no question for the text index")


def narrowed(schema: tantivy.Schema, wide: tantivy.Query, ids: Sequence[int]) -> tantivy.Query:
    """What of a query is among these cables."""
    import tantivy

    among = tantivy.Query.const_score_query(
        tantivy.Query.term_set_query(schema, "id", list(ids)), 0.0
    )
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, wide), (tantivy.Occur.Must, among)])


def _every(schema: tantivy.Schema, parts: tuple[Plan, ...]) -> tantivy.Query:
    import tantivy

    occur = tantivy.Occur
    clauses = [
        (occur.MustNot, query(schema, part.part))
        if isinstance(part, Without)
        else (occur.Must, query(schema, part))
        for part in parts
    ]
    if all(isinstance(part, Without) for part in parts):
        clauses.append((occur.Must, tantivy.Query.all_query()))
    return tantivy.Query.boolean_query(clauses)


def any_word(schema: tantivy.Schema, field: str, words: tuple[str, ...]) -> tantivy.Query:
    """The cables with one of these words in a field."""
    import tantivy

    terms = [tantivy.Query.term_query(schema, field, sound(word)) for word in words]
    if len(terms) == 1:
        return terms[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])


def _row(schema: tantivy.Schema, words: list[str], *, prefix: bool, slop: int) -> tantivy.Query:
    import tantivy

    given: list[str | tuple[int, str]] = [*words]
    if not prefix or max(map(len, words)) > _LONGEST_PREFIX:
        return tantivy.Query.phrase_query(schema, "text", given, slop)
    # The engine's own phrase with a beginning looks at fifty words only.
    patterns: list[str | tuple[int, str]] = [_escaped(word) for word in words]
    patterns[-1] = f"{patterns[-1]}.*"
    return tantivy.Query.regex_phrase_query(schema, "text", patterns)


def _positive(plan: Plan) -> Iterator[str]:
    """The words that a plan asks for."""
    if isinstance(plan, Every | Either):
        for part in plan.parts:
            yield from _positive(part)
    elif isinstance(plan, AnyWord | InRow):
        yield from plan.words
    elif isinstance(plan, Beginning):
        yield plan.prefix


def _escaped(word: str) -> str:
    """As a pattern of the engine; folded numbers such as `(1)` hold its signs."""
    return "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in word)
