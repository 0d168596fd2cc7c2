"""Compare the records of a cable, or two cables, and return to the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.base.value import Value, replace
from cable_tui.session import effects
from cable_tui.session.features.opened_cable import ReferenceResolved
from cable_tui.session.features.selection import selected_ids
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect

if TYPE_CHECKING:
    from cable_tui.tools.comparison.rows import Versions


class ComparedPair(Value):
    """The compared records, each identified by its cable and its number."""

    ids: tuple[int, int]
    records: tuple[int, int] = (1, 2)
    row: int = 0
    """The reader's row in the comparison."""


class ShownComparison(Value):
    """The session state of this tool."""

    pair: ComparedPair | None = None
    """The compared records, or None if no comparison is displayed."""


class Compare(Action):
    """Compare two selected cables, or else the records of the current cable."""

    def step(self, session: Session) -> Result:
        """Request a comparison of the selected cables, or of the current cable's records."""
        chosen_ids = sorted(selected_ids(session)) if not session.in_cable else []
        if len(chosen_ids) > 2:
            message = f"Select two cables to compare them; {len(chosen_ids):,} are selected."
            return session, (effects.Notify(message),)
        cable_id = session.cable_here
        if len(chosen_ids) == 1 and cable_id is not None and cable_id not in chosen_ids:
            chosen_ids = [*chosen_ids, cable_id]
        if len(chosen_ids) == 2:
            return session, (ReadComparison(ComparedPair((chosen_ids[0], chosen_ids[1]), (1, 1))),)
        if cable_id is None:
            return session, (effects.Notify("There is no cable to compare."),)
        return session, (ReadComparison(ComparedPair((cable_id, cable_id))),)


class CompareRecords(Action):
    """Compare other records of the same pair."""

    records: tuple[int, int]

    def step(self, session: Session) -> Result:
        """Request other records of the compared cables."""
        compared_pair = session.of_tool(ShownComparison).pair
        if compared_pair is None:
            return session, ()
        return session, (ReadComparison(replace(compared_pair, records=self.records, row=0)),)


class ComparisonRead(Action):
    """A comparison is ready."""

    pair: ComparedPair
    versions: Versions

    def step(self, session: Session) -> Result:
        """Show the comparison."""
        show_comparison = ShowComparison(self.pair, self.versions)
        return session.with_tool(ShownComparison(self.pair)), (show_comparison,)


class ReadComparison(Effect):
    """Read and compare two records; answered by `ComparisonRead`, or by a notification."""

    opens_dialog = True
    latest = "compare"

    pair: ComparedPair


class ShowComparison(Effect):
    """Show a comparison on its page."""

    pair: ComparedPair
    versions: Versions


class ReopenComparison(Action):
    """Compare again, at the row where the reader left, for Back."""

    pair: ComparedPair

    def step(self, session: Session) -> Result:
        """Reread both texts."""
        return session, (ReadComparison(self.pair),)


class CloseComparison(Action):
    """The comparison was closed."""

    def step(self, session: Session) -> Result:
        """Discard the comparison, and stop a running one."""
        return session.with_tool(ShownComparison()), (effects.Stop("compare"),)


class GoToCompared(Action):
    """Open a compared cable at a paragraph."""

    id: int
    reference: str
    paragraph: str | None
    row: int
    """The row of the comparison to which Back returns."""

    def step(self, session: Session) -> Result:
        """Open the cable; Back returns to the comparison."""
        compared_pair = session.of_tool(ShownComparison).pair
        if compared_pair is None:
            return session, ()
        reopen_action = ReopenComparison(replace(compared_pair, row=self.row))
        opened_cable = session.opened
        if opened_cable is not None and opened_cable.id == self.id and self.paragraph is None:
            session = session.with_past(session.history_entry()).with_page(reopen_action)
            session = replace(session, pane="body", reading=True, filters_open=False)
            return CloseComparison().step(session)
        session, open_effects = ReferenceResolved(self.reference, self.id, self.paragraph).step(
            session
        )
        session, stop_effects = CloseComparison().step(session.with_page(reopen_action))
        return session, (*stop_effects, *open_effects)


def _compare(services: Services, effect: ReadComparison, _: Cancelled) -> Actions:
    from cable_tui.tools.comparison.versions import compare_versions  # with the grammar

    compared_pair = effect.pair
    if compared_pair.ids[0] == compared_pair.ids[1] and compared_pair.records == (1, 2):
        sources = services.archive.sources(compared_pair.ids[0])
        if len(sources) == 1:
            yield effects.Notify(
                "There is only one version of this cable. Select two cables with Space to "
                "compare them."
            )
            return
    yield ComparisonRead(
        compared_pair, compare_versions(services.archive, compared_pair.ids, compared_pair.records)
    )


PERFORMERS: Performers = {
    ReadComparison: _compare,
}
