"""Find the names that a dossier masks: in cables, notes, addresses and paths.

A word in a cable counts as a name only if it has a capital letter, unless the cable itself writes
the name in lower case, or the word is in an address. In a reader's own text, case is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.telegram.reading import Reading
from cable_tui.text import fold
from cable_tui.tools.protection import name_search
from cable_tui.tools.protection.name_search import NameForms, forms

MASK = "[name masked]"
LONGEST_NAME = 120
"""The maximum number of characters that one mask replaces."""
_LONG, _MOST_COMPARED = 6, 500
"""The minimum length of a last name that may have other spellings, and the maximum number of names
compared.
"""
_LEAST_INSIDE = 4
"""The minimum length of a name that is also searched for inside the words of a path."""


def can_be_masked(words: str) -> bool:
    """Return whether words contain anything that can be searched for."""
    name_forms = forms(words)
    return bool(name_forms.last or name_forms.literal)


class MaskedNames:
    """The names to mask in one text, which protects all or some of them."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = tuple(dict.fromkeys(names))
        known_forms = _with_given_names([forms(name) for name in self.names])
        self._literals = tuple(dict.fromkeys(name.literal for name in known_forms if name.literal))
        forms_by_word: dict[str, tuple[NameForms, ...]] = {}
        for name in known_forms:
            for word in name.last | name.others:
                forms_by_word[word] = (*forms_by_word.get(word, ()), name)
        last_names = frozenset(word for name in known_forms for word in name.last)
        small_words = frozenset(word for name in known_forms for word in name.small)
        self._table = name_search.NameTable(
            forms_by_word, last_names, frozenset(forms_by_word), small_words
        )

    def within(self, names: Iterable[str], kept: Iterable[str] = ()) -> MaskedNames:
        """Return the same names, for a text that protects only some of them.

        The last names in `kept` are not masked where they are doubtful.
        """
        protected_forms = [forms(name) for name in names]
        words_here = frozenset(word for name in protected_forms for word in name.last | name.others)
        masked_names = MaskedNames.__new__(MaskedNames)
        masked_names.names, masked_names._literals = self.names, self._literals
        last_names = frozenset(word for name in kept for word in forms(name).last)
        masked_names._table = replace(self._table, here=words_here, kept=last_names)
        return masked_names

    def spans(self, text: str, *, typed: bool = False) -> list[Span]:
        """Return the spans of names in a cable's text, or in a text that a reader `typed`."""
        if not self.names or not text:
            return []
        name_spans = list(self._literal_spans(text))
        if typed or self._may_be_in(text):
            text_without_pages = Reading(text).without_classes
            name_spans += name_search.NameSearch(
                self._table, text_without_pages, typed=typed
            ).spans()
            name_spans += self._in_addresses(text_without_pages)
            name_spans += self._set_apart(text_without_pages)
        return _apart(name_spans)

    def _may_be_in(self, text: str) -> bool:
        joined_letters = name_search.letters(text)
        return any(word in joined_letters for word in self._table.of)

    def doubtful(self, text: str) -> list[tuple[str, Span]]:
        """Return last names that may be something else in some places, each with its span."""
        if not self._may_be_in(text):
            return []
        text_without_pages = Reading(text).without_classes
        name_finder = name_search.NameSearch(self._table, text_without_pages, typed=False)
        list(name_finder.spans())
        return name_finder.doubtful

    def derived(self, text: str) -> list[str]:
        """Return words that are derived from a last name and not masked, such as `Pelhamites`."""
        if not self._may_be_in(text):
            return []
        masked_spans = self.spans(text)
        long_words = tuple(word for word in self._table.last if len(word) >= _LEAST_INSIDE)
        return [
            text[word.start : word.end]
            for word in name_search.words(text)
            if word.folded[0].startswith(long_words)
            and word.folded[0] not in self._table.of
            and text[word.start].isupper()
            and not any(start < word.end and word.start < end for start, end in masked_spans)
        ]

    def _in_addresses(self, text: str) -> Iterator[Span]:
        """Yield the spans of names in e-mail and web addresses, ignoring case."""
        if not any(address_sign in text for address_sign in _ADDRESS_SIGNS):
            return
        for match in _ADDRESS.finditer(text):
            if any(address_sign in match[0] for address_sign in _ADDRESS_SIGNS):
                spans = (
                    (word.start, word.end)
                    for word in name_search.words(match[0])
                    if word.folded[0] in self._table.of
                )
                for start, end in (*spans, *self._inside_spans(match[0])):
                    yield match.start() + start, match.start() + end

    def _set_apart(self, text: str) -> Iterator[Span]:
        """Yield the spans of names whose letters are spaced out: `P E L H A M`."""
        for match in _SET_APART.finditer(text):
            letter_offsets = [offset for offset in range(*match.span()) if text[offset].isalpha()]
            joined_letters = fold("".join(text[letter_offset] for letter_offset in letter_offsets))
            for inner_name in self._inside if len(joined_letters) == len(letter_offsets) else ():
                name_start = joined_letters.find(inner_name)
                if name_start >= 0:
                    yield (
                        letter_offsets[name_start],
                        letter_offsets[name_start + len(inner_name) - 1] + 1,
                    )

    def _literal_spans(self, text: str) -> Iterator[Span]:
        for literal in self._literals:
            literal_pattern = r"\s{1,99}".join(map(re.escape, literal.split()))
            yield from (
                match.span() for match in pattern(literal_pattern, re.IGNORECASE).finditer(text)
            )

    def masked(self, text: str) -> str:
        """Return a text with its names masked."""
        return _without(text, self.spans(text))

    def masked_as_typed(self, text: str) -> str:
        """Return a typed text with its names masked, even if written as `pelh*` or `pelham~`."""
        return _without(text, self.spans(text, typed=True))

    @property
    def _inside(self) -> Iterator[str]:
        """The names to search for inside a word of a path: last names, also after given names."""
        for name in dict.fromkeys(chain.from_iterable(self._table.of.values())):
            for last_name in name.last:
                if len(last_name) >= _LEAST_INSIDE:
                    yield last_name
                yield from (f"{other_word}{last_name}" for other_word in name.others)

    def masked_in_path(self, text: str) -> str:
        """Return a path or address with names masked, even inside its words: `adapelham2.html`."""
        return _without(text, _apart([*self.spans(text, typed=True), *self._inside_spans(text)]))

    def _inside_spans(self, text: str) -> Iterator[Span]:
        for word in name_search.words(text):
            folded_word = word.folded[0]
            for name in self._inside if len(folded_word) == word.end - word.start else ():
                if (start := folded_word.find(name)) >= 0:
                    yield word.start + start, word.start + start + len(name)


