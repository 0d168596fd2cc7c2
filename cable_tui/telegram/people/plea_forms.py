"""Other forms of a name in the same text: with given names, in capitals, spelled otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from cable_tui.pattern import pattern
from cable_tui.telegram.people.plea_names import Names
from cable_tui.telegram.people.plea_nouns import COUNTRIES, NO_NAME_WORDS
from cable_tui.telegram.people.plea_tokens import one_line, tokens
from cable_tui.text import fold

_WORD = pattern(r"[^\W\d_][\w’'-]{0,60}")
_ARTICLE = pattern(r"(?:a[dlnrstz]|ash|[eiu]l)[-’'](?=[^\W\d_])", re.IGNORECASE)
_MOST_PLACES = 20
"""Places of one surname that are looked at."""
_GIVEN = 80
"""Characters before a surname in which given names are looked for."""
_LONG = 5
"""Letters of a surname that one letter less or another one may spell otherwise."""
_MOST_COMPARED = 50
_MOST_WORDS = 20_000


def called(name: str) -> tuple[str, ...]:
    """The words by which somebody may be called alone, as written, without `al-` before them.

    `Ada`, `Soto`, `García` of `Ada R. Soto García`; no initials, no particles.
    """
    words = (_ARTICLE.sub("", word, 1).strip(_AROUND) for word in name.split())
    return tuple(dict.fromkeys(each for each in words if len(each) > 1 and each[0].isupper()))


_AROUND = ".,()\"“”‘’'-"


def keys(name: str) -> frozenset[str]:
    """The same words folded, by which two names are known to share one."""
    return frozenset(map(fold, called(name)))


def others(body: str, names: Iterable[str]) -> tuple[str, ...]:
    """Other forms of names in a body, as it has them, in their order there.

    A full name is one of a surname that is alone among the names, and of a name with which it
    shares two words. A word is one that differs from a long surname in one letter.
    """
    known: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for name in names:
        words = called(name)
        if words:
            known[_key(words[-1])].add(keys(name))
    if not known:
        return ()
    found = dict.fromkeys(_spelled_otherwise(body, known))
    seen: defaultdict[str, int] = defaultdict(int)
    for word in _WORD.finditer(body):
        key = _key(word[0])
        if key not in known or not word[0][0].isupper() or seen[key] >= _MOST_PLACES:
            continue
        seen[key] += 1
        full = _full(body, word.start(), word.end())
        ours = keys(full)
        if full and any(len(each) == 1 or len(each & ours) > 1 for each in known[key]):
            found[full] = None
    return tuple(found)


def _full(body: str, start: int, end: int) -> str:
    """The name of several words that ends with a word of a body; or empty."""
    low = max(start - _GIVEN, 0)
    if low:
        low = max(body.find(" ", low, start), low)
    near = tokens(body, low, end)
    names = Names(near, capitals=not any(map(str.islower, body[low:end])))
    last = names.found[-1] if names.found else None
    if last is None or last.end != len(near) or last.end - last.first < 2:
        return ""
    return one_line(body, *names.span(last))


def _spelled_otherwise(body: str, known: Iterable[str]) -> Iterator[str]:
    """Capitalized words that may be a long surname with one letter changed: `Serrai`, `Sirrai`."""
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for each in [each for each in known if len(each) >= _LONG][:_MOST_COMPARED]:
        by_first[each[0]].append(each)
    if not by_first:
        return
    from rapidfuzz.distance import OSA

    seen: set[str] = set()
    for found in _WORD.finditer(body):
        key = _key(found[0])
        if key in seen or not found[0][0].isupper() or len(key) < _LONG:
            continue
        seen.add(key)
        if len(seen) > _MOST_WORDS:
            return
        if key in NO_NAME_WORDS or key in COUNTRIES or key in known:
            continue
        if any(OSA.distance(key, each, score_cutoff=1) == 1 for each in by_first.get(key[0], ())):
            yield found[0][: len(key)] if found[0].lower().startswith(key) else found[0]


def _key(word: str) -> str:
    """A surname without article and genitive, folded."""
    small = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    return fold(_ARTICLE.sub("", small, 1))
