"""Writing cables or a list of bookmarks to a file: which form, which name, and how far it is."""

from __future__ import annotations

from typing import BinaryIO

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.export_selection import ExportSelection, OpenSealing
from cable_tui.session.feature_state import ExportJob
from cable_tui.session.features import research_log, selection
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

MARKS_FORM = "marks"
"""The form of bookmarks that another library takes in; the others are `exports.FORMATS`."""


class Export(Action):
    """Write the selected cables, those of the query, or the bookmarks shown to a file."""


class ExportFileNamed(Action):
    """The name of the file was given; `over` replaces a file of that name."""

    chosen: ExportSelection
    form: str
    file: str
    over: bool = False


class FileExists(Action):
    """A file of that name exists."""

    named: ExportFileNamed


class ExportProgressed(Action):
    """The export has made progress."""

    export_job: ExportJob


class ExportFinished(Action):
    """The export has ended; the sentence says how."""

    sentence: str
    failed: bool = False


class StopExport(Action):
    """Stop the export."""


class AskExportFormat(Effect):
    """Let the reader choose a format; answered by `AskExportFile`."""

    chosen: ExportSelection
    sealing: OpenSealing | None = None
    """A dossier whose open places the reader went to read."""


class AskSealedParts(Request):
    """Let the reader choose what is sealed of the cables; answered by `PrepareSealing`."""

    chosen: ExportSelection


class AskExportFile(Request):
    """Let the reader name the file; answered by `ExportFileNamed`."""

    chosen: ExportSelection
    form: str


class AskStopExport(Effect):
    """Ask whether to stop the export that is running."""

    export_job: ExportJob


class WriteExport(Effect):
    """Write the file; answered by `ExportProgressed`, then `ExportFinished` or `FileExists`."""

    latest = "export"

    named: ExportFileNamed


class DeliverFile(Request):
    """Give a file that was written to the browser; `stream` is closed by who takes it."""

    name: str
    stream: BinaryIO


@handles(Export)
def export(session: Session, _: Export) -> Result:
    """Ask for a format; while an export is running, ask whether to stop it."""
    if session.export_job is not None:
        return session, (AskStopExport(session.export_job),)
    chosen = _selection(session)
    if chosen is None:
        return session, (effects.Notify("There is nothing to export."),)
    if chosen.ids is session.hits.every and len(chosen.ids) < session.hits.count:
        return session, (effects.Notify("The list is still being read: E again in a moment."),)
    return session, (AskExportFormat(chosen, session.sealing),)


def _selection(session: Session) -> ExportSelection | None:
    """The bookmarks that are shown, else the selected cables, else those of the query."""
    if (view := session.bookmarks_view) is not None:
        label = f"the list {view.list}" if view.list else "all bookmarks"
        shown = ExportSelection(view.list or "bookmarks", label, list=view.list)
        return shown if view.entries else None
    if marked := selection.selected_cables(session):
        label = f"{len(marked):,} marked cable{'' if len(marked) == 1 else 's'}"
        return ExportSelection("marked", label, marked)
    ids = session.hits.every
    if not ids:
        return None
    count, text = f"{len(ids):,} cable{'' if len(ids) == 1 else 's'}", str(session.query)
    label = f"{count} of this query" if text else f"all {count}"
    return ExportSelection(text or "cables", label, ids)


@handles(ExportFileNamed)
def export_file_named(session: Session, action: ExportFileNamed) -> Result:
    """Start writing; an existing file is not replaced without asking."""
    job = ExportJob(action.chosen.label, 0, len(action.chosen.ids))
    session = replace(session, export_job=job)
    logging: tuple[Effect, ...] = ()
    if action.chosen.list is None and not action.over:
        session, logging = research_log.exported(session)
    return session, (WriteExport(action), *logging)


@handles(FileExists)
def file_exists(session: Session, action: FileExists) -> Result:
    """Ask whether to replace it; nothing was written yet."""
    named = action.named
    again = AskExportFile(named.chosen, named.form)
    asked = effects.AskOver(named.file, again, replace(named, over=True))
    return replace(session, export_job=None), (asked,)


@handles(ExportProgressed)
def export_progressed(session: Session, action: ExportProgressed) -> Result:
    """Show the progress in the status line."""
    if session.export_job is None:
        return session, ()
    return replace(session, export_job=action.export_job), ()


@handles(ExportFinished)
def export_finished(session: Session, action: ExportFinished) -> Result:
    """Say how it ended."""
    severity: effects.Severity = "error" if action.failed else "information"
    sealing = session.sealing if action.failed else None
    session = replace(session, export_job=None, sealing=sealing)
    return session, (effects.Notify(action.sentence, severity),)


@handles(StopExport)
def stop_export(session: Session, _: StopExport) -> Result:
    """Stop it; no part of the file stays."""
    if session.export_job is None:
        return session, (effects.Notify("Nothing is being exported."),)
    said = effects.Notify("The export was stopped; nothing of its file is left.")
    return replace(session, export_job=None), (effects.Stop("export"), said)
