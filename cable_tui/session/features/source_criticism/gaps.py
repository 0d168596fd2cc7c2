"""The page of what is not here: posts and years, and the reader's place among them."""

from __future__ import annotations

from cable_tui.query.model import quoted
from cable_tui.session import effects
from cable_tui.session.base import Action
from cable_tui.session.features.coverage import ShowGaps, wanted
from cable_tui.session.features.search_bar import SearchFor, search_for
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace


class OpenGaps(Action):
    """Show the page of posts and years."""


class LeaveGaps(Action):
    """The page is left: its cursor, what was typed in its filter, and its order are kept."""

    at: tuple[str, int]
    """The station and the year of its line."""
    typed: str
    order: int


class ListPostYear(Action):
    """List the cables of a post and year."""

    post: str
    year: int


@handles(OpenGaps)
def open_gaps(session: Session, _: OpenGaps) -> Result:
    """Open the page; it is filled at once where nothing was added since it was last computed."""
    return session, (ShowGaps(opens=True), *wanted(session))


@handles(LeaveGaps)
def leave_gaps(session: Session, action: LeaveGaps) -> Result:
    """Keep the place; stop computing."""
    kept = replace(session.gaps, at=action.at, typed=action.typed, order=action.order)
    stop = () if session.gaps.found is not None else (effects.Stop("gaps"),)
    return replace(session, gaps=kept), stop


@handles(ListPostYear)
def list_post_year(session: Session, action: ListPostYear) -> Result:
    """Ask for them as if it had been typed; Back comes back to the page."""
    text = f"origin:{quoted(action.post)} date:{action.year} "
    session, wanted = search_for(session, SearchFor(text))
    return session.with_page(OpenGaps()), wanted
