"""Subjects in capitals as titles: `MOROCCO: RABAT'S U.S. AID` as `Morocco: Rabat's U.S. Aid`."""

from __future__ import annotations

import re

from cable_tui import glossary
from cable_tui.pattern import pattern

_JOINED = r"""
    (?<![^\W_])
    (?: (?:[^\W\d_]{1,4}[/&]){0,3} [^\W\d_] (?:[/&][^\W\d_]{1,4}){1,3}
      | (?:[^\W\d_]{1,4}[/&]){1,3} [^\W\d_] )
    (?![^\W_])
"""
"""`A/S`, `S/CT`, `AT&T`: short parts, one of them a single letter, are one abbreviation."""
_WORD = pattern(
    rf"""
    (?:[^\W\d_]\.){{2,}}
    | (?:{_JOINED}|[^\W_]+)
      # Some texts were filed with a comma for the apostrophe: `THE PORT,S MASTER`.
      (?: ['’][^\W_]+ | (?<=[^\W\d_]{{2}}) ,[sS] (?![^\W_]|\.) )*
    """,
    re.VERBOSE,
)
_ABBREVIATION = pattern(_JOINED, re.VERBOSE)
_APOSTROPHE = pattern(r"(['’,])")
_SMALL = frozenset(
    "a an and as at but by for from in into nor of on or the to via vs with".upper().split()
)
_WORDS = frozenset(
    "AID AMA ARENA BOG CAP CAPT COIN COM CT FOB FT GEN ICE IT JAM LOR MAP MAS MT PAN PAS POL "
    "SAG SIGN SWIFT TIDE TIDES".split()
)
"""Words that are read as words though the table of acronyms has them."""
_ACRONYMS = frozenset("AIDS EBRD EFTA FAA GATT IFOR IRC MINURSO SFOR UNESCO UNITA".split())
"""Acronyms that could be spoken as words, and that the table does not have."""
_NO_ACRONYM = frozenset("DR JR LTD MR MRS MS MT SR ST VS".split())
_VOWELS = frozenset("AEIOUYÀÁÂÄÅÃÆÈÉÊËÌÍÎÏÒÓÔÖÕØÙÚÛÜ")
_ROMAN = pattern(r"X{0,3}(?:IX|IV|V?I{1,3}|V)")
_ORDINAL = pattern(r"\d+(?:ST|ND|RD|TH|S)")
_MODELS = pattern(r"\d+[A-Z]S")
"""Several of one model, as in `F-16CS`."""
_POSSESSIVE = pattern(r"[^\W_]*['’,]s")
_SCOTTISH = pattern(r"MC[A-Z]{3,}")
_REDACTED = pattern(r"[xX]{3,}")
_SHAPES = (_REDACTED, _ROMAN, _ABBREVIATION)
_NEW_START = pattern(r"(?:[:;?!.—–“\"(\[]|--|\s-)\s*$")


def title_case(subject: str) -> str:
    """A subject in capitals as an English headline; one in mixed letters as it is.

    Acronyms of the glossary, words without vowels, words with digits, dotted abbreviations, Roman
    numerals and redactions (`XXXX`) keep their letters.
    """
    if not _in_capitals(subject):
        return subject
    words = list(_WORD.finditer(subject))
    pieces = []
    end = 0
    for number, word in enumerate(words):
        gap = subject[end : word.start()]
        # The whole text so far decides, because a gap alone may be one blank.
        first = number in (0, len(words) - 1) or bool(_NEW_START.search(gap))
        pieces += [gap, _cased(word[0], first=first)]
        end = word.end()
    return "".join(pieces) + subject[end:]


def _in_capitals(subject: str) -> bool:
    letters = [letter for letter in _REDACTED.sub("", subject) if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def _cased(word: str, *, first: bool) -> str:
    if word in _SMALL:
        return word.capitalize() if first else word.lower()
    if _ORDINAL.fullmatch(word):
        return word.lower()
    head, *tail = _APOSTROPHE.split(word)
    rest = "".join(tail)
    # A possessive alone in small letters does not make a word one that was written with care.
    if not (head if _POSSESSIVE.fullmatch(word) else word).isupper():
        return word
    name = len(head) == 1 and len(rest) > 3
    return _alone(head) + (rest[:1] + rest[1:].capitalize() if name else rest.lower())


def _alone(word: str) -> str:
    """A word in capitals that has no apostrophe."""
    if _MODELS.fullmatch(word):
        return f"{word[:-1]}s"
    if _keeps_letters(word):
        return word
    if _SCOTTISH.fullmatch(word):
        return f"Mc{word[2:].capitalize()}"
    return word.capitalize()


def _keeps_letters(word: str) -> bool:
    if word in _NO_ACRONYM or word in _WORDS:
        return False
    known = word in _ACRONYMS or any(reading.word == word for reading in glossary.acronym(word))
    shaped = word == "US" or any(form.fullmatch(word) for form in _SHAPES)
    odd = "." in word or any(map(str.isdigit, word)) or not _VOWELS.intersection(word)
    return bool(known or shaped or odd)
