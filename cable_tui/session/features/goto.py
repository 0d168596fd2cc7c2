"""Go to a paragraph, a date, a position of the history, a saved search or a page."""

from __future__ import annotations

from functools import partial
from typing import Literal

from cable_tui.query import Query, parse
from cable_tui.session import effects
from cable_tui.session.ask import SearchFor
from cable_tui.session.features import opened_cable, sidebar
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request

Question = Literal["paragraph", "date"]
Page = Literal["notices", "settings", "archive"]
PLACES = 50
"""The maximum number of history positions in the menu."""
_QUESTIONS: dict[Question, tuple[str, str]] = {
    "paragraph": ("To which paragraph?", ""),
    "date": ("Which date or range?", "2009, 2008-03, 2008-03..2009-02-13, ..2007"),
}


class AskWhereTo(Action):
    """Ask for a paragraph or a date to go to."""

    what: Question

    def step(self, session: Session) -> Result:
        """Ask for the paragraph or date; a paragraph needs an open cable."""
        if self.what == "paragraph" and session.opened is None:
            return session, (effects.NO_CABLE,)
        question, examples = _QUESTIONS[self.what]
        return session, (effects.AskLine(question, "", partial(GotoTyped, self.what), examples),)


class GotoTyped(Action):
    """Go to the paragraph or date that the reader typed."""

    what: Question
    text: str

    def step(self, session: Session) -> Result:
        """Go to the paragraph of the open cable, or narrow the query to the date."""
        typed_target = self.text.strip().removeprefix("¶")
        if self.what == "paragraph" and session.cable is not None:
            return session, (effects.GoToCable(session.cable.canonical_id, typed_target),)
        query = session.query.without_facet("date")
        expected_form = "date or range, such as 2009, 2008-03..2009-02-13"
        return narrowed(
            session, query, f"date:{typed_target}", f"{typed_target} is not a {expected_form}"
        )


def narrowed(session: Session, query: Query, typed_part: str, fault: str) -> Result:
    """Search for a query with one more part, or show `fault` if the part is not a valid term."""
    parsed_part = parse(typed_part)
    if not parsed_part.terms or parsed_part.complaints:
        return session, (effects.Notify(fault, "warning"),)
    return SearchFor(str(query.plus(parsed_part.terms[0]))).step(session)


class ShowHistory(Action):
    """Show the history, so that the reader can go back to a position."""

    def step(self, session: Session) -> Result:
        """Open the menu of the history, or report that the history is empty."""
        if not session.past:
            return session, (effects.Notify("There is no earlier position in the history."),)
        menu_lines = tuple(
            (
                history_entry.text.strip() or "all cables",
                "reading a cable"
                if history_entry.id is not None
                else f"line {history_entry.at + 1:,}",
                GoBackSteps(step_count),
            )
            for step_count, history_entry in enumerate(session.past[: -PLACES - 1 : -1], 1)
        )
        return session, (effects.numbered_menu("Back to", menu_lines),)


class GoBackSteps(Action):
    """Go back by several positions of the history."""

    steps: int

    def step(self, session: Session) -> Result:
        """Go back step by step, but keep only the last effect of each type."""
        last_effects: dict[type[Effect], Effect] = {}
        for _ in range(self.steps):
            session, back_effects = opened_cable.GoBack().step(session)
            last_effects |= {type(effect): effect for effect in back_effects}
        return session, tuple(last_effects.values())


class ShowSearches(Action):
    """Show the saved searches, so that the reader can run one."""

    def step(self, session: Session) -> Result:
        """Open the menu of saved searches, or report that there are none."""
        if not session.notebook.searches:
            return session, (
                effects.Notify("No searches are saved yet: S saves the query in the bar."),
            )
        pick_search = partial(sidebar.PickFacetValue, sidebar.SAVED)
        search_notes = session.sidebar.search_notes
        menu_lines = [
            (search_name, query, pick_search(search_name))
            for search_name, query in session.notebook.searches
        ] + [
            (f"{search_name}: {note.label}", "only these cables", SearchFor(note.query))
            for search_name, _ in session.notebook.searches
            if (note := search_notes.get(search_name)) is not None
        ]
        return session, (effects.numbered_menu("Saved searches", menu_lines),)


class ShowPage(Request):
    """Show a page of information."""

    page: Page


class ChooseTheme(Request):
    """Let the reader choose the colors; answered by `SetTheme`."""


class SetTheme(Request):
    """Use a color theme now and at every start."""

    name: str
