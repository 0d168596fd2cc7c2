"""Other forms of a name in the same text: a full name for a surname, a different spelling."""

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
    """Return the words between two offsets on one line, without page lines."""
    plain_text = Reading(body[start:end]).without_classes.replace("\\", " ")
    return _HYPHEN.sub(lambda part: "-" if part[1].isupper() else "", " ".join(plain_text.split()))


_HYPHEN = pattern(r"(?<=\w)- (?=(\w))")


class Meant:
    """A set of names, for finding other forms of them in the same text."""

    def __init__(self, names: Iterable[str]) -> None:
        names = tuple(names)
        key_sets = set(map(keys, names))
        self._words = frozenset().union(*key_sets)
        self._alone = frozenset().union(
            *(name_keys for name_keys in key_sets if len(name_keys) == 1)
        )
        short_names = (
            called(name)[1:] if len(called(name)) > _GIVEN_ONLY else called(name) for name in names
        )
        self._last = frozenset(fold(word) for name_keys in short_names for word in name_keys)

    def is_in(self, text: str) -> bool:
        """Return whether a text contains one of the names.

        A name's first given name alone does not count.
        """
        return any(not self._last.isdisjoint(keys(word)) for word in _WORD.findall(text))

    def has(self, name: str) -> bool:
        """Return whether a name may be another form of one of the names.

        `Soto` and `Ada Soto` are forms of `Ada Soto García`. In case of doubt, a name counts as a
        form.
        """
        if not self._words or not (own_keys := keys(name)):
            return False
        shared_keys = own_keys & self._words
        return shared_keys == own_keys or len(shared_keys) > 1 or bool(own_keys & self._alone)


_WORD = pattern(r"[^\W\d_][\w-]{0,60}")
_GIVEN_ONLY = 2
"""The number of words in a name whose first word may be used alone: `Hu Lanqing`."""
_FORM_WORD = pattern(r"[^\W\d_][\w’'-]{0,60}")
_ARTICLE = pattern(r"(?:a[dlnrstz]|ash|[eiu]l)[-’'](?=[^\W\d_])", re.IGNORECASE)
_MOST_PLACES = 20
"""The maximum number of occurrences of one surname to examine."""
_GIVEN = 80
"""The number of characters before a surname to search for given names."""
_MOST_GIVEN = 5
"""The maximum number of words of a full name before its surname."""
_LONG = 5
"""The minimum length, in letters, of a surname that may have one letter more, less or different
elsewhere.
"""
_MOST_COMPARED = 50
_MOST_WORDS = 20_000


def called(name: str) -> tuple[str, ...]:
    """Return the words of a name that may be used alone, in their spelling, without `al-`.

    They are `Ada`, `Soto`, `García` for `Ada R. Soto García`: initials and particles are left out.
    """
    bare_words = (_ARTICLE.sub("", word, 1).strip(_FORM_AROUND) for word in name.split())
    return tuple(dict.fromkeys(word for word in bare_words if len(word) > 1 and word[0].isupper()))


_FORM_AROUND = ".,()\"“”‘’'-"


def keys(name: str) -> frozenset[str]:
    """Return the words of `called` folded, for finding names that share one."""
    return frozenset(map(fold, called(name)))


def others(body: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return other forms of names in a body, in their original spelling and order.

    A full name counts as a form of a surname given alone, and of a name with which it has two words
    in common. A word that differs from a long surname in one letter is also a form.
    """
    keys_by_word: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for name in names:
        if name_words := called(name):
            keys_by_word[_key(name_words[-1])].add(keys(name))
    if not keys_by_word:
        return ()
    other_forms = dict.fromkeys(_spelled_otherwise(body, keys_by_word))
    words_seen: defaultdict[str, int] = defaultdict(int)
    for word in _FORM_WORD.finditer(body):
        if not word[0][0].isupper():
            continue
        surname_key = _key(word[0])
        if surname_key not in keys_by_word or words_seen[surname_key] >= _MOST_PLACES:
            continue
        words_seen[surname_key] += 1
        full_name = _full(body, word.start(), word.end())
        own_keys = keys(full_name)
        if full_name and any(
            len(full_keys) == 1 or len(full_keys & own_keys) > 1
            for full_keys in keys_by_word[surname_key]
        ):
            other_forms[full_name] = None
    return tuple(other_forms)


def _full(body: str, start: int, end: int) -> str:
    """Return the name of several words that ends with a given word of a body; may be empty."""
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


def _spelled_otherwise(body: str, known_surnames: Iterable[str]) -> Iterator[str]:
    """Yield capitalized words that may be a long surname with one different letter: `Sirrai`."""
    surnames_by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for surname in [surname for surname in known_surnames if len(surname) >= _LONG][
        :_MOST_COMPARED
    ]:
        surnames_by_letter[surname[0]].append(surname)
    if not surnames_by_letter:
        return
    from rapidfuzz.distance import OSA

    words_seen: set[str] = set()
    for word in _FORM_WORD.finditer(body):
        if not word[0][0].isupper():
            continue
        surname_key = _key(word[0])
        if surname_key in words_seen or len(surname_key) < _LONG:
            continue
        words_seen.add(surname_key)
        if len(words_seen) > _MOST_WORDS:
            return
        if (
            surname_key in NO_NAME_WORDS
            or surname_key in COUNTRIES
            or surname_key in known_surnames
        ):
            continue
        if any(
            OSA.distance(surname_key, surname, score_cutoff=1) == 1
            for surname in surnames_by_letter.get(surname_key[0], ())
        ):
            yield (
                word[0][: len(surname_key)] if word[0].lower().startswith(surname_key) else word[0]
            )


def _key(word: str) -> str:
    """Return a surname, folded, without an article or a possessive 's."""
    small_word = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    return fold(_ARTICLE.sub("", small_word, 1))
