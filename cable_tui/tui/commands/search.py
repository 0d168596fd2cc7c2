"""The commands of the query: those that work in every pane, and those of the search bar."""

from __future__ import annotations

from cable_tui.session.features import panes, query_edits, results, search_bar
from cable_tui.tui.commands.model import Command

SEARCHING = (
    Command(
        "search.edit",
        ("slash",),
        "Search",
        panes.EditBar(),
        "Edit the query; a second / selects it.",
        footer=2,
    ),
    Command(
        "search.offers",
        ("plus", "ctrl+t"),
        "Add spellings",
        results.AddSpellings(),
        "Add the other spellings that the status line offers.",
        typing=True,
    ),
    Command(
        "search.spellings",
        ("tilde",),
        "Spellings",
        query_edits.Spell(),
        "Tick other spellings of the query's last name.",
    ),
)

BAR = (
    Command(
        "bar.accept",
        ("enter",),
        "Accept",
        search_bar.AcceptBar(),
        "Keep the query and go to the list; open what the line under the bar names.",
        where=("bar",),
        footer=1,
    ),
    Command(
        "bar.undo",
        ("escape",),
        "Old query",
        search_bar.RevertBar(),
        "Give the old query back.",
        where=("bar",),
        footer=2,
    ),
    Command(
        "bar.down",
        ("down",),
        "Choose",
        search_bar.MoveChoice(1),
        "To what the text may name, then to the list.",
        where=("bar",),
        footer=3,
    ),
    Command(
        "bar.up",
        ("up",),
        "Earlier",
        search_bar.MoveChoice(-1),
        "Back up to the query, and from there to the queries before it.",
        where=("bar",),
    ),
    Command(
        "bar.complete",
        ("tab",),
        "Complete",
        search_bar.TakeCompletion(),
        "Take the completion under the bar; without one, to the next pane.",
        where=("bar",),
    ),
)
