"""The changes to a draft that are certain, and the reasons why other errors are not corrected."""

from __future__ import annotations

from typing import Literal, NamedTuple

from cable_tui.base.value import Value
from cable_tui.tools.drafts.quotations import BlockSpan

ChangeKind = Literal["word", "date", "post", "serial number", "paragraph", "citation"]
"""The part of a draft that a change concerns; `citation` means that a citation is added."""


class Edit(NamedTuple):
    """A change to some characters of one block of a draft."""

    block: int
    start: int
    end: int
    new: str


class Change(Value):
    """A change to a draft, with its reason."""

    kind: ChangeKind
    edit: Edit
    piece: BlockSpan
    """The start of the quotation or citation that is corrected."""
    place: str
    """The position in the draft, such as `line 12`."""
    before: str
    """The words of the draft; empty if words are only added."""
    after: str
    """The words in the copy; empty if words are only removed."""
    reason: str
    citation: str
    """The cable and paragraph that prove the change correct."""


class Doubt(Value):
    """An error in a draft that is not corrected."""

    piece: BlockSpan
    place: str
    text: str
    reason: str


class Plan(Value):
    """The changes that will be made to a draft, and the errors that are left to its writer."""

    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...]
