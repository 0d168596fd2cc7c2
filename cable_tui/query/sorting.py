"""SORTS: the orders that an answer can have, as `sort:` and `--sort` name them."""

from __future__ import annotations

from typing import Final

NEWEST: Final = "-created"
BEST: Final = "relevance"

SORTS: dict[str, str] = {
    "-created": "newest first",
    "created": "oldest first",
    "relevance": "best first; without words newest first",
    "-released": "last published first",
    "released": "first published first",
    "reference": "by reference ID",
    "-reference": "by reference ID, backwards",
    "-length": "longest first",
    "length": "shortest first",
}
"""Every key with what it means; `-` is descending."""

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
    """The same order the other way round; of the best first, the newest first."""
    if key == BEST:
        return NEWEST
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def sort_key(given: str) -> str | None:
    """The key that a text names, by its name or a known other one; None for no key."""
    key = given.strip().casefold()
    key = _ALIASES.get(key, key)
    return key if key in SORTS else None
