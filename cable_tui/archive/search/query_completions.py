"""Completions of the word at the cursor: prefixes, and values with their counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from cable_tui.archive.search import engine, row_sets
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.base.value import Value
from cable_tui.query import FACETS, MAX_LENGTH, SORTS, Query, parse
from cable_tui.query.fields import CHOICES, REGIONS, is_word_name
from cable_tui.query.flags import MASKS
from cable_tui.query.model import quoted
from cable_tui.query.parser import prefix_named
from cable_tui.query.reader_terms import ReaderData
from cable_tui.query.reference_table import PREFIX_HELP
from cable_tui.text import begins, folded_words

MOST = 50
"""The maximum number of completions offered at once."""


class Completion(Value):
    """One completion of the word at the cursor."""

    text: str
    """The whole line after the completion."""
    column: int
    """The position of the cursor after the completion."""
    label: str
    """The value and its meaning, for the reader."""
    count: int | None = None
    """The number of cables: for a facet's value, among those that match the rest of the query,
    otherwise in the archive or the list. None if unknown.
    """


class _Here(Value):
    """The word at the cursor."""

    start: int
    end: int
    sign: str
    prefix: str
    value: str
    """The part of the word before the cursor, without an opening quote."""


class _Value(Value):
    text: str
    meaning: str = ""
    count: int | None = None

    @property
    def label(self) -> str:
        has_other_meaning = self.meaning and self.meaning != self.text
        return f"{self.text}  {self.meaning}" if has_other_meaning else self.text


def completions(source: SnapshotSource, text: str, column: int) -> tuple[Completion, ...]:
    """Return at most `MOST` completions of the word before `column`; may be empty.

    Raises `CacheError`.
    """
    text = text[:MAX_LENGTH]
    typed_word = _here(text, min(column, len(text)))
    if not typed_word.prefix:
        return tuple(islice(_prefixes(text, typed_word), MOST))
    rest_of_query = parse(f"{text[: typed_word.start]} {text[typed_word.end :]}")
    prefix_name = prefix_named(typed_word.prefix) or typed_word.prefix
    possible_values = _values(Snapshot(source), source, prefix_name, rest_of_query)
    typed_words = folded_words(typed_word.value)
    fitting_values = (
        value for value in possible_values if _fits(typed_word.value, typed_words, value)
    )
    return tuple(_taken(text, typed_word, value) for value in islice(fitting_values, MOST))


def _here(text: str, column: int) -> _Here:
    word_start, in_quotes = 0, False
    for character_index, character in enumerate(text[:column]):
        in_quotes = in_quotes != (character == '"')
        if not in_quotes and (character.isspace() or character in "()"):
            word_start = character_index + 1
    word_end = column
    while word_end < len(text) and not text[word_end].isspace() and text[word_end] not in "()":
        word_end += 1
    word = text[word_start:column]
    minus = "-" if word.startswith("-") else ""
    prefix, colon, value_typed = word.removeprefix("-").partition(":")
    if not colon or '"' in prefix:
        prefix, value_typed = "", word.removeprefix("-")
    return _Here(word_start, word_end, minus, prefix.casefold(), value_typed.replace('"', ""))


def _prefixes(text: str, word: _Here) -> Iterator[Completion]:
    typed_prefix = word.value.casefold()
    for prefix_name, help_ in PREFIX_HELP.items():
        if typed_prefix and prefix_name.startswith(typed_prefix):
            line = f"{text[: word.start]}{word.sign}{prefix_name}:"
            yield Completion(line + text[word.end :], len(line), f"{prefix_name}:  {help_}")


def _fits(typed_text: str, typed_words: tuple[str, ...], value: _Value) -> bool:
    """Return whether a value, or a word of it, begins with the typed text."""
    if not typed_text.strip() or value.text.casefold().startswith(typed_text.strip().casefold()):
        return True
    return bool(typed_words) and begins(typed_words, folded_words(f"{value.text} {value.meaning}"))


def _taken(text: str, word: _Here, value: _Value) -> Completion:
    line = f"{text[: word.start]}{word.sign}{word.prefix}:{quoted(value.text)} "
    return Completion(line + text[word.end :].lstrip(), len(line), value.label, value.count)


def _values(
    snapshot: Snapshot, source: SnapshotSource, prefix: str, rest_of_query: Query
) -> Iterator[_Value]:
    if prefix in FACETS:
        for value_count in engine.counts(source, rest_of_query).get(prefix, ()):
            yield _Value(value_count.value, value_count.title, value_count.count)
    elif prefix in CHOICES:
        for value_name, meaning in CHOICES[prefix].items():
            yield _Value(value_name, meaning, _number(snapshot, prefix, value_name))
    elif prefix == "region":
        for value_name in REGIONS:
            yield _Value(
                value_name,
                count=row_sets.field_set(
                    snapshot, snapshot.columns, prefix, value_name
                ).bit_count(),
            )
    elif prefix == "sort":
        for value_name, sort_order in SORTS.items():
            yield _Value(value_name, sort_order.meaning)
    elif prefix in ("list", "query") or is_word_name(prefix):
        yield from _own(snapshot.own, prefix)


def _own(own: ReaderData, prefix: str) -> Iterator[_Value]:
    if prefix == "list":
        for saved_name, cables in sorted(own.lists.items(), key=lambda pair: pair[0].casefold()):
            yield _Value(saved_name, count=len(cables))
    elif is_word_name(prefix):
        for word_name in own.word_names(prefix).names:
            yield _Value(word_name.name, ", ".join(word_name.forms))
    else:
        for saved_name, text in sorted(own.saved.items(), key=lambda pair: pair[0].casefold()):
            yield _Value(saved_name, text)


def _number(snapshot: Snapshot, prefix: str, name: str) -> int | None:
    """Return how many cables a choice matches, or None if only a search would show it."""
    if (prefix, name) in MASKS:
        return snapshot.measures().count(MASKS[prefix, name])
    own_sets = snapshot.own
    ids_by_mark = {
        "bookmarked": own_sets.bookmarked,
        "noted": own_sets.noted,
        "read": own_sets.read,
    }
    return len(ids_by_mark[name]) if name in ids_by_mark else None
