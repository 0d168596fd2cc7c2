"""The sound of a name, from whatever alphabet it was transcribed.

Gaddafi, Qaddafi, Qadhafi, Kadafi; Hezbollah, Hizballah; Muhammad, Mohamed. The consonants
distinguish names; vowels, doubled letters and an `h` after a consonant are matters of spelling.
"""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.pattern import pattern

VOWELS = frozenset("aeiouy")
_LINES = 8
"""Words one a line, each changed separately, by `re.MULTILINE`."""
_SOUNDS = (
    # The longer ones first: what a sound is written as, and the one letter that stands for it.
    (pattern("dzh|dj|zh"), "j"),
    (pattern("schtsch|shch|tsch|tch|sch|ch|sh"), "s"),
    (pattern("tz|ts|z|c(?=[eiy]|$)", _LINES), "s"),
    (pattern("kh|gh|qh|ck|[cgkq]"), "k"),
    (pattern("ph"), "f"),
    (pattern("th|dh"), "d"),
    (pattern("(?:[vw]|ff)$", _LINES), "f"),
    (pattern("w"), "v"),
    (pattern("x"), "ks"),
)
"""The letters that one sound is written with in names.

A `v` stands for a `w` anywhere, for an `f` at the end only: Lavrov and Lavroff are one name, Cadivi
and Gaddafi are two.
"""
_DOUBLED = pattern(r"(.)\1+")
_SILENT = pattern(r"(?<=.)h")
_DIPHTHONGS = (
    (pattern("oo|ou|[ow]"), "u"),
    (pattern("ee|ie|ii|y"), "i"),
    (pattern("ai|ei|ay|ey"), "e"),
)


def skeleton(word: str) -> str:
    """Return the sound of a folded word: `kadafi` for Gaddafi, Qadhafi and Khadafy."""
    for shape, sound in _SOUNDS:
        word = shape.sub(sound, word)
    word = _SILENT.sub("", word)
    for shape, sound in _DIPHTHONGS:
        word = shape.sub(sound, word)
    return _DOUBLED.sub(r"\1", word)


def sounds(words: Sequence[str]) -> list[str]:
    """Return the consonants of the skeletons of folded words; faster than one by one."""
    if not words:
        return []
    return [consonants(each) for each in skeleton("\n".join(words)).split("\n")]


def consonants(sounds: str) -> str:
    """Return a skeleton without its vowels.

    An `a` stands for a vowel or an `h` at the beginning, which hardly distinguish names either.
    """
    rest = "".join(letter for letter in sounds[1:] if letter not in VOWELS)
    if not sounds or sounds[0] == "h" or sounds[0] in VOWELS:
        return f"a{rest}"
    return sounds[0] + rest


def alike(word: str, other: str, slips: int) -> bool:
    """Return whether two folded words that differ by `slips` may be one name."""
    ours, theirs = skeleton(word), skeleton(other)
    key = consonants(ours)
    if key != consonants(theirs):
        return False
    least = 2 if key.startswith("a") else 1
    if len(key) > least + 1:
        return _distance(ours, theirs) <= (2 if slips <= 3 else 1)
    begin_alike = word[0] == other[0] or (ours[0] == theirs[0] and "g" not in word[0] + other[0])
    return len(key) > least and begin_alike and slips <= 3 and _distance(ours, theirs) <= 1


def _distance(ours: str, theirs: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(ours, theirs))
