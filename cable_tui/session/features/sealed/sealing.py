"""Sealing a dossier: what its cables ask to protect is found before its file is named.

A plea that no rule resolves is answered first: the reader goes to it, gives words to mask, or lets
the dossier be written as it is. Then the reader is asked about the searches of the log.
"""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.export_selection import ExportSelection, OpenSealing, PleaToAnswer
from cable_tui.session.feature_state import ExportJob
from cable_tui.session.features.bookmarks_screen import HideBookmarks
from cable_tui.session.features.export import AskExportFile
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

SEALED = "sealed"
"""As `exports.lists.SEALED`, which the first list on the screen does not wait for."""


LOOKING = "Looking through"
"""What is done with the cables before the file is named."""


class PrepareSealing(Action):
    """Look through the cables of a dossier."""

    chosen: ExportSelection
    forget: bool = False
    """Forget the words to mask that were given before for the same places."""


class SealingSurveyed(Action):
    """What the cables ask to protect, and how many searches the log has."""

    chosen: ExportSelection
    unresolved: tuple[PleaToAnswer, ...] = ()
    said: str = ""
    """`11 names masked; 4 places need you`."""
    searches: str = ""
    """`66 searches, 61 not of this list`; empty if the log has none."""


class ReadPlea(Action):
    """Go to a plea that is not resolved; the dossier waits."""

    chosen: ExportSelection
    plea: PleaToAnswer


class SurveySealing(Effect):
    """Look through the cables of a dossier; answered by `SealingSurveyed`."""

    opens_dialog = True
    latest = "export"

    chosen: ExportSelection


class AskPleas(Effect):
    """List the pleas that are not resolved, to read one or to answer all."""

    surveyed: SealingSurveyed


class AskMask(Request):
    """Let the reader type words to mask; answered by `PrepareSealing`."""

    chosen: ExportSelection


class AskSealedLog(Effect):
    """Ask whether the searches of the log go in; answered by `AskExportFile`."""

    chosen: ExportSelection
    searches: str


@handles(PrepareSealing)
def prepare_sealing(session: Session, action: PrepareSealing) -> Result:
    """Begin; words that were given for the same places stay."""
    chosen = action.chosen
    waiting = None if action.forget else session.sealing
    if waiting is not None and waiting.chosen.is_of(chosen):
        masks = dict.fromkeys((*waiting.chosen.masks, *chosen.masks))
        chosen = replace(chosen, masks=tuple(masks))
    job = ExportJob(chosen.label, 0, len(chosen.ids), LOOKING)
    return replace(session, export_job=job), (SurveySealing(chosen),)


@handles(SealingSurveyed)
def sealing_surveyed(session: Session, action: SealingSurveyed) -> Result:
    """Ask what there is to ask; an answer that comes after it was stopped changes nothing."""
    if session.export_job is None:
        return session, ()
    chosen = action.chosen
    waiting = OpenSealing(chosen, len(action.unresolved))
    session = replace(session, export_job=None, sealing=waiting)
    if action.unresolved and not chosen.unresolved:
        return session, (AskPleas(action),)
    if action.searches and chosen.log is None:
        return session, (AskSealedLog(chosen, action.searches),)
    return session, (AskExportFile(chosen, SEALED),)


@handles(ReadPlea)
def read_plea(session: Session, action: ReadPlea) -> Result:
    """Open the cable at the plea."""
    plea = action.plea
    hiding = (HideBookmarks(),) if session.bookmarks_view is not None else ()
    going = effects.GoToCable(plea.canonical_id, plea.paragraph)
    said = effects.Notify("E, then S, goes on with the sealed dossier.")
    return session, (*hiding, going, said)
