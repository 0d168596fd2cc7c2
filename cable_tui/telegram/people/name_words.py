"""Words that separate a name from its context: titles, roles, places, given names, verbs.

Titles were collected from words before names in cables from 1966 to 2010. Words around requests are
from general English and the language of cables, not from the cables that were measured.
"""

from __future__ import annotations

from cable_tui.glossary.tables import word_lists

_LISTS = word_lists("name_words")

TITLES = _LISTS["TITLES"]
"""The last word before a name, in lower case."""
PERSONAL = _LISTS["PERSONAL"]
"""Titles before a name that are not adjectives: `President Bush`, but `General Support`."""
PREFIXES = _LISTS["PREFIXES"]
SUFFIXES = _LISTS["SUFFIXES"]
"""Prefixes and suffixes of a title with a hyphen: `ex-President`, `Ambassador-designate`."""
CHARGES = frozenset({"charge", "chargé"})
LED = _LISTS["LED"]
"""Titles that are followed by an office: `Chief of Staff Pelham`, `Minister for Trade Rask`."""
POINTED = _LISTS["POINTED"]
"""Titles that may be followed by a full stop: `Amb. Pelham`, but not `his deputy. Pelham`."""
BEFORE = _LISTS["BEFORE"]
"""Words before such a title that belong to it: `Deputy Foreign Minister`."""
OFFICES = _LISTS["OFFICES"]
"""Last words of an office: see `LED`."""
OF_OFFICES = BEFORE | OFFICES | _LISTS["OF_OFFICES"]
"""Further words after `of` in the name of an office: `Secretary for South and Central Asian
Affairs`.
"""
NAMED_AFTER = _LISTS["NAMED_AFTER"]
"""Nouns for things named after a person: `King Casimir Hospital`."""
NO_NAMES = _LISTS["NO_NAMES"]
"""Capitalized words, or words in a text in capitals, that are not part of a name."""
PLACES = _LISTS["PLACES"]
"""Places and peoples, which often follow titles: `Ambassador Paris`, `President Israeli`."""
CAPITAL_STOPS = _LISTS["CAPITAL_STOPS"]
"""Words after a title that are not names in texts in capitals, in addition to `NO_NAMES`."""
GIVEN = _LISTS["GIVEN"]
"""Given names, most of them also in the list of common English words: a surname follows."""


RELATED = _LISTS["RELATED"]
"""Nouns for relations; the person after `of` or `to` is another person."""
ROLES = _LISTS["ROLES"]
"""Nouns for persons by their work, in addition to `TITLES`."""
ORGANIZATIONS = _LISTS["ORGANIZATIONS"]
"""Words in names of organizations and places, in addition to `NO_NAMES`."""
FUNCTION_WORDS = _LISTS["FUNCTION_WORDS"]
VERBS = _LISTS["VERBS"]
SURNAMES_TOO = _LISTS["SURNAMES_TOO"]
"""Words from other lists that are part of a name after a word that is certainly a name."""
GIVEN_TOO = _LISTS["GIVEN_TOO"]
"""Words from other lists that are part of a name before a word that is certainly a name."""

TITLE_WORDS = TITLES | BEFORE | ROLES | RELATED
"""Words before a name that are not part of it."""
NO_NAME_WORDS = NO_NAMES | TITLE_WORDS | ORGANIZATIONS | FUNCTION_WORDS
CAPITAL_NO_NAMES = NO_NAME_WORDS | CAPITAL_STOPS | VERBS
"""Words that are not names in texts in capitals."""
COUNTRIES = PLACES | _LISTS["COUNTRIES"]
"""Places and peoples: `PLACES` and more."""
BEHIND_NAMES = _LISTS["BEHIND_NAMES"]
"""Words after a name that are not part of it."""
PLACES_BEFORE = _LISTS["PLACES_BEFORE"]
"""Words that begin the name of a place: `Port Amber`."""
PLACES_OF_TWO = PLACES_BEFORE | _LISTS["PLACES_OF_TWO"]
"""Words that begin the name of a place after a role: `Senator for Upper Lomas`."""
HONORIFICS = _LISTS["HONORIFICS"]
"""Words before a name, in addition to `TITLES`."""
BEFORE_PROTECTED = _LISTS["BEFORE_PROTECTED"]
"""Words between a protection request and its name: `protect the identity of`."""
PARTICLES = _LISTS["PARTICLES"]
"""Small words within a name."""
