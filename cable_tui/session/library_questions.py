"""Ask about the reader's library when it is opened: about rescued bookmarks and earlier names."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.features.bookmarks import LibraryChange, Undo
from cable_tui.session.registry import Services
from cable_tui.session.values import Request
from cable_tui.text.numbers import counted


class AnswerOwnName(Request, LibraryChange):
    """Store whether a name is also the reader's own; answered by `LibraryChanged`."""

    name: str
    mine: bool

    def change(self, services: Services) -> str:
        """Store the answer, and return a sentence about it."""
        services.library.names.answer(self.name, mine=self.mine)
        yours_or_not = "yours" if self.mine else "not yours"
        return f"Bookmarks by {self.name}: {yours_or_not} · u to undo"


def rescue_menu(sentence: str) -> effects.AskMenu:
    """Return the menu that asks whether to keep a library recovered from a damaged file."""
    menu_items = (
        effects.MenuItem("k", "keep what was rescued", effects.Notify("Kept.")),
        effects.MenuItem("n", "start empty; the damaged file and its backups stay", Undo()),
    )
    return effects.AskMenu("Bookmarks and notes", menu_items, sentence)


def own_name_menu(name: str, count: int, from_elsewhere: int) -> effects.AskMenu:
    """Return the menu that asks whether bookmarks under another name are the reader's own.

    Some of them may be from another library.
    """
    menu_note = "If they are, B shows your notes there again. They keep their signatures."
    if from_elsewhere:
        menu_note += (
            f" {from_elsewhere:,} of them came from elsewhere, perhaps from another {name}: "
            "they would also count as yours."
        )
    menu_items = (
        effects.MenuItem("y", "yes; u to undo", AnswerOwnName(name, mine=True)),
        effects.MenuItem("n", "no, somebody else's", AnswerOwnName(name, mine=False)),
    )
    return effects.AskMenu(f"{counted(count, 'bookmark')} by {name}: yours?", menu_items, menu_note)
