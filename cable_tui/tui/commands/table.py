"""The table of commands as it is used: which command a key stands for, and the README's table.

Keys, footer, palette, help and the README's key table are read from COMMANDS.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.session.state import Session
from cable_tui.tui.commands.model import Command, KeyContext, key_name, works_in
from cable_tui.tui.commands.rows import COMMANDS

_now: tuple[Command, ...] = COMMANDS


def use(commands: tuple[Command, ...]) -> None:
    """Set the commands of this process: the same with the reader's own keys."""
    global _now  # noqa: PLW0603 - a process has one keyboard
    _now = commands


def current() -> tuple[Command, ...]:
    """The commands with the keys that they have now."""
    return _now


def key_context(session: Session) -> KeyContext:
    """The context that keys are looked up in."""
    if session.pane == "body" and session.find.open:
        return "find"
    return "body" if session.pane == "top" else session.pane


def commands_of(where: KeyContext) -> Iterator[Command]:
    """The commands of a pane, its own first."""
    return (command for command in _now if works_in(command, where))


def command_for(where: KeyContext, key: str) -> Command | None:
    """The command of a key in a pane: the pane's own wins over one that works everywhere."""
    return next((command for command in commands_of(where) if key in command.keys), None)


def markdown_table() -> str:
    """The README's key table."""
    titles: dict[KeyContext, str] = {
        "everywhere": "Everywhere",
        "bar": "Search bar",
        "list": "List",
        "library": "Library",
        "timeline": "Timeline",
        "body": "Body",
        "header": "Header",
        "find": "Find in a cable",
        "context": "Context",
        "bookmarks": "Bookmarks",
    }
    lines = ["| Where | Keys | Does | Name in `[keys]` |", "| --- | --- | --- | --- |"]
    for where, title in titles.items():
        for command in COMMANDS:
            if command.where[0] == where:
                names = (key_name(key).replace("|", "\\|") for key in command.keys)
                keys = " ".join(f"`{name}`" for name in names)
                lines.append(f"| {title} | {keys} | {command.help} | `{command.id}` |")
                title = ""  # noqa: PLW2901 - a heading stands once
    return "\n".join(lines)
