"""The placeholder of a cable whose file cannot be read: what the catalogue has, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.cable import Body, Cable, CableWarning, Facts, Header
from cable_tui.text import clean_text

if TYPE_CHECKING:
    # The first paint asks whether a cable is one, and waits for no catalogue.
    from cable_tui.archive.catalogue.rows import Row

_CODE = "absent"


def placeholder_cable(row: Row, reason: str) -> Cable:
    """A row as a cable, with the reason as its body; only shown, never cited."""
    facts = Facts(
        row.reference_id,
        row.canonical_id,
        row.created,
        "page",
        "",
        row.classification,
        row.origin,
    )
    said = clean_text(
        f"The text of this cable cannot be shown.\n\n{reason}\n\n"
        "F5 looks for what has changed in the folder."
    )
    warning = CableWarning(_CODE, "Only what the catalogue knows is shown: its text is not here.")
    boxes = (Header(""), Body(said))
    return Cable(facts, row.subject, None, row.tags, (), (), *boxes, warnings=(warning,))


def is_placeholder(cable: Cable) -> bool:
    """Whether a cable is a placeholder."""
    return any(warning.code == _CODE for warning in cable.warnings)
