"""The cursor of the library: over headings and values, and what is done with the one it is on."""

from __future__ import annotations

from cable_tui.base.value import replace
from cable_tui.session.effects import Notify
from cable_tui.session.features.sidebar import (
    How,
    PickFacetValue,
    ReverseSection,
    ShowValues,
    WidenSection,
)
from cable_tui.session.features.sidebar_sections import filter_sections
from cable_tui.session.registry import Result
from cable_tui.session.sidebar_lines import LineKey
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect


class ShowFilterSection(Effect):
    """Scroll to show as much of the section under the cursor as fits."""


class MoveInFilters(Action):
    """Move the cursor of the library by lines."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor, stopping at the ends."""
        shown_lines = session.filter_lines
        line_index = min(max(shown_lines.at + self.by, 0), max(len(shown_lines.lines) - 1, 0))
        return replace(
            session, filter_lines=replace(shown_lines, at=line_index, hidden=None, clicked=False)
        ), ()


class MoveToSection(Action):
    """Move to the next heading (1), or the last one above (-1), skipping regions of posts."""

    by: int

    def step(self, session: Session) -> Result:
        """Move there, if there is one."""
        line_index, lines = session.filter_lines.at, session.filter_lines.lines
        places = range(line_index + 1, len(lines)) if self.by > 0 else reversed(range(line_index))
        heads = (place for place in places if lines[place].kind == "heading")
        heading = next((place for place in heads if lines[place].item is None), None)
        if heading is None:
            return session, ()
        session, _ = MoveInFilters(heading - line_index).step(session)
        return session, (ShowFilterSection(),)


class PickHere(Action):
    """Add or remove the value under the cursor, keep only it, or exclude it."""

    how: How

    def step(self, session: Session) -> Result:
        """Change the query.

        The heading of a region is a value; another one folds, and the rest of a section opens.
        """
        shown_lines = session.filter_lines
        line_here = shown_lines.here
        if shown_lines.hidden:  # it is not waited for any longer
            session = replace(session, filter_lines=replace(shown_lines, hidden=None))
        if line_here is None:
            return session, ()
        if line_here.item:
            return PickFacetValue(line_here.prefix, line_here.item.value, self.how).step(session)
        if self.how == "excluding":
            return session, ()
        if line_here.kind == "more":
            return WidenSection(line_here.facet).step(session)
        return FoldHere().step(session)


class FoldHere(Action):
    """Fold or unfold the section of the cursor."""

    def step(self, session: Session) -> Result:
        """Fold it, with the cursor on its heading."""
        lines = session.filter_lines
        if lines.here is None:
            return session, ()
        section = lines.here.section
        line_index = lines.place_of((section, "heading", ""))
        line_index = lines.at if line_index is None else line_index
        lines = replace(lines, at=line_index, hidden=None, folded=lines.folded ^ {section})
        wanted_effects = () if lines.clicked else (ShowFilterSection(),)
        return replace(session, filter_lines=lines.with_sections(lines.sections)), wanted_effects


class ClickLine(Action):
    """Put the cursor on a line that was clicked, and do what Space does, or fold it."""

    key: LineKey
    folds: bool

    def step(self, session: Session) -> Result:
        """Do it, unless the line has gone since."""
        shown_lines = session.filter_lines
        line_index = shown_lines.place_of(self.key)
        if line_index is None:
            return session, ()
        shown_lines = replace(shown_lines, at=line_index, hidden=None, clicked=True)
        action = FoldHere() if self.folds else PickHere("toggled")
        return action.step(replace(session, filter_lines=shown_lines))


class ReverseHere(Action):
    """Reverse the order of the section under the cursor."""

    def step(self, session: Session) -> Result:
        """Reverse it, if there is one."""
        section = session.filter_lines.section_here
        return ReverseSection(section).step(session) if section else (session, ())


class FilterHere(Action):
    """Show all values of the section under the cursor, to be filtered."""

    def step(self, session: Session) -> Result:
        """Ask for the values, if there is a section."""
        section = session.filter_lines.section_here
        return session, (ShowValues(section) if section else Notify("There are no filters here."),)


def list_sections(session: Session) -> Session:
    """Return the session with the lines of its sections."""
    lines = session.filter_lines.with_sections(filter_sections(session))
    return replace(session, filter_lines=lines)


def follow_counts(before: Session, session: Session) -> Session:
    """Return the session after an action, with other lines if the sections have changed."""
    return session if _shown(before) == _shown(session) else list_sections(session)


def _shown(session: Session) -> tuple[object, ...]:
    """Return everything that the sections show."""
    view = (session.wide_sections, session.sidebar, session.notebook)
    return session.counts, session.counted, session.query, *view
