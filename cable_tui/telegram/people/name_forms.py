"""Names in other forms of the same text: a full name for a surname, a letter spelled otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from cable_tui.base.pattern import pattern
from cable_tui.telegram.people.name_tokens import tokens
from cable_tui.telegram.people.name_words import (
    COUNTRIES,
    NO_NAME_WORDS,
    PARTICLES,
    TITLE_WORDS,
)
from cable_tui.telegram.reading import Reading
from cable_tui.text import fold


def one_line(body: str, start: int, end: int) -> str:
    """Return the words between two places on one line, without page lines."""
    words = Reading(body[start:end]).without_classes.replace("\\", " ")
    return _HYPHEN.sub(lambda part: "-" if part[1].isupper() else "", " ".join(words.split()))


_HYPHEN = pattern(r"(?<=\w)- (?=(\w))")


class Meant:
    """Some names, for finding other forms of them in the same text."""

    def __init__(self, names: Iterable[str]) -> None:
        names = tuple(names)
        each_keys = set(map(keys, names))
        self._words = frozenset().union(*each_keys)
        self._alone = frozenset().union(*(words for words in each_keys if len(words) == 1))
        short_names = (
            called(name)[1:] if len(called(name)) > _GIVEN_ONLY else called(name) for name in names
        )
        self._last = frozenset(fold(word) for words in short_names for word in words)

    def is_in(self, text: str) -> bool:
        """Return whether a text has one of the names, by a word other than its first given name."""
        return any(not self._last.isdisjoint(keys(word)) for word in _WORD.findall(text))

    def has(self, name: str) -> bool:
        """Return whether a name may be another form of one.

        `Soto` and `Ada Soto` are forms of `Ada Soto García`.

        In doubt a name counts as a form.
        """
        if not self._words or not (own_keys := keys(name)):
            return False
        shared_keys = own_keys & self._words
        return shared_keys == own_keys or len(shared_keys) > 1 or bool(own_keys & self._alone)


_WORD = pattern(r"[^\W\d_][\w-]{0,60}")
_GIVEN_ONLY = 2
"""The number of words of a name whose first one may be used alone: `Hu Lanqing`."""
_FORM_WORD = pattern(r"[^\W\d_][\w’'-]{0,60}")
_ARTICLE = pattern(r"(?:a[dlnrstz]|ash|[eiu]l)[-’'](?=[^\W\d_])", re.IGNORECASE)
_MOST_PLACES = 20
"""The most occurrences of one surname that are looked at."""
_GIVEN = 80
"""Characters before a surname in which given names are looked for."""
_MOST_GIVEN = 5
"""The most words of a full name before its surname."""
_LONG = 5
"""A surname with this many letters may have one letter more, less or different elsewhere."""
_MOST_COMPARED = 50
_MOST_WORDS = 20_000


def called(name: str) -> tuple[str, ...]:
    """Return the words of a name that may be used alone, in their spelling, without `al-`.

    They are `Ada`, `Soto`, `García` of `Ada R. Soto García`: initials and particles are left out.
    """
    words = (_ARTICLE.sub("", word, 1).strip(_FORM_AROUND) for word in name.split())
    return tuple(dict.fromkeys(word for word in words if len(word) > 1 and word[0].isupper()))


_FORM_AROUND = ".,()\"“”‘’'-"


def keys(name: str) -> frozenset[str]:
    """Return the same words folded, for finding names that share one."""
    return frozenset(map(fold, called(name)))


def others(body: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return other forms of names in a body, as it has them, in their order there.

    A full name is a form of a surname that is alone among the names, and of a name with which it
    shares two words. So is a word that differs from a long surname in one letter.
    """
    keys_by_word: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for name in names:
        if words := called(name):
            keys_by_word[_key(words[-1])].add(keys(name))
    if not keys_by_word:
        return ()
    forms = dict.fromkeys(_spelled_otherwise(body, keys_by_word))
    words_seen: defaultdict[str, int] = defaultdict(int)
    for word in _FORM_WORD.finditer(body):
        if not word[0][0].isupper():
            continue
        key = _key(word[0])
        if key not in keys_by_word or words_seen[key] >= _MOST_PLACES:
            continue
        words_seen[key] += 1
        full_name = _full(body, word.start(), word.end())
        own_keys = keys(full_name)
        if full_name and any(
            len(full_keys) == 1 or len(full_keys & own_keys) > 1 for full_keys in keys_by_word[key]
        ):
            forms[full_name] = None
    return tuple(forms)


def _full(body: str, start: int, end: int) -> str:
    """Return the name of several words that ends with a word of a body; or empty."""
    if search_start := max(start - _GIVEN, 0):
        search_start = max(body.find(" ", search_start, start), search_start)
    tokens_before = [
        token for token in tokens(body, body, search_start, end) if token.start < start
    ]
    first_start = start
    for token in tokens_before[: -_MOST_GIVEN - 1 : -1]:
        is_particle = token.text in PARTICLES
        is_name = token.begins_name and token.folded not in NO_NAME_WORDS | COUNTRIES
        if not (is_particle or (is_name and not token.is_genitive)) or token.folded in TITLE_WORDS:
            break
        first_start = first_start if is_particle else token.start
    return one_line(body, first_start, end) if first_start < start else ""


def _spelled_otherwise(body: str, known: Iterable[str]) -> Iterator[str]:
    """Yield capitalized words that may be a long surname with one other letter: `Sirrai`."""
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for surname in [surname for surname in known if len(surname) >= _LONG][:_MOST_COMPARED]:
        by_first[surname[0]].append(surname)
    if not by_first:
        return
    from rapidfuzz.distance import OSA

    words_seen: set[str] = set()
    for word in _FORM_WORD.finditer(body):
        if not word[0][0].isupper():
            continue
        key = _key(word[0])
        if key in words_seen or len(key) < _LONG:
            continue
        words_seen.add(key)
        if len(words_seen) > _MOST_WORDS:
            return
        if key in NO_NAME_WORDS or key in COUNTRIES or key in known:
            continue
        if any(
            OSA.distance(key, surname, score_cutoff=1) == 1 for surname in by_first.get(key[0], ())
        ):
            yield word[0][: len(key)] if word[0].lower().startswith(key) else word[0]


def _key(word: str) -> str:
    """Return a surname without article and genitive, folded."""
    small_word = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    return fold(_ARTICLE.sub("", small_word, 1))
