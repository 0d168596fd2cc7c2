"""SORTS: the orders of an answer, as `sort:` and `--sort` name them."""

from __future__ import annotations

from typing import Final, NamedTuple

NEWEST: Final = "-created"
BEST: Final = "relevance"


class SortOrder(NamedTuple):
    """An order of the list."""

    key: str
    """Its key in the menu of orders; `j` and `k` move there."""
    meaning: str


SORTS: dict[str, SortOrder] = {
    "-created": SortOrder("n", "newest first"),
    "created": SortOrder("o", "oldest first"),
    "relevance": SortOrder("b", "best first; without words newest first"),
    "-released": SortOrder("p", "last published first"),
    "released": SortOrder("P", "first published first"),
    "reference": SortOrder("r", "by reference ID"),
    "-reference": SortOrder("R", "by reference ID, backwards"),
    "-length": SortOrder("l", "longest first"),
    "length": SortOrder("L", "shortest first"),
}
"""Every order by its name; `-` is descending."""

_ALIASES = {
    "date": "created",
    "-date": "-created",
    "ref": "reference",
    "-ref": "-reference",
    "len": "length",
    "-len": "-length",
    "best": "relevance",
    "newest": "-created",
    "oldest": "created",
}


def opposite(key: str) -> str:
    """The same order reversed; for relevance it is the newest first."""
    if key == BEST:
        return NEWEST
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def sort_key(given: str) -> str | None:
    """The key that a text names, also by an alias; None for no key."""
    key = given.strip().casefold()
    key = _ALIASES.get(key, key)
    return key if key in SORTS else None
