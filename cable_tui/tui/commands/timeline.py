"""The commands of the timeline."""

from __future__ import annotations

from cable_tui.session.features import timeline
from cable_tui.tui.commands.model import Command

TIMELINE = (
    Command(
        "timeline.reach",
        ("T",),
        "Timeline",
        timeline.OpenTimeline(),
        "To the timeline, to choose a time; from there, hide it.",
    ),
    Command(
        "timeline.write",
        ("enter",),
        "Only this time",
        timeline.ApplyBrush(),
        "Narrow the query to the time under the brush.",
        where=("timeline",),
        footer=1,
    ),
    Command(
        "timeline.earlier",
        ("left", "h"),
        "Earlier",
        timeline.MoveBrush(-1),
        "One month or day earlier.",
        where=("timeline",),
        footer=3,
    ),
    Command(
        "timeline.later",
        ("right", "l"),
        "Later",
        timeline.MoveBrush(1),
        "One month or day later.",
        where=("timeline",),
        footer=4,
    ),
    Command(
        "timeline.extend_earlier",
        ("shift+left", "less_than_sign"),
        "Extend earlier",
        timeline.MoveBrush(-1, extend=True),
        "Extend the brush by one month or day towards earlier.",
        where=("timeline",),
    ),
    Command(
        "timeline.extend_later",
        ("shift+right", "greater_than_sign"),
        "Extend",
        timeline.MoveBrush(1, extend=True),
        "Extend the brush by one month or day towards later.",
        where=("timeline",),
        footer=5,
    ),
    Command(
        "timeline.year_earlier",
        ("up", "k", "pageup"),
        "A year earlier",
        timeline.MoveBrush(-12),
        "Twelve months or days earlier.",
        where=("timeline",),
    ),
    Command(
        "timeline.year_later",
        ("down", "j", "pagedown"),
        "A year later",
        timeline.MoveBrush(12),
        "Twelve months or days later.",
        where=("timeline",),
    ),
    Command(
        "timeline.first",
        ("home",),
        "First",
        timeline.MoveBrush(-10_000),
        "To the beginning.",
        where=("timeline",),
    ),
    Command(
        "timeline.last",
        ("end", "G"),
        "Last",
        timeline.MoveBrush(10_000),
        "To the end.",
        where=("timeline",),
    ),
)
