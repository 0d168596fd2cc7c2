"""The copy menu of a cable offers the draft's quotation, corrected to the words of the cable."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cable_tui.base.errors import CableTuiError
from cable_tui.session import effects
from cable_tui.session.features.copy import citation_of, copy_text
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Request
from cable_tui.tools.drafts.draft_view import DraftView

if TYPE_CHECKING:
    from cable_tui.formats.office.blocks import TextDocument
    from cable_tui.tools.drafts.findings import Finding


class CopyRepaired(Action):
    """Copy the draft's quotation, corrected to the words of the open cable."""

    draft: TextDocument
    finding: Finding

    def step(self, session: Session) -> Result:
        """Read the cable, and copy what is certain."""
        return session, (CopyRepairedText(self.draft, self.finding),)


class CopyRepairedText(Request):
    """Correct a quotation and copy it, or explain why it cannot be corrected with certainty."""

    draft: TextDocument
    finding: Finding


def copy_lines(session: Session) -> Iterable[effects.MenuItem]:
    """Return a line if the open cable was reached from an altered quotation of the draft."""
    view = session.of_tool(DraftView)
    finding = view.followed
    if finding is None or finding.found is None or view.draft is None or session.opened is None:
        return
    is_here = session.in_cable and session.opened.id == finding.found.id
    if is_here and finding.kind == "quotation" and finding.verdict == "altered":
        does = CopyRepaired(view.draft, finding)
        yield effects.MenuItem("d", "quotation of the draft, repaired", does, finding.place)


def _copy(services: Services, effect: CopyRepairedText, _: Cancelled) -> Actions:
    from cable_tui.tools.drafts.attribution import what_to_check
    from cable_tui.tools.drafts.check import Check
    from cable_tui.tools.protection import answers
    from cable_tui.tools.repair.plan import Planner
    from cable_tui.tools.repair.quoted_words import Unsure

    source = effect.finding.found
    if source is None:
        return
    known_answers = answers.read(answers.file_beside(services.library.path))
    try:
        read = what_to_check(effect.draft)
        check = Check(services.archive, read, known_answers)
        text = Planner(services.archive, read, check).repaired(effect.finding)
        cable = services.cable(source.id, source.record)
    except Unsure as error:
        yield effects.Notify(f"The repair is not certain ({error}).", "warning")
        return
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
        return
    paragraphs = tuple(cable.body.paragraphs[number] for number in source.paragraphs)
    place = citation_of(cable, paragraphs, 0, services.folder, services.citing)
    yield from copy_text(services.clipboard, text, "repaired quotation", [place])


PERFORMERS: Performers = {
    CopyRepairedText: _copy,
}
