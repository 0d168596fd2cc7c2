"""The commands of the query: those that work in every pane, and those of the search bar."""

from __future__ import annotations

from cable_tui.session import actions, completing, mending
from cable_tui.tui.commands.model import Command

SEARCHING = (
    Command(
        "search.edit",
        ("slash",),
        "Search",
        actions.Edit(),
        "Edit the query; a second / selects it.",
        footer=2,
    ),
    Command(
        "search.offers",
        ("plus", "ctrl+t"),
        "Add spellings",
        actions.AddOffers(),
        "Add the other spellings that the status line offers.",
        typing=True,
    ),
    Command(
        "search.spellings",
        ("tilde",),
        "Spellings",
        mending.Spell(),
        "Tick other spellings of the query's last name.",
    ),
)

BAR = (
    Command(
        "bar.accept",
        ("enter",),
        "Accept",
        actions.Accept(),
        "Keep the query and go to the list; open what the line under the bar names.",
        where=("bar",),
        footer=1,
    ),
    Command(
        "bar.undo",
        ("escape",),
        "Old query",
        actions.GiveUp(),
        "Give the old query back.",
        where=("bar",),
        footer=2,
    ),
    Command(
        "bar.down",
        ("down",),
        "Choose",
        actions.Choose(1),
        "To what the text may name, then to the list.",
        where=("bar",),
        footer=3,
    ),
    Command(
        "bar.up",
        ("up",),
        "Earlier",
        actions.Choose(-1),
        "Back up to the query, and from there to the queries before it.",
        where=("bar",),
    ),
    Command(
        "bar.complete",
        ("tab",),
        "Complete",
        completing.Complete(),
        "Take the completion under the bar; without one, to the next pane.",
        where=("bar",),
    ),
)
