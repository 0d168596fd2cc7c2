"""Subjects in capitals as titles: `MOROCCO: RABAT'S U.S. AID` as `Morocco: Rabat's U.S. Aid`."""

from __future__ import annotations

import re

from cable_tui import glossary

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_SMALL = frozenset(
    "a an and as at but by for from in into nor of on or the to via vs with".upper().split()
)
_WORDS = frozenset(
    "AID AMA ARENA BOG CAP CAPT COIN COM CT FOB FT GEN ICE IT JAM LOR MAP MAS MT PAN PAS POL "
    "SAG SIGN SWIFT TIDE TIDES".split()
)
"""Words that are read as words though the table of acronyms has them."""
_NO_ACRONYM = frozenset("DR JR LTD MR MRS MS MT SR ST VS".split())
_VOWELS = frozenset("AEIOUYÀÁÂÄÅÃÆÈÉÊËÌÍÎÏÒÓÔÖÕØÙÚÛÜ")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{1,3}|V)")
_ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH|S)")
_SCOTTISH = re.compile(r"MC[A-Z]{3,}")
_REDACTED = re.compile(r"[xX]{3,}")
_NEW_START = re.compile(r"(?:[:;?!.—–“\"(\[]|--|\s-)\s*$")


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
    if _keeps_letters(word) or not word.isupper():
        return word
    if _SCOTTISH.fullmatch(word):
        return f"Mc{word[2:].capitalize()}"
    head, *tail = re.split(r"(['’])", word)
    if not tail:
        return word.capitalize()
    rest = "".join(tail)
    name = len(head) == 1 and len(rest) > 3
    kept = head if _keeps_letters(head) else head.capitalize()
    return kept + (rest[0] + rest[1:].capitalize() if name else rest.lower())


def _keeps_letters(word: str) -> bool:
    if word in _NO_ACRONYM or word in _WORDS:
        return False
    known = any(reading.word == word for reading in glossary.acronym(word))
    shaped = _REDACTED.fullmatch(word) or _ROMAN.fullmatch(word) or word == "US"
    odd = "." in word or any(map(str.isdigit, word)) or not _VOWELS.intersection(word)
    return bool(known or shaped or odd)
