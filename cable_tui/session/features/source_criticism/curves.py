"""Curves over the room: which share of the cables of each month, year or post queries find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui import query as language
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

if TYPE_CHECKING:
    from cable_tui.archive.source_criticism.curve_table import Curves

_AXES = ("month", "year", "post", "class")
_MOST = 9


class OpenCurves(Action):
    """g u: show the curve of the query; without one, ask for it."""


class AddCurve(Action):
    """Show the curve of one more query."""

    text: str


class AskMore(Action):
    """a: ask for one more query."""


class ChooseSaved(Action):
    """A: choose one of the saved searches."""


class RemoveCurve(Action):
    """d: take the last curve away."""


class NextAxis(Action):
    """m: months, years, posts, classifications."""

    by: int = 1


class ToggleScale(Action):
    """o: each curve to its own scale, or all to one."""


class CloseCurves(Action):
    """The page was left; its queries are kept."""


class CurvesCounted(Action):
    """The curves were counted."""

    ticket: int
    found: Curves
    note: str = ""


class CurvesFailed(Action):
    """They could not be counted."""

    ticket: int
    reason: str


class CountCurves(Effect):
    """Count curves; answered by `CurvesCounted` or `CurvesFailed`."""

    latest = "curves"

    ticket: int
    queries: tuple[str, ...]
    by: str


class ShowCurvesPage(Effect):
    """Open the page."""


class AskCurve(Effect):
    """Let the reader type a query; answered by `AddCurve`."""


class ListSaved(Effect):
    """Show a menu of saved searches; answered by `AddCurve`."""

    searches: tuple[tuple[str, str], ...]


@handles(OpenCurves)
def open_curves(session: Session, _: OpenCurves) -> Result:
    """Open the page with the query of the bar beside those that were there before."""
    text = str(session.query.finished()) if session.query.terms else ""
    kept = session.curves.queries
    queries = kept if not text or text in kept else (*kept, text)[-_MOST:]
    if not queries:
        return session, (AskCurve(),)
    return _counted(replace(session, curves=replace(session.curves, shown=True)), queries)


@handles(AddCurve)
def add_curve(session: Session, action: AddCurve) -> Result:
    """Add a query that can be read; one that is there already is said."""
    query = language.parse(action.text.strip()).finished()
    text, view = str(query), session.curves
    said = ""
    if query.complaints:
        said = query.complaints[0].reason
    elif text in view.queries:
        said = f"{text} has its curve already."
    elif len(view.queries) >= _MOST:
        said = f"A chart has {_MOST} curves at most: d takes the last one away."
    if said or not query.terms:
        return session, (effects.Notify(said or "This is no query.", "warning"),)
    was_shown = view.shown
    session = replace(session, curves=replace(view, shown=True))
    return _counted(session, (*view.queries, text), open_page=not was_shown)


@handles(AskMore)
def ask_more(session: Session, _: AskMore) -> Result:
    """Ask for a query."""
    return session, (AskCurve(),)


@handles(ChooseSaved)
def choose_saved(session: Session, _: ChooseSaved) -> Result:
    """List the saved searches, or say that there is none."""
    if not session.notebook.searches:
        return session, (effects.Notify("No search is saved yet: S saves the one in the bar."),)
    return session, (ListSaved(session.notebook.searches),)


@handles(RemoveCurve)
def remove_curve(session: Session, _: RemoveCurve) -> Result:
    """Take the last one away; one stays."""
    if len(session.curves.queries) < 2:
        return session, (effects.Notify("This is the only curve: Esc closes the page."),)
    return _counted(session, session.curves.queries[:-1], open_page=False)


@handles(NextAxis)
def next_axis(session: Session, action: NextAxis) -> Result:
    """Count by something else."""
    view = session.curves
    by = _AXES[(_AXES.index(view.by) + action.by) % len(_AXES)]
    session = replace(session, curves=replace(view, by=by))
    return _counted(session, view.queries, open_page=False)


@handles(ToggleScale)
def toggle_scale(session: Session, _: ToggleScale) -> Result:
    """Draw to the other scale."""
    view = session.curves
    return replace(session, curves=replace(view, own_scale=not view.own_scale)), ()


@handles(CloseCurves)
def close_curves(session: Session, _: CloseCurves) -> Result:
    """Close it."""
    return replace(session, curves=replace(session.curves, shown=False)), ()


@handles(CurvesCounted)
def curves_counted(session: Session, action: CurvesCounted) -> Result:
    """Show them, unless others were asked for meanwhile."""
    if action.ticket != session.curves.ticket:
        return session, ()
    view = replace(session.curves, found=action.found, note=action.note)
    return replace(session, curves=view), ()


@handles(CurvesFailed)
def curves_failed(session: Session, action: CurvesFailed) -> Result:
    """Say why."""
    if action.ticket != session.curves.ticket:
        return session, ()
    return replace(session, curves=replace(session.curves, note=action.reason)), ()


def _counted(session: Session, queries: tuple[str, ...], *, open_page: bool = True) -> Result:
    view = replace(session.curves, ticket=session.curves.ticket + 1, queries=queries)
    count = CountCurves(view.ticket, queries, view.by)
    shown = (ShowCurvesPage(),) if open_page else ()
    return replace(session, curves=view), (*shown, count)
