"""Writing cables or a list of bookmarks to a file: which form, which name, and how far it is."""

from __future__ import annotations

from dataclasses import replace

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.feature_state import ExportJob, ExportSelection
from cable_tui.session.features import selection
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session

MARKS_FORM = "marks"
"""The form of bookmarks that another library takes in; the others are `exports.FORMATS`."""


class Export(Action):
    """Write the marked cables, those of the query, or the bookmarks that are shown, to a file."""


class ExportFileNamed(Action):
    """Under which name; `over` takes the place of what is there."""

    chosen: ExportSelection
    form: str
    file: str
    over: bool = False


class FileExists(Action):
    """There is such a file already."""

    named: ExportFileNamed


class ExportProgressed(Action):
    """How far the file is."""

    export_job: ExportJob


class ExportFinished(Action):
    """The file is written, or is not; the sentence says which."""

    sentence: str
    failed: bool = False


class StopExport(Action):
    """No longer write the file."""


class AskExportFormat(Effect):
    """Let the reader choose a form; answered by `FormatChosen`."""

    chosen: ExportSelection


class AskExportFile(Request):
    """Let the reader name the file; answered by `FileNamed`."""

    chosen: ExportSelection
    form: str


class AskOverwrite(Effect):
    """Ask whether a file is to be replaced."""

    named: ExportFileNamed


class AskStopExport(Effect):
    """A file is being written: ask whether to stop that."""

    export_job: ExportJob


class WriteExport(Effect):
    """Write it; answered by `Written` now and then, at last `Finished`, or by `FileThere`."""

    latest = "export"

    named: ExportFileNamed


class StopWritingExport(Effect):
    """Stop the one that is writing."""

    latest = "export"


@handles(Export)
def export(session: Session, _: Export) -> Result:
    """The bookmarks screen's list where that is open; else marked cables; else the query's."""
    if session.export_job is not None:
        return session, (AskStopExport(session.export_job),)
    chosen = _selection(session)
    if chosen is None:
        return session, (effects.Notify("There is nothing to export."),)
    return session, (AskExportFormat(chosen),)


def _selection(session: Session) -> ExportSelection | None:
    if session.bookmarks_view is not None:
        name = session.bookmarks_view.list
        told = f"the list {name}" if name else "all bookmarks"
        return (
            ExportSelection(name or "bookmarks", told, list=name)
            if session.bookmarks_view.entries
            else None
        )
    if marked := selection.selected_cables(session):
        told = f"{len(marked):,} marked cable{'' if len(marked) == 1 else 's'}"
        return ExportSelection("marked", told, marked)
    ids = session.hits.ids
    if not ids:
        return None
    count = f"{len(ids):,} cable{'' if len(ids) == 1 else 's'}"
    text = str(session.query)
    return ExportSelection(
        text or "cables", f"{count} of this query" if text else f"all {count}", ids
    )


@handles(ExportFileNamed)
def export_file_named(session: Session, action: ExportFileNamed) -> Result:
    """It is written; what is there already is not written over unasked."""
    total = len(action.chosen.ids)
    return replace(session, export_job=ExportJob(action.chosen.label, 0, total)), (
        WriteExport(action),
    )


@handles(FileExists)
def file_exists(session: Session, action: FileExists) -> Result:
    """Nothing was written yet."""
    return replace(session, export_job=None), (AskOverwrite(action.named),)


@handles(ExportProgressed)
def export_progressed(session: Session, action: ExportProgressed) -> Result:
    """For the status line."""
    return (
        session if session.export_job is None else replace(session, export_job=action.export_job)
    ), ()


@handles(ExportFinished)
def export_finished(session: Session, action: ExportFinished) -> Result:
    """And said."""
    severe = effects.Notify(action.sentence, "error" if action.failed else "information")
    return replace(session, export_job=None), (severe,)


@handles(StopExport)
def stop_export(session: Session, _: StopExport) -> Result:
    """Nothing of the file stays."""
    if session.export_job is None:
        return session, (effects.Notify("Nothing is being exported."),)
    said = effects.Notify("The export was stopped; nothing of its file is left.")
    return replace(session, export_job=None), (StopWritingExport(), said)
