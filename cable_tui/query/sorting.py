"""SORTS: the orders that an answer can have, as `sort:` and `--sort` name them."""

from __future__ import annotations

from typing import Final

NEWEST: Final = "-created"
BEST: Final = "relevance"

SORTS: dict[str, str] = {
    "-created": "the newest first",
    "created": "the oldest first",
    "relevance": "the best first; without words the newest",
    "-released": "the last published first",
    "released": "the first published first",
    "reference": "by reference ID: year, post, number",
    "-reference": "the same backwards",
    "-length": "the longest first",
    "length": "the shortest first",
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


def sort_key(given: str) -> str | None:
    """The key that a text names, by its name or a known other one; None for no key."""
    key = given.strip().casefold()
    key = _ALIASES.get(key, key)
    return key if key in SORTS else None
