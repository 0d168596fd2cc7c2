"""What belongs to a surname: `Ben Ali`, `Abd al-Rask`, `al-Kelp`; and what it is grouped by."""

from __future__ import annotations

from functools import lru_cache

from cable_tui.pattern import pattern
from cable_tui.text import fold

JOINED = frozenset(
    "abd abdel abdul abdal abu abou aboul abul al as ben bin bint el ibn ould ul".split()
)
"""What begins a surname of Arabic, beside `al-` and `el-`."""
PARTICLES = frozenset("van von der den de del della di da do dos du la le".split())
"""What begins a surname of a Romance or Germanic language, and need not be said."""
_ENDS = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_ARTICLES = ("al-", "el-", "ul-", "as-", "ad-", "ar-")
_ARTICLE_WORDS = frozenset({"al", "as", "el", "ul"})
_GLUED = pattern(r"(?:[A-ZÀ-Þ]\.)+(?=[A-ZÀ-Þ][\w'’-])")
"""Initials without a blank behind them: `C.Pelham`."""


def last_name(name: str) -> str:
    """The surname as it is written, with what belongs to it, without `Jr.` and `III`."""
    words = [word for word in name.split() if word.lower().strip(",") not in _ENDS]
    if not words:
        return name
    first = len(words) - 1
    while first and fold(words[first - 1]) in JOINED | PARTICLES:
        first -= 1
    return _GLUED.sub("", " ".join(words[first:]).strip(","))


@lru_cache(maxsize=65536)
def surname(name: str) -> str:
    """What a name is grouped by: its surname, folded, without articles and marks.

    `Ben Ali` is another than `Ali`; `al-Kelp` is `Kelp`, and `da Silva` is `Silva`.
    """
    found = []
    for word in fold(last_name(name)).split():
        if word in _ARTICLE_WORDS or word in PARTICLES:
            continue
        article = next((each for each in _ARTICLES if word.startswith(each)), "")
        bare = word.removeprefix(article)
        found.append("".join(filter(str.isalnum, bare if len(bare) > 1 else word)))
    return " ".join(filter(None, found))


def searched(last: str) -> str:
    """A surname as a query looks for it: `Silva` for `da Silva`, which others write without it."""
    words = last.split()
    while len(words) > 1 and words[0].lower() in PARTICLES:
        words.pop(0)
    return " ".join(words)
