"""Suggest what an unknown word before a colon may mean.

Other archives use other names for the same properties (`country:`, `author:`), and a typing error
turns a name into an unknown word (`tga:`). An address, a time or a label in a pasted sentence only
looks like a prefix.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from cable_tui.text import folded_words

_MOST = 3
_LONGEST = 60
"""The maximum length of a text that an error message repeats, in characters."""
_USUAL = ("origin", "tag", "class", "date", "from", "subject")
"""The prefixes to list if none is similar to the unknown word."""
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
    "added": "arrived imported indexed",
    "note": "annotation notes remark",
    "said": "quote quoted says speaker",
    "comment": "comments opinion",
    "list": "collection folder lists",
    "query": "saved search",
    "len": "chars size",
    "paras": "para paragraph",
    "sort": "orderby sorted",
    "sample": "random",
}
"""Prefixes, with the words that other archives use for them."""
OF_TOOLS = {"comment": "voices", "person": "people", "said": "voices"}
"""The prefixes that tools add, each with its tool, so that an error message can name the missing
tool.
"""
_SCHEMES = frozenset("doi ftp geo http https mailto news tel urn www".split())
"""The words before the colon in an address."""


def plain_name(word: str) -> str:
    """Return a prefix in the form used for lookups: `cited-by` and `Cited_By` become `citedby`."""
    return word.lower().replace("-", "").replace("_", "")


def is_text(word: str, value: str) -> bool:
    """Return whether a word with a colon is plain text: an address, a label or a file path.

    For example, `https://example.org` and `NOTE: the port` are plain text; `post:rabat` is not.
    """
    if not any(folded_words(value)) or value[0] in "/\\:":
        return True
    return plain_name(word) in _SCHEMES


def reason(word: str, value: str, known: Mapping[str, str]) -> str:
    """Return the message about an unknown prefix, with similar prefixes and the quoted text.

    `known` maps every accepted spelling of a prefix to the prefix.
    """
    typed_text = " ".join(f"{word}:{value}".replace('"', " ").split())
    text_itself = (
        f'"{typed_text}" searches' if len(typed_text) <= _LONGEST else "quotation marks search"
    )
    if missing_tool := OF_TOOLS.get(plain_name(word)):
        return (
            f"{word}: needs the tool {missing_tool}, which is not installed; {text_itself} for "
            "the text itself"
        )
    near_prefixes = _nearest(plain_name(word), tuple(known.items()))
    suggested_prefixes = [f"{name}:" for name in near_prefixes or _USUAL]
    listed_prefixes = (" or " if near_prefixes else " and ").join(
        filter(None, (", ".join(suggested_prefixes[:-1]), suggested_prefixes[-1]))
    )
    did_you_mean = (
        f"Did you mean {listed_prefixes}?"
        if near_prefixes
        else f"The usual prefixes are {listed_prefixes}."
    )
    text_itself = text_itself[0].upper() + text_itself[1:]
    return f"the prefix {word}: is unknown. {did_you_mean} {text_itself} for the text itself"


@cache
def _nearest(
    unknown_word: str, prefix_by_known_word: tuple[tuple[str, str], ...]
) -> tuple[str, ...]:
    """Return the prefixes that a word may mean: by meaning, by beginning, by spelling, by parts."""
    known_prefixes = {prefix for _, prefix in prefix_by_known_word}
    prefixes_by_word = {
        word: known_names
        for prefix_names, words in _MEANT_BY.items()
        if (
            known_names := " ".join(
                prefix_name for prefix_name in prefix_names.split() if prefix_name in known_prefixes
            )
        )
        for word in words.split()
    }
    all_words = {**prefixes_by_word, **dict(prefix_by_known_word)}
    prefixes_found = _names(all_words, [unknown_word] if unknown_word in all_words else [])
    if not prefixes_found and len(unknown_word) > 1:
        prefixes_found = _names(
            all_words, sorted(word for word in all_words if word.startswith(unknown_word))
        )
    if not prefixes_found:
        prefixes_found = _names(all_words, _slipped(unknown_word, all_words))
    if not prefixes_found:
        words_inside = [word for word in all_words if len(word) > 3 and word in unknown_word]
        prefixes_found = _names(
            all_words, sorted(words_inside, key=lambda word: (-len(word), word))
        )
    return tuple(prefixes_found[:_MOST])


def _names(prefixes_by_word: Mapping[str, str], words: Iterable[str]) -> list[str]:
    return list(
        dict.fromkeys(
            prefix_name for word in words for prefix_name in prefixes_by_word[word].split()
        )
    )


def _slipped(name: str, known_words: Iterable[str]) -> list[str]:
    """Return the words nearest to a mistyped one: at most one error, or two in a long word."""
    from rapidfuzz.distance import OSA  # only for a mistake

    most_edits = 1 if len(name) <= 5 else 2
    edit_distances = {
        word: int(OSA.distance(name, word))
        for word in known_words
        if abs(len(word) - len(name)) < 3
    }
    near_words = [
        word for word, edit_distance in edit_distances.items() if edit_distance <= most_edits
    ]
    fewest_edits = min((edit_distances[word] for word in near_words), default=0)
    return sorted(word for word in near_words if edit_distances[word] == fewest_edits)
