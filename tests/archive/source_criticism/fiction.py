"""Fictional cables that repeat each other: a dump, and its archive with sentences compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cable_tui.archive.archive import Archive
from cable_tui.base.value import replace
from tests.archive.fiction import Fiction, archive_of, opened, write_page

CONTACT = (
    "Questions about this report may be sent to the reporting officer of the section at any time."
)
FERRY = "The ferry to the outer islands was late again because nobody had mended the second boiler."
KETTLES = (
    "Merchants told us that copper kettles now cost twice what they cost before the long frost."
)
GOATS = (
    "Eleven goats crossed the runway on Tuesday and the afternoon flight had to circle the town."
)
LAMPS = "The keepers of the lighthouse said that they had asked three ministries for brass lamps."

POSTS = ("Embassy Rabat", "Embassy Tunis", "Embassy Cairo", "Embassy Amman", "Embassy Doha")


def cable(number: int, *sentences: str, post: str = POSTS[0], day: str = "") -> Fiction:
    """A cable of the day `2009-01-number` with these sentences, each a paragraph."""
    city = post.split()[1].upper()
    said = "\n\n".join(
        f"{at}. (C) {sentence}" if at > 1 else sentence for at, sentence in enumerate(sentences, 1)
    )
    return Fiction(f"09{city}{number}", f"{day or f'2009-01-{number:02}'} 08:20", post, text=said)


def own(number: int) -> str:
    """A sentence that is nowhere else."""
    return (
        f"On page wax{number} of the ledger stands vat{number} beside urn{number}, "
        f"and nobody knows of yarn{number} yet."
    )


class Numbered(Fiction):
    """A cable whose text names a number."""

    number: str = "RABAT 000027"

    @property
    def body(self) -> str:
        return super().body.replace("RABAT 000027", self.number)


def numbered(number: int, *sentences: str, post: str = POSTS[0], says: int = 0) -> Fiction:
    """A cable with its own number in the text, or with another one."""
    made = cable(number, *sentences, post=post)
    said = f"{post.split()[1].upper()} {says or number:06}"
    return Numbered(made.id, made.created, made.origin, text=made.text, number=said)


STORY = (
    cable(1, own(1), FERRY, CONTACT),
    cable(2, own(2), KETTLES, CONTACT, post=POSTS[1]),
    cable(3, own(3), FERRY, KETTLES, CONTACT, post=POSTS[2]),
    cable(4, own(4), CONTACT, post=POSTS[3]),
    # a corrected copy of the third, some days later, by another post
    cable(9, own(3), FERRY, KETTLES, CONTACT, "One word more.", post=POSTS[4]),
    cable(10, own(10)),
)


def story(place: Path, cables: Sequence[Fiction] = STORY) -> Archive:
    """The archive of these cables, below a folder."""
    return archive_of(place, *cables, echoes=True)


CELLAR = "The harbour master keeps eleven brass kettles in the cellar below the old pier."
"""A sentence of two cables, in a record of each that is not the one that is shown."""


def with_records(place: Path) -> Archive:
    """Two cables that have two records each: what both say is in none that is shown."""
    for number in (1, 2):
        shown = Fiction(
            f"09RABAT{number}", f"2009-01-0{number} 08:20", text=f"{own(number)} {FERRY[:20]}."
        )
        write_page(place / "cables" / "a", shown)
        hides = replace(shown, text=f"{own(number)} XXXXXXXXXXXX knew wax{number}. {CELLAR}")
        write_page(place / "cables" / "b", hides)
    return opened(place / "cables", place / "cache", echoes=True)
