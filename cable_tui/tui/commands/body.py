"""The commands of the cable: its body and its header."""

from __future__ import annotations

from cable_tui.session import actions, finding, picking, viewing
from cable_tui.tui.commands.model import Command, Gesture

BODY = (
    Command(
        "body.next",
        ("right_curly_bracket",),
        "Next ¶",
        Gesture("body_paragraph", 1),
        "The next paragraph.",
        where=("body",),
        footer=1,
    ),
    Command(
        "body.previous",
        ("left_curly_bracket",),
        "Previous ¶",
        Gesture("body_paragraph", -1),
        "The previous paragraph.",
        where=("body",),
    ),
    Command(
        "body.follow",
        ("enter",),
        "Follow",
        Gesture("body_follow"),
        "Open the cable that this paragraph or REF line refers to.",
        where=("body",),
        footer=5,
    ),
    Command(
        "body.down",
        ("j", "down"),
        "Down",
        Gesture("body_scroll", 1),
        "One line down.",
        where=("body",),
    ),
    Command(
        "body.up", ("k", "up"), "Up", Gesture("body_scroll", -1), "One line up.", where=("body",)
    ),
    Command(
        "body.page_down",
        ("pagedown", "space"),
        "Page down",
        Gesture("body_page", 1),
        "One page down.",
        where=("body",),
    ),
    Command(
        "body.page_up",
        ("pageup",),
        "Page up",
        Gesture("body_page", -1),
        "One page up.",
        where=("body",),
    ),
    Command(
        "body.half_down",
        ("ctrl+d",),
        "Half down",
        Gesture("body_half", 1),
        "Half a page down.",
        where=("body",),
    ),
    Command(
        "body.half_up",
        ("ctrl+u",),
        "Half up",
        Gesture("body_half", -1),
        "Half a page up.",
        where=("body",),
    ),
    Command(
        "body.top",
        ("home",),
        "Top",
        Gesture("body_ends", -1),
        "To the top; also g g.",
        where=("body",),
    ),
    Command(
        "body.end", ("G", "end"), "End", Gesture("body_ends", 1), "To the end.", where=("body",)
    ),
    Command(
        "body.list",
        ("h",),
        "Cables",
        actions.Focus("list"),
        "To the list of cables.",
        where=("body", "header"),
    ),
    Command(
        "body.find",
        ("ctrl+f",),
        "Find",
        finding.Find(),
        "Find words in this cable; n and N go by them until Esc.",
        where=("body", "header"),
        footer=9,
    ),
    Command(
        "body.join",
        ("w",),
        "Join lines",
        viewing.Join(),
        "Join the lines of paragraphs and leave page breaks out, or show them as sent.",
        where=("body",),
    ),
    Command(
        "body.right",
        ("right",),
        "Sideways",
        Gesture("body_sideways", 1),
        "Unwrap long lines and scroll along them.",
        where=("body",),
    ),
    Command(
        "body.left",
        ("left",),
        "Back",
        Gesture("body_sideways", -1),
        "Scroll back; at the beginning long lines are wrapped again.",
        where=("body",),
    ),
    Command(
        "body.pick",
        ("v",),
        "Select",
        picking.Pick(),
        "Select whole paragraphs: then j k { } G, and y copies them; Esc ends it.",
        where=("body",),
        footer=6,
    ),
    Command(
        "header.decode",
        ("D",),
        "In words",
        viewing.Decode(),
        "Show the transmission header in words, or as sent.",
        where=("body", "header"),
    ),
)
