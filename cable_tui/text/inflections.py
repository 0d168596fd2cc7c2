"""The regular inflections of English: `sanction`, `sanctions`, `sanctioned`, `sanctioning`.

Two words are forms of each other if one rule derives both from the same word, even if no cable
contains that word. Only words of at least four plain letters have forms.
"""

from __future__ import annotations

from cable_tui.base.pattern import pattern
from cable_tui.text.folding import LETTERS

SHORTEST = 4
"""The minimum number of letters of a word with forms: `new` and `news` are different words."""
_ALONE = frozenset(
    """
    ceiling customs during economics ethics evening goods logistics means morning nothing physics
    politics series something species statistics united wedding
    """.split()
)
"""Words that only look like forms of other words, or whose forms mean something else."""
_LETTERS = frozenset(LETTERS)
_HISSING = ("s", "x", "z", "ch", "sh")
_CLOSED = pattern(r"(?:.*[^aeiou]|.*qu)?[aeiouy][b-df-hj-np-tvz]")
"""A word that ends in a single vowel and a single consonant: `stop`, `permit`, but not `rain`."""
_ONE_SYLLABLE = pattern(r"[^aeiouy]*(?:qu)?[aeiouy][^aeiouy]")


def has_forms(word: str) -> bool:
    """Return whether a folded word can be an inflected form or have one."""
    return len(word) >= SHORTEST and _LETTERS.issuperset(word) and word not in _ALONE


def bases(word: str) -> tuple[str, ...]:
    """Return the words of which this word may be a form, starting with the word itself."""
    if not has_forms(word):
        return ()
    base_words = {word: None}
    for base_word in _stripped(word):
        if has_forms(base_word) and word in inflected(base_word):
            base_words[base_word] = None
    return tuple(base_words)


def inflected(base: str) -> tuple[str, ...]:
    """Return all inflected forms of a word, without the word itself."""
    plural_forms = _plural(base)
    if base.endswith("e"):
        ing_stem = base[:-1]
        if base.endswith(("ee", "oe", "ye")):
            ing_stem = base
        final_ing_stem = base[:-2] + "y" if base.endswith("ie") else ing_stem
        return (*plural_forms, base + "d", final_ing_stem + "ing")
    if base.endswith("y") and base[-2] not in "aeiou":
        return (*plural_forms, base[:-1] + "ied", base + "ing")
    past_and_ing_forms = []
    if not _ONE_SYLLABLE.fullmatch(base) or not _CLOSED.fullmatch(base):
        past_and_ing_forms = [base + "ed", base + "ing"]
    if _CLOSED.fullmatch(base):
        past_and_ing_forms += [base + base[-1] + "ed", base + base[-1] + "ing"]
    return (*plural_forms, *past_and_ing_forms)


def _plural(base: str) -> tuple[str, ...]:
    if base.endswith(_HISSING):
        return (base + "es",)
    if base.endswith("y") and base[-2] not in "aeiou":
        return (base[:-1] + "ies",)
    return (base + "s", base + "es") if base.endswith("o") else (base + "s",)


def _stripped(word: str) -> tuple[str, ...]:
    """Return candidates for the base of an inflected word, whether or not they are words."""
    if word.endswith("s"):
        return (word[:-1], word[:-2], word[:-3] + "y")
    if word.endswith("ed"):
        return (word[:-2], word[:-1], word[:-3], word[:-3] + "y")
    if word.endswith("ing"):
        return (word[:-3], word[:-3] + "e", word[:-4], word[:-4] + "ie")
    return ()
