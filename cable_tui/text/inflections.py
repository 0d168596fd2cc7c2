"""The regular inflections of English words: `sanction`, `sanctions`, `sanctioned`, `sanctioning`.

Two words are forms of each other if one rule makes both of them from the same word, whether or not
an archive has them. Only words of four plain letters and more take part.
"""

from __future__ import annotations

import string

from cable_tui.base.pattern import pattern

SHORTEST = 4
"""Letters of the shortest word that has forms: `new` and `news` are two words."""
_ALONE = frozenset(
    """
    ceiling customs during economics ethics evening goods logistics means morning nothing physics
    politics series something species statistics united wedding
    """.split()
)
"""Words that only look like forms of others, and words whose forms mean something else."""
_LETTERS = frozenset(string.ascii_lowercase)
_HISSING = ("s", "x", "z", "ch", "sh")
_CLOSED = pattern(r"(?:.*[^aeiou]|.*qu)?[aeiouy][b-df-hj-np-tvz]")
"""Ends in one vowel and one consonant: `stop`, `permit`; not `rain`."""
_ONE_SYLLABLE = pattern(r"[^aeiouy]*(?:qu)?[aeiouy][^aeiouy]")


def has_forms(word: str) -> bool:
    """Return whether a folded word can be a form of another."""
    return len(word) >= SHORTEST and _LETTERS.issuperset(word) and word not in _ALONE


def bases(word: str) -> tuple[str, ...]:
    """Return the words that this one may be a form of, itself first."""
    if not has_forms(word):
        return ()
    base_words = {word: None}
    for base_word in _stripped(word):
        if has_forms(base_word) and word in inflected(base_word):
            base_words[base_word] = None
    return tuple(base_words)


def inflected(base: str) -> tuple[str, ...]:
    """Return the forms that are made from a word, without the word."""
    ending = _plural(base)
    if base.endswith("e"):
        shorter_word = base[:-1]
        if base.endswith(("ee", "oe", "ye")):
            shorter_word = base
        ing = base[:-2] + "y" if base.endswith("ie") else shorter_word
        return (*ending, base + "d", ing + "ing")
    if base.endswith("y") and base[-2] not in "aeiou":
        return (*ending, base[:-1] + "ied", base + "ing")
    past_and_ing = []
    if not _ONE_SYLLABLE.fullmatch(base) or not _CLOSED.fullmatch(base):
        past_and_ing = [base + "ed", base + "ing"]
    if _CLOSED.fullmatch(base):
        past_and_ing += [base + base[-1] + "ed", base + base[-1] + "ing"]
    return (*ending, *past_and_ing)


def _plural(base: str) -> tuple[str, ...]:
    if base.endswith(_HISSING):
        return (base + "es",)
    if base.endswith("y") and base[-2] not in "aeiou":
        return (base[:-1] + "ies",)
    return (base + "s", base + "es") if base.endswith("o") else (base + "s",)


def _stripped(word: str) -> tuple[str, ...]:
    """Return a word without an ending, whether or not it is one."""
    if word.endswith("s"):
        return (word[:-1], word[:-2], word[:-3] + "y")
    if word.endswith("ed"):
        return (word[:-2], word[:-1], word[:-3], word[:-3] + "y")
    if word.endswith("ing"):
        return (word[:-3], word[:-3] + "e", word[:-4], word[:-4] + "ie")
    return ()
