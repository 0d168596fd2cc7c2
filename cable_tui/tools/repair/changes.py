"""The changes to a draft that are certain, and the doubts about the rest."""

from __future__ import annotations

from typing import Literal, NamedTuple

from cable_tui.base.value import Value
from cable_tui.tools.drafts.quotations import BlockSpan

ChangeKind = Literal["word", "date", "post", "serial number", "paragraph", "citation"]
"""The part of a draft that a change concerns; `citation` is a citation that is added."""


class Edit(NamedTuple):
    """A change of the characters of one block of a draft."""

    block: int
    start: int
    end: int
    new: str


class Change(Value):
    """A change to a draft, with its reason."""

    kind: ChangeKind
    edit: Edit
    piece: BlockSpan
    """The beginning of the quotation or citation that is put right."""
    place: str
    """The position in the draft, such as `line 12`."""
    before: str
    """The words of the draft; empty if words are only added."""
    after: str
    """The words of the copy; empty if words are only removed."""
    reason: str
    citation: str
    """The cable and paragraph that show the change to be right."""


class Doubt(Value):
    """A fault of a draft that is not repaired."""

    piece: BlockSpan
    place: str
    text: str
    reason: str


class Plan(Value):
    """What will be changed in a draft, and what is left to its writer."""

    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...]
