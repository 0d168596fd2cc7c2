"""The action of the reading room that searches for words that sources said."""

from __future__ import annotations

from cable_tui.query import Phrase, Word
from cable_tui.session import effects
from cable_tui.session.features.goto import narrowed
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import Action


class AskWhatWasSaid(Action):
    """Ask the reader for a word that a source said."""

    def step(self, session: Session) -> Result:
        """Show the prompt, with the words in the query as the proposed answer."""
        title, note = "Which word did a source say?", "a word, or several in quotation marks"
        words = [
            term
            for term in session.query.terms
            if isinstance(term, Word | Phrase) and not term.negated and not term.field
        ]
        one_text = str(words[0]) if len(words) == 1 else " ".join(word.text for word in words)
        proposed = one_text if len(words) < 2 else f'"{one_text}"'
        return session, (effects.AskLine(title, proposed, SaidTyped, note),)


class SaidTyped(Action):
    """Search for words that a source said."""

    text: str

    def step(self, session: Session) -> Result:
        """Narrow the query to the cables in which a source says these words."""
        words = self.text.strip().removeprefix("¶")
        fault = f"{words} is not a word or text in quotation marks"
        return narrowed(session, session.query, f"said:{words}", fault)
