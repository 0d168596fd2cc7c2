"""The reading room as a value: `step(session, action) -> (session, effects)`.

No Textual and no archive: what the reader does and what workers report comes in as actions, what
the outside must do goes out as effects, and the screen paints the session that results.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cable_tui.session import (
    actions,
    effects,
    explaining,
    exporting,
    finding,
    narrowing,
    notebook,
    passages,
    picking,
    reading,
    resuming,
    room,
    searching,
    shelf,
    timeline,
    upkeep,
    viewing,
)
from cable_tui.session.base import Action, Effect
from cable_tui.session.model import (
    READING,
    Building,
    Count,
    Counts,
    Hits,
    Jump,
    Landing,
    Lit,
    Opened,
    Pane,
    Place,
    Session,
    Sort,
    Summary,
)

__all__ = [
    "READING",
    "STEPS",
    "Action",
    "Building",
    "Count",
    "Counts",
    "Effect",
    "Hits",
    "Jump",
    "Landing",
    "Lit",
    "Opened",
    "Pane",
    "Place",
    "Session",
    "Sort",
    "Summary",
    "actions",
    "effects",
    "explaining",
    "finding",
    "narrowing",
    "notebook",
    "passages",
    "picking",
    "resuming",
    "shelf",
    "step",
    "timeline",
    "upkeep",
    "viewing",
]

Stepper = Callable[[Session, Any], tuple[Session, tuple[Effect, ...]]]

STEPS: dict[type[Action], Stepper] = {
    actions.Start: searching.start,
    actions.Edit: searching.edit,
    actions.Typed: searching.typed,
    actions.Accept: searching.accept,
    actions.GiveUp: searching.give_up,
    actions.Choose: searching.choose,
    actions.TakeJump: searching.take_jump,
    actions.Toggle: searching.toggle,
    actions.AddOffers: searching.add_offers,
    actions.TurnOrder: searching.turn_order,
    actions.Found: searching.found,
    actions.Counted: searching.counted,
    actions.Jumped: searching.jumped,
    actions.Grew: searching.grew,
    actions.Move: reading.move,
    actions.MoveTo: reading.move_to,
    actions.Read: reading.read,
    actions.Step: reading.step_cable,
    actions.NoMoreHits: reading.no_more_hits,
    actions.Shown: reading.shown,
    actions.NotShown: reading.not_shown,
    actions.At: reading.at,
    actions.Follow: reading.follow,
    actions.Go: reading.go,
    actions.Resolved: reading.resolved,
    actions.Back: reading.back,
    actions.Forward: reading.forward,
    actions.Copy: room.copy,
    actions.CopyLink: room.copy_link,
    actions.Focus: room.focus,
    actions.Cycle: room.cycle,
    actions.Flip: room.flip,
    actions.StepOut: room.step_out,
    actions.Close: room.close,
    actions.Leave: room.leave,
    actions.Ask: room.ask,
    actions.Progressed: room.progressed,
    actions.Stalled: room.stalled,
    actions.Summarised: room.summarised,
    actions.Unreadable: room.unreadable,
    actions.Widen: room.widen,
    actions.Said: room.said,
    actions.Warned: room.warned,
    actions.Failed: room.failed,
    **explaining.STEPS,
    **finding.STEPS,
    **narrowing.STEPS,
    notebook.Marked: room.marked,
    **notebook.STEPS,
    **exporting.STEPS,
    **passages.STEPS,
    **timeline.STEPS,
    **picking.STEPS,
    **resuming.STEPS,
    **upkeep.STEPS,
    **viewing.STEPS,
    **shelf.STEPS,
}
"""Which function answers to which action."""


def step(session: Session, action: Action) -> tuple[Session, tuple[Effect, ...]]:
    """The next session, and what the outside must do for it. Pure and total."""
    return STEPS[type(action)](session, action)
