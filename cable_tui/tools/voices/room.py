"""Asking for what sources said, in the reading room."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.features.goto import narrowed
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import Action


class AskWhatWasSaid(Action):
    """Ask for a word that a source said."""

    def step(self, session: Session) -> Result:
        """Ask."""
        title, note = "Which word did a source say?", "a word, or several in quotation marks"
        return session, (effects.AskLine(title, "", SaidTyped, note),)


class SaidTyped(Action):
    """The reader has typed what a source said."""

    text: str

    def step(self, session: Session) -> Result:
        """Narrow the query to it."""
        words = self.text.strip().removeprefix("¶")
        fault = f"{words} is not a word or text in quotation marks"
        return narrowed(session, session.query, f"said:{words}", fault)
