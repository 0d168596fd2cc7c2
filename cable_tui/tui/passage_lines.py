"""The line of a passage under its subject: cut to the pane around what matched. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.cable import Span
from cable_tui.session.passages import Passage
from cable_tui.text import ELLIPSIS, crop, printable, width
from cable_tui.tui.list_lines import SIGNS, lighted


def label_of(passage: Passage) -> str:
    """`¶3 `, unless the passage begins with its number."""
    label = passage.label
    return f"¶{label} " if label and not passage.text.startswith(f"{label}.") else ""


def painted(passage: Passage, cells: int, places: Sequence[Span]) -> list[tuple[str, str]]:
    """The pieces of the line with their looks, exactly as wide as the cells."""
    label = label_of(passage)
    room = cells - SIGNS - width(label)
    if room < 1:
        return [(" " * cells, "passage")]
    text, places = _shifted(printable(passage.text), places, room)
    cut = crop(text, room)
    reach = len(cut) - (cut != text)
    return [
        (" " * SIGNS, "passage"),
        *([(label, "label")] if label else []),
        *lighted(cut[:reach], places, "passage"),
        (cut[reach:] + " " * (room - width(cut)), "passage"),
    ]


def _shifted(text: str, places: Sequence[Span], room: int) -> tuple[str, Sequence[Span]]:
    """The text from the first word that brings the places into the room, if it is too long."""
    if not places or width(text) <= room or width(text[: places[-1][1]]) < room:
        return text, places
    first, last = places[0][0], places[-1][1]
    # What matched stands in the middle; where it is wider than the room its beginning is shown.
    start = max(first - max(room - (last - first), room // 2) // 2, 0)
    start = min(text.find(" ", start) + 1 or first, first)
    moved = start - len(ELLIPSIS)
    shifted = [(begin - moved, end - moved) for begin, end in places]
    return f"{ELLIPSIS}{text[start:]}", shifted
