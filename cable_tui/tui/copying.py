"""Copying all marked cables: their texts one after the other, and one notice. No Textual."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cable_tui.errors import ArchiveError
from cable_tui.session import Action, actions, effects
from cable_tui.tui import citing
from cable_tui.tui.outside import Outside, told

if TYPE_CHECKING:
    from cable_tui.exports import Citation

MOST = 1000
"""Cables that are copied at once."""


def copy_all(
    outside: Outside, effect: effects.PutAllOnClipboard, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    """References a line each, longer texts with a blank line between them, items as one file."""
    from cable_tui.exports import EXPORTS

    count = len(effect.ids)
    if count > MOST:
        yield actions.Failed(f"{count:,} cables are too many to copy: E writes them to a file.")
        return
    export = EXPORTS[effect.style]
    places = list(_places(outside, effect.ids, cancelled))
    texts = [text for place in places if (text := export.function(place))]
    if cancelled():
        return
    if not texts:
        yield actions.Failed(f"None of the {count:,} marked cables has a {export.label}.")
        return
    if len(texts) < count:
        left = count - len(texts)
        yield actions.Warned(f"{left:,} of {count:,} marked cables could not be copied so.")
    cautioned = [(place, said) for place in places if (said := citing.caution(place))]
    if cautioned:
        place, said = cautioned[0]
        more = f" And {len(cautioned) - 1:,} more of them." if len(cautioned) > 1 else ""
        yield actions.Warned(f"{place.cable.reference_id}: {said}{more}")
    if export.together:
        joined = export.together(places)
    else:
        joined = ("\n\n" if any("\n" in text for text in texts) else "\n").join(texts)
    named = f"{len(texts):,} cable{'' if len(texts) == 1 else 's'}"
    yield told(outside.clipboard, joined, f"{export.label} · {named}")


def _places(
    outside: Outside, ids: tuple[int, ...], cancelled: Callable[[], bool]
) -> Iterator[Citation]:
    """The cables that can be read."""
    from cable_tui.exports import Ways

    for id_ in ids:
        if cancelled():
            return
        try:
            cable = outside.cable(id_)
        except ArchiveError:
            continue
        yield citing.citation(cable, (), 0, outside.archive.root, outside.ways or Ways())
