"""The rooms that `benchmarks.differs` draws of two revisions: sizes and keys, as a reader types."""

from __future__ import annotations

from typing import NamedTuple


class Scene(NamedTuple):
    """A room that is started, and the keys that are pressed in it one by one."""

    kind: str
    size: tuple[int, int]
    keys: tuple[str, ...]


SIZES = ((80, 24), (120, 40), (200, 60))
_WALK = ("?", "escape", "j", "j", "k", "G", " ", "x", "f", "s", "S", "c", "n", "o", "v", "enter")
"""Keys that are tried on every page; a page that knows one of them shows what it does."""
_READING = (
    *("j", "enter", "}", "}", "n", "H", "3", "4", "5", "i", "escape", "y", "escape", "c", "tab"),
    *("z", "z", "b", "u", "=", "escape", "J", "K", "backspace", "]", "q"),
)
_SEARCHING = (
    *("/", *"lobster", "enter", "p", "enter", "n", "N", "escape", "/", *" tag:PREL", "enter"),
    *("s", "j", " ", "enter", "T", "right", "escape", ",", "escape", "'", "escape", "E", "escape"),
)
_LETTERS = "rc=atlfdSkuPTWwiAexmnsDyvo"
"""Lines of the menu of `g` that lead to a page, a pane or a list."""
_PAGES = [Scene("pages", SIZES[0], ("g", letter, *_WALK)) for letter in _LETTERS]
SCENES = (
    *(Scene("reading", size, _READING) for size in SIZES),
    *(Scene("searching", size, _SEARCHING) for size in SIZES),
    *_PAGES,
)
