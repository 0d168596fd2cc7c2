"""Mentions of people: `Foreign Minister Kouchner`, `PM Erdogan`, `Amb. Ada Pelham`.

A title, and behind it a run of words that may be a name. A mention is a candidate: `General
Electric` is one too, until somebody looks. What has no title before it is not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.pattern import pattern
from cable_tui.telegram.people.titles import (
    BEFORE,
    CAPITAL_STOPS,
    NO_NAMES,
    PLACES,
    POINTED,
    TITLES,
)
from cable_tui.text import fold

_GAP = r"[ \t]{1,4}(?:\\?\r?\n[ \t]{0,8})?|\\?\r?\n[ \t]{0,8}"
"""Between two words of a mention: blanks, or one line end; an empty line ends it."""
_TITLE = pattern(r"(?<![\w/'’-])([A-Z][A-Za-zé/-]{1,18})\.?(?=[ \t\r\n\\]{1,10}[A-ZÀ-Þa])")
"""A word that may be a title, before one that may be a name or begin with `al-`."""
_WORD = r"(?:[A-ZÀ-Þ](?:\.|[\w]{0,24}(?:[-'’][\w]{1,24}){0,3})|al-[A-Z]\w{1,24}|el-[A-Z]\w{1,24})"
_PARTICLE = (
    r"(?:al|el|bin|ibn|bint|abu|ould|ben|van|von|der|den|de|del|della|di|da|do|dos|du|la|le)"
)
_NAME = pattern(rf"(?:{_GAP})((?:{_PARTICLE}(?:{_GAP})){{0,2}}{_WORD})")
_PIECE = pattern(r"(?<![A-Za-z&./-])[A-Za-z&./-]{1,24}$")
_POSSESSIVE = pattern(r"['’`][sS]?$|['’]$")
_ENDS = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_MOST_WORDS = 4
_BEHIND = 60
"""Characters before a title that are looked at for the beginning of the title."""
_SHORT_CAPITALS = 4
"""Letters of a word of capitals in a text of both cases that is more likely an acronym."""
_AROUND = 40
_LONGEST_WORD = 24


class Mention(NamedTuple):
    """A title and a name, as a text has them. It may be no person at all."""

    title: str
    """`Deputy Foreign Minister`; empty for a name without one."""
    name: str
    """`Ada Pelham`; in a text of capitals only as it stands there."""
    start: int
    """Where the title begins in the text."""
    end: int

    @property
    def text(self) -> str:
        """Both on one line."""
        return f"{self.title} {self.name}".strip()


def mentions(body: str) -> Iterator[Mention]:
    """The mentions of a body, in order. Total, and linear in its length."""
    at = 0
    for found in _TITLE.finditer(body):
        title = found[1].lower()
        if title not in TITLES or found.start() < at:  # or within a name that was taken
            continue
        if body[found.end() - 1] == "." and title not in POINTED:
            continue
        name, end = _name(body, found.end())
        if name:
            start = _beginning(body, found.start(), at)
            yield Mention(" ".join(body[start : found.end()].split()), name, start, end)
            at = end


def _name(body: str, at: int) -> tuple[str, int]:
    """The name that begins behind a title, and where it ends; empty where there is none."""
    around = body[max(at - _AROUND, 0) : at + _AROUND]
    capitals = not any(map(str.islower, around))
    words: list[str] = []
    ends: list[int] = []
    end = at
    while len(words) < _MOST_WORDS:
        found = _NAME.match(body, end)
        if found is None:
            break
        word = found[1]
        bare = _POSSESSIVE.sub("", word)
        if not _may_be_name(bare, capitals=capitals, first=not words):
            break
        words.append(" ".join(bare.split()))
        end = found.end(1) - (len(word) - len(bare))
        ends.append(end)
        if bare != word or (capitals and not _is_initial(bare)):
            break
        if body[end : end + 1] in {",", ";", ":", ".", ")"}:
            break
    while words and _is_initial(words[-1]):
        words.pop()  # a name does not end with an initial
    if not words:
        return "", at
    return " ".join(words), ends[len(words) - 1]


def _may_be_name(word: str, *, capitals: bool, first: bool) -> bool:
    last = word.rsplit(maxsplit=1)[-1]
    if _is_initial(last):
        return True
    folded = fold(last).rstrip(".")
    if folded in NO_NAMES or folded in TITLES or len(folded) < 2:
        return False
    if first and folded in PLACES:
        return False
    if any(letter.isdigit() or letter == "_" for letter in last) or "XXX" in last:
        return False
    if capitals:
        return folded not in CAPITAL_STOPS and len(folded) > 2
    # `PM NATO`, `FM USG`: a short word of capitals alone is an acronym.
    return not (last.isupper() and len(last) <= _SHORT_CAPITALS)


def _is_initial(word: str) -> bool:
    return (len(word) == 2 and word.endswith(".")) or (len(word) == 1 and word.isupper())


def _beginning(body: str, start: int, least: int) -> int:
    """Where the whole title begins: `Deputy Foreign Minister` for `Minister`."""
    least = max(start - _BEHIND, least)
    begin = start
    while begin > least:
        end = len(body[least:begin].rstrip()) + least
        if end == begin or "\n" in body[end:begin].replace("\n", "", 1):
            break
        found = _PIECE.search(body, max(end - _LONGEST_WORD, least), end)
        if found is None or not found[0][0].isupper() or found[0].lower() not in BEFORE:
            break
        begin = found.start()
    return begin


def last_name(name: str) -> str:
    """The last word of a name as it is written, without `Jr.` and `III`."""
    words = [word for word in name.split() if word.lower().strip(",") not in _ENDS]
    return words[-1].strip(",") if words else name


def surname(name: str) -> str:
    """What a name is grouped by: its last word, folded, without `al-` and marks."""
    last = fold(last_name(name))
    for article in _ARTICLES:
        if last.startswith(article) and len(last) > len(article) + 1:
            last = last.removeprefix(article)
            break
    return "".join(letter for letter in last if letter.isalnum())


_ARTICLES = ("al-", "el-", "ul-", "as-", "ad-", "ar-")
