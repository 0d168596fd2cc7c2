"""The words of a text and of a name, folded so that each form of a name is the same word.

Capitals, accents, apostrophes and what breaks a word at the end of a line are left out of account.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from cable_tui.pattern import pattern
from cable_tui.telegram.people.name_words import CAPITAL_STOPS, NO_NAMES, PLACES, TITLES
from cable_tui.text.folding import composed, fold, is_blankless
from cable_tui.value import Value

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
"""Accents apart from their letters, and signs without a width that may be inside of a word."""
_APOSTROPHES = "'’‘`´ʼʾʿ"
_WORD = pattern(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}]|[{_APOSTROPHES}](?=[^\W\d_]))*")
_CAMEL = pattern(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_NO_LETTERS = pattern(r"[\W\d_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_LEAST_LETTERS, _LEAST_JOINED = 2, 4
"""Letters of a name; and of one that an article may be written together with: `Altarhuni`."""
_PARTICLES = frozenset(
    """
    al el ul an ad ar as at az ash abd abdul abdel abu bin ibn bint ould ben ap van von der den de
    del della di da do dos das du la le las los y e jr sr ii iii iv
    """.split()
)
"""Parts of a name that are no name alone."""
_ARTICLES = frozenset("al el ul ad ar as at az ash an".split())
"""Those that one writer puts before a name and another leaves out."""
_HYPHENS = "-\u2010\u2011"

Gap = Literal["tight", "broken", "blank", "dotted", "comma", "far", "apart"]
"""What is between two words: a hyphen or nothing, the end of a line (with a hyphen or without),
blanks, a point, a comma, an empty line or a page line; or what parts them."""
_GAPS: tuple[tuple[str, Gap], ...] = (
    (rf"[{_HYPHENS}–]?", "tight"),
    (rf"[ \t]*+[{_HYPHENS}]?[ \t]*\\?\r?\n[ \t>]*", "broken"),
    (r"[ \t\u00a0]{1,9}", "blank"),
    (r"\.[ \t\u00a0]{0,9}(?:\r?\n[ \t]*)?", "dotted"),
    (r",[ \t\u00a0]{0,9}(?:\r?\n[ \t]*)?", "comma"),
    (rf"[{_HYPHENS}]?\s+", "far"),
)
_GAP = pattern("|".join(f"(?P<{name}>{shape}\\Z)" for shape, name in _GAPS))
_MOST_BETWEEN = 400
"""Characters between two words of one name, at most: a page line is blank here."""


class Word(NamedTuple):
    """A word of a text."""

    start: int
    end: int
    folded: tuple[str, ...]
    """Its letters, small and without accents; and with `ue` for `ü`, if that differs."""


def words(text: str) -> list[Word]:
    """The words of a text."""
    return [Word(*each.span(), folds(each[0])) for each in _WORD.finditer(text)]


def pieces(text: str, word: Word) -> list[Word]:
    """The words that one word was put together of: `AdaPelham`; only itself where it was not."""
    found: list[Word] = []
    at = word.start
    for piece in _CAMEL.split(text[word.start : word.end]):
        found.append(Word(at, at + len(piece), folds(piece)))
        at += len(piece)
    return found


def folds(word: str) -> tuple[str, ...]:
    """The letters of a word in the ways in which they may be written."""
    if word.isascii():
        return ("".join(filter(str.isalpha, word)).lower(),)
    whole = composed(word)
    plain = "".join(filter(str.isalpha, fold(whole)))
    spelled = "".join(filter(str.isalpha, fold(whole.lower().translate(_UMLAUTS))))
    return (plain,) if spelled == plain else (plain, spelled)


def letters(text: str) -> str:
    """All letters of a text, folded, with nothing between: to see quickly what cannot be in it.

    Twice, with a blank between, if some may be spelled in two ways.
    """
    whole = composed(text)
    plain = _NO_LETTERS.sub("", fold(whole))
    if text.isascii() or (spelled := whole.lower().translate(_UMLAUTS)) == whole.lower():
        return plain
    return f"{plain} {_NO_LETTERS.sub('', fold(spelled))}"


def between(text: str, one: Word, other: Word) -> Gap:
    """What is between two words of a text, whose page lines are blank."""
    if other.start - one.end > _MOST_BETWEEN:
        return "apart"
    found = _GAP.match(text[one.end : other.start])
    kinds = found.groupdict() if found else {}
    return next((each for _, each in _GAPS if kinds.get(each) is not None), "apart")


class NameForms(Value):
    """The words of one name."""

    name: str
    """As it is written."""
    last: frozenset[str] = frozenset()
    """Words that are masked wherever they are: the last name, each part of a double one."""
    others: frozenset[str] = frozenset()
    """Given and middle names: masked beside others of the name, and alone if that is sure."""
    particles: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    """Words that the name itself has in small letters."""
    literal: str = ""
    """The name as it is, in a script without blanks, or as a phrase in small letters."""


def forms(name: str) -> NameForms:
    """The words of a name: given names first, or `PELHAM, ADA`."""
    before, comma, after = name.partition(",")
    if comma and after.strip() and after.strip(" .").lower() not in _SUFFIXES:
        name = f"{after} {before}"
    if any(map(is_blankless, name)):
        return NameForms(name, literal="".join(name.split()))
    parts = [found for each in _BROKEN.sub("", name).split() if (found := _parts(each))]
    ends = [at for at, part in enumerate(parts) if folds(part[0])[0] not in _SUFFIXES]
    said = [
        part
        for at, part in enumerate(parts)
        if not all(map(_is_particle, part)) or (at in ends[-1:] and len(part[0]) > 1)
    ]
    if not said and len(letters(name)) < _LEAST_LETTERS:
        return NameForms(name)
    if not said or (len(said) > 1 and _is_small(said[-1])):
        return NameForms(name, literal=" ".join(name.split()))
    particles = {folds(word)[0] for part in parts for word in part if _is_particle(word)}
    particles |= {
        folds(_APOSTROPHE.split(word)[0])[0] for word in said[-1] if _has_apostrophe(word)
    }
    last = set(_significant(said[-1]))
    # `"O Marrowby"` is how a query keeps `O'Marrowby`.
    pieces_of = [each for word in said[-1] for each in _APOSTROPHE.split(word)[1:]]
    last |= {folded for each in pieces_of for folded in folds(each) if len(each) >= _LEAST_JOINED}
    if articles := particles & _ARTICLES:
        whole = [each for each in last if len(each) >= _LEAST_JOINED and not _is_joined(each, last)]
        last |= {f"{each}{word}" for each in articles | {"al", "el"} for word in whole}
    return NameForms(
        name,
        frozenset(last),
        frozenset(each for part in said[:-1] for each in _significant(part)),
        frozenset(particles) | (_ARTICLES if articles else frozenset()),
        frozenset(each for part in said for each in _significant(part) if part[-1].islower()),
    )


def _is_joined(word: str, others: Collection[str]) -> bool:
    """Whether a word is another one behind an article."""
    return any(word.startswith(each) and word.removeprefix(each) in others for each in _ARTICLES)


_BROKEN = pattern(rf"(?<=[^\W\d_])[{_HYPHENS}][ \t]*\r?\n\s*(?=[^\W\d_])")
_APOSTROPHE = pattern(f"[{_APOSTROPHES}]")
_GENITIVE = pattern(rf"[{_APOSTROPHES}][sS]?$")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def _parts(word: str) -> list[str]:
    """The parts of a word between hyphens, without the genitive."""
    return [each[0] for each in _WORD.finditer(_GENITIVE.sub("", word))]


def _is_particle(word: str) -> bool:
    folded = folds(word)[0]
    return folded in _PARTICLES or len(folded) == 1


def _has_apostrophe(word: str) -> bool:
    return _APOSTROPHE.search(word) is not None


def _is_small(part: Sequence[str]) -> bool:
    """Whether a word has no capital, but for an article before it."""
    return all(word.islower() for word in part if len(part) == 1 or not _is_particle(word))


def _significant(part: Sequence[str]) -> Iterator[str]:
    """The parts that are a name alone, and all of them as one word: `el-Tarhuni`, `Dae-jung`."""
    for every in zip(*(_twice(folds(each)) for each in part), strict=True):
        yield "".join(every)
        yield from (each for each in every if len(each) > 1 and each not in _PARTICLES)


def _twice(folded: tuple[str, ...]) -> tuple[str, str]:
    return folded[0], folded[-1]


def is_suffix(folded: str) -> bool:
    """Whether a word ends a name: `Jr.`."""
    return folded in _SUFFIXES


def is_no_name(folded: str) -> bool:
    """Whether a word is one of those that are seldom a name: `An`, `Major`, `May`."""
    return folded in NO_NAMES or folded in CAPITAL_STOPS or folded in PLACES or len(folded) < 3


def speaks(folded: str) -> bool:
    """Whether what is before a word is somebody who speaks: `May said`."""
    return folded in _SPEAKS


_SPEAKS = frozenset(
    """
    said says noted told tells added adds stated states explained argued claimed asked commented
    replied observed emphasized stressed believes believed thinks thought reported complained
    """.split()
)


def is_title(folded: str) -> bool:
    """Whether a name follows a word: `Minister`."""
    return folded in TITLES
