"""The sound of a name, whatever alphabet it was transcribed from.

Gaddafi, Qaddafi, Qadhafi, Kadafi; Hezbollah, Hizballah; Muhammad, Mohamed. Consonants distinguish
names; vowels, doubled letters and an `h` after a consonant are matters of spelling.
"""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.base.pattern import pattern

VOWELS = frozenset("aeiouy")
_LINES = 8
"""The pattern flag for a list with one word per line, in which each line is changed separately."""
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
"""The spellings of each sound in names.

A `v` can replace a `w` anywhere, but an `f` only at the end: Lavrov and Lavroff are one name,
Cadivi and Gaddafi are two.
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
    for sound_pattern, sound in _SOUNDS:
        word = sound_pattern.sub(sound, word)
    word = _SILENT.sub("", word)
    for sound_pattern, sound in _DIPHTHONGS:
        word = sound_pattern.sub(sound, word)
    return _DOUBLED.sub(r"\1", word)


def sounds(words: Sequence[str]) -> list[str]:
    """Return the consonants of the skeletons of many folded words, faster than word by word."""
    if not words:
        return []
    return [
        consonants(skeleton_of_word) for skeleton_of_word in skeleton("\n".join(words)).split("\n")
    ]


def consonants(sounds: str) -> str:
    """Return a skeleton without its vowels.

    An `a` represents a vowel or an `h` at the beginning, which hardly distinguish names either.
    """
    later_consonants = "".join(letter for letter in sounds[1:] if letter not in VOWELS)
    if not sounds or sounds[0] == "h" or sounds[0] in VOWELS:
        return f"a{later_consonants}"
    return sounds[0] + later_consonants


def alike(word: str, other: str, slips: int) -> bool:
    """Return whether two folded words that differ by `slips` letters may be the same name."""
    our_skeleton, their_skeleton = skeleton(word), skeleton(other)
    our_consonants = consonants(our_skeleton)
    if our_consonants != consonants(their_skeleton):
        return False
    least_letters = 2 if our_consonants.startswith("a") else 1
    if len(our_consonants) > least_letters + 1:
        return _distance(our_skeleton, their_skeleton) <= (2 if slips <= 3 else 1)
    begin_alike = word[0] == other[0] or (
        our_skeleton[0] == their_skeleton[0] and "g" not in word[0] + other[0]
    )
    return (
        len(our_consonants) > least_letters
        and begin_alike
        and slips <= 3
        and _distance(our_skeleton, their_skeleton) <= 1
    )


_FRONT_AND_BACK = str.maketrans("eo", "iu")
"""Vowels that are interchangeable in spellings: Hezbollah and Hizballah, Mohamed and Muhammed."""
_SILENT_E = pattern(r"(?<=[^aeiouy])e\Z")
_HUSHED = pattern(r"\A(?:t?sch|tch|tsh|ch|sh)")
"""A first sound other than `s` that the rest of a skeleton would turn into an `s`; it is written as
5.
"""
_BREATHED = pattern("(?<=[aeiou])h(?=[aeiou])")
"""An `h` that is a consonant; it is written as 7, as in chats that write Arabic in Latin letters.
"""
_SHORT, _LONG, _LONGER = 5, 7, 9
"""The minimum numbers of sounds in a name for which one vowel may differ, then any one sound, then
two sounds.
"""
_RARE, _OFTEN, _MUCH_MORE_OFTEN = 1 / 16, 2.0, 20.0
"""The limits on how many times more frequent than a name another word may be: for a slip, and for
other words.
"""


def is_spelling(word: str, other: str, slips: int, times: float) -> bool:
    """Return whether a folded word that is `alike` is most likely the same name.

    `slips` is the number of letters that differ, and `times` is how many times more frequent the
    other word is. A final vowel is part of a name: Maliki and Malik are two names. So is each vowel
    of a short name (Kusa and casa) and, except in a long name, the first vowel (Khomeini and
    Khamenei). A much more frequent word is a different word, unless it sounds the same.
    """
    our_sounds, their_sounds = _heard(word), _heard(other)
    if (our_sounds[-1] in VOWELS) != (their_sounds[-1] in VOWELS):
        return False
    distance = min(
        _distance(our_sounds, their_sounds),
        _distance(_breathless(our_sounds), _breathless(their_sounds)),
    )
    if not distance:
        same_ends = (word[0], word[-1]) == (other[0], other[-1])
        return slips <= 2 or same_ends or len(word) >= _LONG
    shorter_length = min(len(our_sounds), len(their_sounds))
    if slips == 1 and times <= _RARE:
        return True
    if shorter_length < _LONG:
        same_length = len(our_sounds) == len(their_sounds)
        first_vowels = {_first_vowel(word), _first_vowel(other)}
        same_vowel = len(first_vowels) == 1 or first_vowels <= set(
            "ae" if shorter_length <= _SHORT else "aei"
        )
        alike_enough = (same_length and same_vowel) or (not same_length and shorter_length > _SHORT)
        return shorter_length >= _SHORT and distance == 1 and times <= _OFTEN and alike_enough
    vowels_only = len(our_sounds) == len(their_sounds) and times <= _OFTEN
    most_distance = 2 if shorter_length >= _LONGER or vowels_only else 1
    return distance <= most_distance and times <= _MUCH_MORE_OFTEN


def _heard(word: str) -> str:
    """Return the sound of a folded word; at its beginning, all vowels and `h` count as the same."""
    sound = _HUSHED.sub("5", _SILENT_E.sub("", _BREATHED.sub("7", word)))
    sound = skeleton(sound.replace("ae", "e")).translate(_FRONT_AND_BACK)
    sound = f"a{sound[1:]}" if sound[0] == "h" or sound[0] in VOWELS else sound
    return _DOUBLED.sub(r"\1", sound)


def _breathless(heard: str) -> str:
    return _DOUBLED.sub(r"\1", heard.replace("7", ""))


def _first_vowel(word: str) -> str:
    """Return the first vowel of a folded word, with `o` as `u` and `y` as `i`."""
    vowel = next((letter for letter in word if letter in VOWELS), "")
    return {"o": "u", "y": "i"}.get(vowel, vowel)


def _distance(our_sounds: str, their_sounds: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(our_sounds, their_sounds))
