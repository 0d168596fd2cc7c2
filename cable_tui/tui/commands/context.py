"""The commands of the context pane."""

from __future__ import annotations

from cable_tui.session import actions
from cable_tui.tui.commands.model import Command, Gesture

CONTEXT = (
    Command(
        "context.open",
        ("enter", "l", "right"),
        "Go there",
        Gesture("context_open"),
        "Open this cable, at the paragraph that speaks of the one you read.",
        where=("context",),
        footer=1,
    ),
    Command(
        "context.down",
        ("j", "down"),
        "Down",
        Gesture("context_move", 1),
        "One cable down.",
        where=("context",),
    ),
    Command(
        "context.up",
        ("k", "up"),
        "Up",
        Gesture("context_move", -1),
        "One cable up.",
        where=("context",),
    ),
    Command(
        "context.page_down",
        ("pagedown", "ctrl+d", "space"),
        "Page down",
        Gesture("context_page", 1),
        "One page down.",
        where=("context",),
    ),
    Command(
        "context.page_up",
        ("pageup", "ctrl+u"),
        "Page up",
        Gesture("context_page", -1),
        "One page up.",
        where=("context",),
    ),
    Command(
        "context.top",
        ("home",),
        "Top",
        Gesture("context_ends", -1),
        "To the first cable; also g g.",
        where=("context",),
    ),
    Command(
        "context.end",
        ("G", "end"),
        "End",
        Gesture("context_ends", 1),
        "To the last cable.",
        where=("context",),
    ),
    Command(
        "context.body",
        ("h", "left"),
        "Body",
        actions.Focus("body"),
        "Back to the body of the cable.",
        where=("context",),
        footer=2,
    ),
)
