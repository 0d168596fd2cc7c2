"""What is done with panes, menus, bookmarks and copies, and the news of the archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cable_tui.session.base import Action
from cable_tui.session.values import Building, Pane, Summary


@dataclass(frozen=True, slots=True)
class Copy(Action):
    """Copy what is under the cursor in one of the formats; empty is the one used last."""

    style: str = ""
    span: tuple[int, int] | None = None
    """What is selected in the body, as a range of its text: that is copied."""


@dataclass(frozen=True, slots=True)
class CopyLink(Action):
    """Copy the link of a cable that is not here."""

    reference: str


@dataclass(frozen=True, slots=True)
class Focus(Action):
    """To a pane."""

    pane: Pane


@dataclass(frozen=True, slots=True)
class Cycle(Action):
    """To the next or previous pane."""

    by: int


@dataclass(frozen=True, slots=True)
class Flip(Action):
    """A part of the layout on or off."""

    part: Literal["drawer", "zoomed", "unfolded", "repaired"]


@dataclass(frozen=True, slots=True)
class StepOut(Action):
    """Esc: one step back towards the list."""


@dataclass(frozen=True, slots=True)
class Close(Action):
    """q: close this view; leave where there is none."""


@dataclass(frozen=True, slots=True)
class Leave(Action):
    """Quit at once."""


@dataclass(frozen=True, slots=True)
class Ask(Action):
    """Show one of the menus or screens: `copy`, `go`, `help`, `palette`."""

    what: Literal["copy", "go", "help", "palette"]


@dataclass(frozen=True, slots=True)
class Progressed(Action):
    """The index grew, or is complete (None)."""

    building: Building | None


@dataclass(frozen=True, slots=True)
class Stalled(Action):
    """The index cannot be completed; the sentence says why."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Summarised(Action):
    """What the archive holds."""

    summary: Summary


@dataclass(frozen=True, slots=True)
class Unreadable(Action):
    """The folder holds nothing to read; the sentence says what was seen."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Said(Action):
    """Something that was asked for is done; the sentence says what."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Warned(Action):
    """Something that must be known of what was asked for; it is done all the same."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Failed(Action):
    """Something that was asked for did not work; the sentence says what."""

    sentence: str
