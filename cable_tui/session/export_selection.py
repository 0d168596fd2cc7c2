"""What an export writes; and a sealed dossier that waits for what its reader answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cable_tui.value import Value


class ExportSelection(Value):
    """What an export writes."""

    title: str
    """Title of the file, also used for its name."""
    label: str
    """`3 marked cables`, `the list harbour`."""
    ids: Sequence[int] = ()
    """Cables; empty for a list of bookmarks."""
    list: str | None = None
    """A list of bookmarks, empty for all bookmarks; None for cables."""
    texts: Literal["whole", "paragraphs"] = "whole"
    """How much of a cable a sealed dossier has."""
    protected: bool = False
    """Whether a sealed dossier has names that a cable asks to protect."""
    masks: tuple[str, ...] = ()
    """Words that a sealed dossier masks besides."""
    unresolved: bool = False
    """Whether a sealed dossier is written though some pleas are not resolved."""
    log: bool | None = None
    """Whether a sealed dossier has the searches of the log; None until the reader was asked."""
    file_title: str = ""
    """What the name of the file is made of, if that is not the title: its names are masked."""

    def is_of(self, other: ExportSelection) -> bool:
        """Whether both are of the same places, whatever is sealed of them."""
        return (self.list, tuple(self.ids)) == (other.list, tuple(other.ids))


class PleaToAnswer(Value):
    """A plea for somebody's protection that no rule resolves."""

    place: str
    """`08TRIPOLI402 ¶4`."""
    canonical_id: str
    paragraph: str | None
    quote: str
    """The plea, with some words before it."""


class OpenSealing(Value):
    """A sealed dossier that is not written yet."""

    chosen: ExportSelection
    places: int
    """That need the reader."""
