"""Readers who tell each other everything, or what a test gives them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from cable_tui.library import Library
from cable_tui.tools.sharing.events import Event
from cable_tui.tools.sharing.sharing import sharing_of


class Reader:
    """A library, and what its events are."""

    def __init__(self, folder: Path, author: str, copied: Path | None = None) -> None:
        file = folder / f"{author}-{len(list(folder.iterdir()))}.sqlite"
        if copied is not None:
            shutil.copy(copied, file)
        self.library = Library(file, author=author)
        self.sharing = sharing_of(self.library)

    def told(self) -> list[Event]:
        me = self.sharing.library()
        return self.sharing.own_after(me, 0)

    def state(self) -> dict[str, Any]:
        """All that all should have, their own ids of rows left out."""
        bundle = self.library.bundle()
        marks = {
            mark.uid: (mark.canonical_id, mark.paragraph, mark.note, mark.author, mark.fingerprint)
            for mark in bundle.marks
        }
        return {
            "marks": marks,
            "lists": {name: list(uids) for name, uids in bundle.lists.items()},
            "order": list(bundle.lists),
            "searches": list(bundle.searches.items()),
        }


def meet(*readers: Reader) -> None:
    """Tell everybody everything, until nobody has anything new."""
    for _ in range(2):
        for reader in readers:
            reader.sharing.take(
                [each for other in readers if other is not reader for each in other.told()]
            )


def notes(reader: Reader) -> list[str]:
    return sorted(mark.note for mark in reader.library.marks())
