"""A word before a colon that is no prefix of the query language: what it may mean.

Other archives call the same things by other names (`country:`, `author:`), and a slip makes a name
of none (`tga:`). An address, a time or a label in a pasted sentence only looks like a prefix.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from cable_tui.text import folded_words

_MOST = 3
_LONGEST = 60
"""A value of more letters is not repeated in a message."""
_USUAL = ("origin", "tag", "class", "date", "from", "subject")
"""The prefixes that are listed if none is near."""
_MEANT_BY: dict[str, str] = {
    "origin": "city consulate embassy location mission office place source station",
    "region origin tag": "area bureau country nation",
    "tag": "category keyword keywords label topic",
    "class": "level marking secrecy secret security",
    "date": "after before day month on sent since time until when",
    "released": "leaked published",
    "article": "media news newspaper paper press",
    "from": "sentby",
    "to info action": "addressee addressees destination receiver recipient",
    "info": "cc copied",
    "signed from person": "author by drafter officer signature signer writer",
    "person signed body": "name who",
    "subject": "about headline heading",
    "body": "content fulltext word words",
    "ref": "cable document id identifier number refid reference",
    "cites": "cite reftel references refs",
    "has is": "attribute flag property",
    "is": "bookmark bookmarks caption captions marked status",
    "note": "annotation notes remark",
    "said": "quote quoted says speaker",
    "comment": "comments opinion",
    "list": "collection folder lists",
    "query": "saved search",
    "len": "chars size",
    "paras": "para paragraph",
    "sort": "orderby sorted",
}
"""Prefixes, and words that mean them elsewhere."""
OF_TOOLS = {"comment": "voices", "person": "people", "said": "voices"}
"""Prefixes that tools bring, each with its tool: it is known by name even where it is missing."""
_SCHEMES = frozenset("doi ftp geo http https mailto news tel urn www".split())
"""Words before the colon of an address."""


def plain_name(word: str) -> str:
    """Return a prefix as it is looked up: `cited-by` and `Cited_By` are `citedby`."""
    return word.lower().replace("-", "").replace("_", "")


def is_text(word: str, value: str) -> bool:
    """Return whether a word with a colon is text: an address, a label, the path of a file.

    `https://example.org` and `NOTE: the port` are; `post:rabat` is not.
    """
    if not any(folded_words(value)) or value[0] in "/\\:":
        return True
    return plain_name(word) in _SCHEMES


def reason(word: str, value: str, known: Mapping[str, str]) -> str:
    """Return the message on an unknown prefix, with the nearest ones and the text in quotes.

    `known` has every word that means a prefix, with the prefix.
    """
    text = " ".join(f"{word}:{value}".replace('"', " ").split())
    text_itself = f'"{text}" searches' if len(text) <= _LONGEST else "quotation marks search"
    if tool := OF_TOOLS.get(plain_name(word)):
        return (
            f"{word}: needs the tool {tool}, which is not here; {text_itself} for the text itself"
        )
    near_prefixes = _nearest(plain_name(word), tuple(known.items()))
    names = [f"{name}:" for name in near_prefixes or _USUAL]
    listed_prefixes = (" or " if near_prefixes else " and ").join(
        filter(None, (", ".join(names[:-1]), names[-1]))
    )
    did_you_mean = (
        f"did you mean {listed_prefixes}?"
        if near_prefixes
        else f"the usual ones are {listed_prefixes};"
    )
    return f"there is no prefix {word}:, {did_you_mean} {text_itself} for the text itself"


@cache
def _nearest(name: str, known: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return prefixes that a word may mean: by its meaning, its beginning, its slips, its parts."""
    known_prefixes = {prefix for _, prefix in known}
    prefixes_by_word = {
        word: there
        for names, words in _MEANT_BY.items()
        if (there := " ".join(name for name in names.split() if name in known_prefixes))
        for word in words.split()
    }
    all_words = {**prefixes_by_word, **dict(known)}
    prefixes_found = _names(all_words, [name] if name in all_words else [])
    if not prefixes_found and len(name) > 1:
        prefixes_found = _names(
            all_words, sorted(word for word in all_words if word.startswith(name))
        )
    if not prefixes_found:
        prefixes_found = _names(all_words, _slipped(name, all_words))
    if not prefixes_found:
        words_inside = [word for word in all_words if len(word) > 3 and word in name]
        prefixes_found = _names(
            all_words, sorted(words_inside, key=lambda word: (-len(word), word))
        )
    return tuple(prefixes_found[:_MOST])


def _names(every: Mapping[str, str], words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for word in words for name in every[word].split()))


def _slipped(name: str, every: Iterable[str]) -> list[str]:
    """Return the words with the fewest slips, one in a short word and two in a long one."""
    from rapidfuzz.distance import OSA  # only for a mistake

    most_slips = 1 if len(name) <= 5 else 2
    slips = {
        word: int(OSA.distance(name, word)) for word in every if abs(len(word) - len(name)) < 3
    }
    near_words = [word for word, count in slips.items() if count <= most_slips]
    least_slips = min((slips[word] for word in near_words), default=0)
    return sorted(word for word in near_words if slips[word] == least_slips)
