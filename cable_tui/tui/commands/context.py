"""The commands of the context pane."""

from __future__ import annotations

from cable_tui.session.features import panes
from cable_tui.tui.commands.model import Command, WidgetAction

CONTEXT = (
    Command(
        "context.open",
        ("enter", "l", "right"),
        "Go there",
        WidgetAction("context_open"),
        "Open this cable, at the paragraph that speaks of the one you read.",
        where=("context",),
        footer=1,
    ),
    Command(
        "context.down",
        ("j", "down"),
        "Down",
        WidgetAction("context_move", 1),
        "One cable down.",
        where=("context",),
    ),
    Command(
        "context.up",
        ("k", "up"),
        "Up",
        WidgetAction("context_move", -1),
        "One cable up.",
        where=("context",),
    ),
    Command(
        "context.page_down",
        ("pagedown", "ctrl+d", "space"),
        "Page down",
        WidgetAction("context_page", 1),
        "One page down.",
        where=("context",),
    ),
    Command(
        "context.page_up",
        ("pageup", "ctrl+u"),
        "Page up",
        WidgetAction("context_page", -1),
        "One page up.",
        where=("context",),
    ),
    Command(
        "context.top",
        ("home",),
        "Top",
        WidgetAction("context_ends", -1),
        "To the first cable; also g g.",
        where=("context",),
    ),
    Command(
        "context.end",
        ("G", "end"),
        "End",
        WidgetAction("context_ends", 1),
        "To the last cable.",
        where=("context",),
    ),
    Command(
        "context.body",
        ("h", "left"),
        "Body",
        panes.Focus("body"),
        "Back to the body of the cable.",
        where=("context",),
        footer=2,
    ),
)
