"""The cursor in the filters: move it over headings and values, and act on the line under it."""

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
    """Scroll to show as much as possible of the section under the cursor."""


class MoveInFilters(Action):
    """Move the cursor in the filters by a number of lines."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor, stopping at either end."""
        filter_lines = session.filter_lines
        line_index = min(max(filter_lines.at + self.by, 0), max(len(filter_lines.lines) - 1, 0))
        return replace(
            session, filter_lines=replace(filter_lines, at=line_index, hidden=None, clicked=False)
        ), ()


class MoveToSection(Action):
    """Move to the next heading (1) or the previous one (-1), skipping the headings of regions."""

    by: int

    def step(self, session: Session) -> Result:
        """Move to the heading, if there is one."""
        line_index, sidebar_lines = session.filter_lines.at, session.filter_lines.lines
        line_indexes = (
            range(line_index + 1, len(sidebar_lines))
            if self.by > 0
            else reversed(range(line_index))
        )
        heading_indexes = (
            heading_index
            for heading_index in line_indexes
            if sidebar_lines[heading_index].kind == "heading"
        )
        section_index = next(
            (
                heading_index
                for heading_index in heading_indexes
                if sidebar_lines[heading_index].item is None
            ),
            None,
        )
        if section_index is None:
            return session, ()
        session, _ = MoveInFilters(section_index - line_index).step(session)
        return session, (ShowFilterSection(),)


class PickHere(Action):
    """Add or remove the value under the cursor, make it the only value, or exclude it."""

    how: How

    def step(self, session: Session) -> Result:
        """Edit the query, or fold or extend the section.

        The heading of a region is a value; on any other heading the section is folded, and on the
        line for more values it is extended.
        """
        filter_lines = session.filter_lines
        cursor_line = filter_lines.here
        if filter_lines.hidden:  # it is not waited for any longer
            session = replace(session, filter_lines=replace(filter_lines, hidden=None))
        if cursor_line is None:
            return session, ()
        if cursor_line.item:
            return PickFacetValue(cursor_line.prefix, cursor_line.item.value, self.how).step(
                session
            )
        if self.how == "excluding":
            return session, ()
        if cursor_line.kind == "more":
            return WidenSection(cursor_line.facet).step(session)
        return FoldHere().step(session)


class FoldHere(Action):
    """Fold or unfold the section under the cursor."""

    def step(self, session: Session) -> Result:
        """Fold or unfold the section, and move the cursor to its heading."""
        filter_lines = session.filter_lines
        if filter_lines.here is None:
            return session, ()
        section_key = filter_lines.here.section
        line_index = filter_lines.place_of((section_key, "heading", ""))
        line_index = filter_lines.at if line_index is None else line_index
        filter_lines = replace(
            filter_lines, at=line_index, hidden=None, folded=filter_lines.folded ^ {section_key}
        )
        scroll_effects = () if filter_lines.clicked else (ShowFilterSection(),)
        return replace(
            session, filter_lines=filter_lines.with_sections(filter_lines.sections)
        ), scroll_effects


class ClickLine(Action):
    """Act on the clicked line as Space does, or fold its section."""

    key: LineKey
    folds: bool

    def step(self, session: Session) -> Result:
        """Move the cursor to the line and act on it, unless the line no longer exists."""
        filter_lines = session.filter_lines
        line_index = filter_lines.place_of(self.key)
        if line_index is None:
            return session, ()
        filter_lines = replace(filter_lines, at=line_index, hidden=None, clicked=True)
        line_action = FoldHere() if self.folds else PickHere("toggled")
        return line_action.step(replace(session, filter_lines=filter_lines))


class ReverseHere(Action):
    """Reverse the order of the section under the cursor."""

    def step(self, session: Session) -> Result:
        """Reverse the order, if there is a section."""
        section_name = session.filter_lines.section_here
        return ReverseSection(section_name).step(session) if section_name else (session, ())


class FilterHere(Action):
    """Show all values of the section under the cursor with a filter."""

    def step(self, session: Session) -> Result:
        """Request the list of values, if there is a section."""
        section_name = session.filter_lines.section_here
        return session, (
            ShowValues(section_name) if section_name else Notify("There are no filters here."),
        )


def list_sections(session: Session) -> Session:
    """Return the session with new lines for the sections in the filters."""
    filter_lines = session.filter_lines.with_sections(filter_sections(session))
    return replace(session, filter_lines=filter_lines)


def follow_counts(previous_session: Session, session: Session) -> Session:
    """Return the session after an action, with new lines if the sections have changed."""
    return session if _shown(previous_session) == _shown(session) else list_sections(session)


def _shown(session: Session) -> tuple[object, ...]:
    """Return everything that determines the content of the sections."""
    sidebar_state = (session.wide_sections, session.sidebar, session.notebook)
    return session.counts, session.counted, session.query, *sidebar_state
