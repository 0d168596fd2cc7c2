"""Cables that have the rarest words of a text: what is like it without repeating it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.query.plan import AnyWord
from cable_tui.text import words
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive

_RAREST = 16
"""Words that are looked for."""
_MOST_CABLES = 100
"""Cables that have a word which says something: a name, a place, a matter."""
_LETTERS = 4
"""Of such a word, at least."""
_LEAST = 2
"""Rare words that two cables share, or they have nothing to do with each other."""


class SharesWords(Value):
    """A cable that has rare words of another one."""

    id: int
    words: tuple[str, ...]
    """The rarest first, as the index has them."""


def sharing(archive: Archive, id_: int, text: str, limit: int) -> tuple[SharesWords, ...]:
    """The cables that share most of the rarest words of a text; none without a text index.

    Raises `TextIndexError`.
    """
    index = Snapshot(archive).text
    if index is None:
        return ()
    different = {word for _, _, word in words(text) if len(word) >= _LETTERS and word.isalpha()}
    counted = sorted((index.about(word), word) for word in different)
    # What has this cable alone says nothing of another one.
    rare = [(count, word) for count, word in counted if 1 < count <= _MOST_CABLES][:_RAREST]
    found: defaultdict[int, list[str]] = defaultdict(list)
    for _, word in rare:
        for other in index.ids(AnyWord((word,))):
            found[other].append(word)
    found.pop(id_, None)
    shared = [SharesWords(other, tuple(of)) for other, of in found.items() if len(of) >= _LEAST]
    return tuple(sorted(shared, key=lambda each: (-len(each.words), each.id))[:limit])