_ADDRESS_SIGNS = ("@", "://", "www.", "/~")
_ADDRESS = pattern(r"\S{3,400}")
_SET_APART = pattern(r"(?<!\w)[^\W\d_](?:[ \t.·*_-]{1,3}[^\W\d_](?!\w)){3,60}")


def _with_given_names(known_names: list[NameForms]) -> list[NameForms]:
    """Return the names; a lone last name gets the given names of a similarly spelled name.

    For example, a cable has `Shawn Marrack` at the request and `Shawn Marrick` elsewhere.
    """
    lone_names = [name for name in known_names if name.last and not name.others]
    if not lone_names or len(lone_names) == len(known_names):
        return known_names
    from rapidfuzz.distance import OSA  # most names are spelled in one way

    given_names: dict[NameForms, frozenset[str]] = {}
    for lone_name in lone_names[:_MOST_COMPARED]:
        for known_name in known_names[:_MOST_COMPARED]:
            word_pairs = (
                (own_word, known_word)
                for own_word in lone_name.last
                for known_word in known_name.last
                if len(own_word) >= _LONG
            )
            if any(
                OSA.distance(own_name, known_word, score_cutoff=1) <= 1
                for own_name, known_word in word_pairs
            ):
                given_names[lone_name] = given_names.get(lone_name, frozenset()) | known_name.others
    return [replace(name, others=given_names.get(name, name.others)) for name in known_names]


def _without(text: str, spans: Iterable[Span]) -> str:
    kept_pieces: list[str] = []
    kept_from = 0
    for span_start, span_end in spans:
        kept_pieces += (text[kept_from:span_start], MASK)
        kept_from = span_end
    return "".join((*kept_pieces, text[kept_from:]))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, with overlapping spans joined and long ones cut to mask length."""
    joined_spans: list[Span] = []
    for start, end in sorted(spans):
        if joined_spans and start < joined_spans[-1][1]:
            joined_spans[-1] = (joined_spans[-1][0], max(end, joined_spans[-1][1]))
        else:
            joined_spans.append((start, end))
    return [
        (span_start, min(span_start + LONGEST_NAME, end))
        for start, end in joined_spans
        for span_start in range(start, end, LONGEST_NAME)
    ]
