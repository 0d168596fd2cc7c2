"""`E`: choose what to export, the format and the file."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Protocol

from cable_tui.base.errors import CableTuiError
from cable_tui.base.tools import load, tool_formats
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.effects import MenuItem
from cable_tui.session.feature_state import ExportJob, ExportSelection
from cable_tui.session.features import selection
from cable_tui.session.features.file_to_write import Download, OwnFile, Write, write
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.archive.citable import LostCitations
    from cable_tui.archive.export_parts import ExportPart
    from cable_tui.exports.lists import Part

MARKS_FORM = "marks"
"""The name of the export of bookmarks for another library; all other formats are in `FORMATS`."""


class RoomFormat(Protocol):
    """The interface of a tool's export format: `ExportRow.room`."""

    def begin(self, chosen: ExportSelection) -> Action | Effect:
        """Return the effect of choosing the format in the menu."""

    def waiting(self, session: Session) -> MenuItem | None:
        """Return the line that resumes a file waiting for the reader, or None if there is none."""

    def write(
        self,
        services: Services,
        named: ExportFileNamed,
        output: OwnFile | Download,
        cancelled: Cancelled,
    ) -> Actions:
        """Write the file, and report the progress and the end."""


class ExportShown(Action):
    """Export the shown bookmarks, or else the selected cables, or else those of the query."""

    def step(self, session: Session) -> Result:
        """Open the menu of formats; while an export is running, ask whether to stop it."""
        if (job := session.export_job) is not None:
            stop_item = MenuItem("s", "stop it", StopExport())
            return session, (
                effects.AskMenu("Export", (stop_item,), f"{job.label}: a file is being written."),
            )
        chosen_selection = _selection(session)
        if chosen_selection is None:
            return session, (effects.Notify("There is nothing to export."),)
        if (
            chosen_selection.ids is session.hits.every
            and len(chosen_selection.ids) < session.hits.count
        ):
            return session, (
                effects.Notify("The list is still being read: press E again in a moment."),
            )
        return session, (export_menu(chosen_selection, session),)


def _selection(session: Session) -> ExportSelection | None:
    """Return the shown bookmarks, or else the selected cables, or else those of the query."""
    if (bookmarks_view := session.bookmarks_view) is not None:
        selection_label = (
            f"the list {bookmarks_view.list}" if bookmarks_view.list else "all bookmarks"
        )
        shown_marks = ExportSelection(
            bookmarks_view.list or "bookmarks", selection_label, list=bookmarks_view.list
        )
        return shown_marks if bookmarks_view.entries else None
    if selected_ids := selection.selected_cables(session):
        return ExportSelection(
            "selected", counted(len(selected_ids), "selected cable"), selected_ids
        )
    query_ids = session.hits.every
    if not query_ids:
        return None
    counted_cables, query_text = counted(len(query_ids), "cable"), str(session.query)
    selection_label = f"{counted_cables} of this query" if query_text else f"all {counted_cables}"
    return ExportSelection(query_text or "cables", selection_label, query_ids)


def export_menu(chosen: ExportSelection, session: Session) -> effects.AskMenu:
    """Return the menu of formats for an export."""
    from cable_tui.exports.lists import FORMATS

    menu_items = [
        MenuItem(list_form.key, list_form.name, ask_file(chosen, list_form.name), list_form.label)
        for list_form in FORMATS.values()
    ]
    for format_name, format_row in tool_formats().items():
        tool_format: RoomFormat = load(format_row.room)
        menu_items.append(
            MenuItem(format_row.key, format_name, tool_format.begin(chosen), format_row.label)
        )
        if (waiting_item := tool_format.waiting(session)) is not None:
            menu_items.insert(0, waiting_item)
    if chosen.list is not None:
        import_note = "for `cable-tui bookmarks import` on another machine"
        menu_items.append(MenuItem("M", MARKS_FORM, ask_file(chosen, MARKS_FORM), import_note))
    return effects.AskMenu(f"Export {chosen.label} as", tuple(menu_items))


class ExportFileNamed(Action):
    """Export to the file that the reader chose."""

    chosen: ExportSelection
    form: str
    file: str

    def step(self, session: Session) -> Result:
        """Write the export to the file."""
        ask_again = ask_file(self.chosen, self.form)
        return session, (WriteExport(self.file, partial(_written, self), ask_again),)


class ExportProgressed(Action):
    """The export has made progress."""

    export_job: ExportJob

    def step(self, session: Session) -> Result:
        """Show the progress in the status line."""
        return replace(session, export_job=self.export_job), ()


class ExportFinished(Action):
    """The export has ended, with a sentence about its result."""

    sentence: str
    failed: bool = False

    def step(self, session: Session) -> Result:
        """Show the sentence about the result."""
        severity: effects.Severity = "error" if self.failed else "information"
        return replace(session, export_job=None), (effects.Notify(self.sentence, severity),)


class StopExport(Action):
    """Stop the running export."""

    def step(self, session: Session) -> Result:
        """Stop the export; its incomplete file is removed."""
        if session.export_job is None:
            return session, (effects.Notify("Nothing is being exported."),)
        notice = effects.Notify("The export was stopped, and its file was removed.")
        return replace(session, export_job=None), (effects.Stop("export"), notice)


class WriteExport(Write):
    """Write an export; answered by `ExportProgressed`, then `ExportFinished`."""

    latest = "export"


def ask_file(chosen: ExportSelection, form: str) -> effects.AskFile:
    """Return the request that lets the reader name the file of an export."""
    from cable_tui.exports.lists import FORMATS
    from cable_tui.exports.written_file import file_name

    extensions = {name: format_row.extension for name, format_row in tool_formats().items()}
    extensions[MARKS_FORM] = "json"
    proposed_name = file_name(
        chosen.file_title or chosen.title, extensions.get(form) or FORMATS[form].extension
    )
    return effects.AskFile(chosen.label, proposed_name, partial(ExportFileNamed, chosen, form))


REPORT_EVERY = 0.3
"""The minimum interval between two progress reports, in seconds."""


class StoppedError(CableTuiError):
    """The error raised when the reader has stopped the export."""


class ExportRun:
    """The state of a running export: the count of and the warnings for written locations."""

    def __init__(
        self, chosen: ExportSelection, cancelled: Cancelled, doing: str = "Writing"
    ) -> None:
        from cable_tui.archive.citable import LostCitations
        from cable_tui.exports.citation import RequestCount

        self._activity = doing
        self.lost = LostCitations()
        self.asking = RequestCount()
        self.done = 0
        """The number of locations written so far if a list of bookmarks is exported, or else of
        cables.
        """
        self._last_cable = ""
        self._chosen = chosen
        self._cancelled = cancelled
        self._reported_at = time.monotonic()

    def watch(self, parts: Iterable[ExportPart]) -> Iterator[Part]:
        """Yield what the parts contain, counting and checking each of them."""
        for part in parts:
            if self._cancelled():
                raise StoppedError("stopped")
            self.asking.take(part.canonical_id, part.reference_id, part.requests)
            # Bookmarked places of one cable follow each other.
            if self._chosen.list is not None or part.canonical_id != self._last_cable:
                self.done += 1
            self._last_cable = part.canonical_id
            yield part.part
        if self._cancelled():  # its workers were stopped
            raise StoppedError("stopped")

    def progress(self) -> Actions:
        """Report the progress, unless it was reported a moment ago."""
        time_now = time.monotonic()
        if time_now - self._reported_at >= REPORT_EVERY:
            self._reported_at = time_now
            export_job = ExportJob(
                self._chosen.label, self.done, len(self._chosen.ids), self._activity
            )
            yield ExportProgressed(export_job)


def _written(
    named: ExportFileNamed, services: Services, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write the export in its format; report the progress and the end."""
    yield ExportProgressed(ExportJob(named.chosen.label, 0, len(named.chosen.ids)))
    write_form = {MARKS_FORM: _marks}.get(named.form, _cited)
    if (format_row := tool_formats().get(named.form)) is not None:
        tool_format: RoomFormat = load(format_row.room)
        write_form = tool_format.write
    try:
        yield from write_form(services, named, output, cancelled)
    except StoppedError:
        return
    except CableTuiError as error:
        yield ExportFinished(str(error), failed=True)


def _marks(
    services: Services, named: ExportFileNamed, output: OwnFile | Download, _: Cancelled
) -> Actions:
    """Write the bookmarks themselves, including those that are not stored yet."""
    from cable_tui.library import bundles

    bundle = services.library.bundle(named.chosen.list or None)
    with output.opened() as write:
        write(bundles.dumps(bundle))
    yield ExportFinished(f"{len(bundle.marks):,} {output.words}")


def _cited(
    services: Services, named: ExportFileNamed, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write the text of the cables and paragraphs."""
    from cable_tui.exports.lists import FORMATS

    export_run = ExportRun(named.chosen, cancelled)
    with (
        output.opened() as write,
        closing(file_parts(services, named, export_run.lost, cancelled)) as parts,
    ):
        for piece in FORMATS[named.form].join(export_run.watch(parts), named.chosen.title):
            write(piece)
            yield from export_run.progress()
    yield from summary(export_run, output.words)


def file_parts(
    services: Services, named: ExportFileNamed, lost: LostCitations, cancelled: Cancelled
) -> Generator[ExportPart, None, None]:
    """Return the parts of the file; close them to stop early."""
    from cable_tui.archive.citable import of_marks
    from cable_tui.archive.export_parts import ExportSettings, export_parts
    from cable_tui.exports.lists import list_format, once

    selection, citation_settings, export_format = (
        named.chosen,
        services.citing,
        list_format(named.form),
    )
    library = services.library
    settings = ExportSettings(named.form, citation_settings, services.folder)
    if selection.list is None:
        own_marks = library.marks() if export_format.notes else ()
        # A server has many readers, and none of them may take all of its processors.
        workers = 0 if services.in_browser else None
        return export_parts(
            services.archive,
            selection.ids,
            settings,
            lost,
            own_marks,
            stop=cancelled,
            workers=workers,
        )
    listed_marks = library.lists.marks(selection.list) if selection.list else library.marks()
    citations = of_marks(services.archive, listed_marks, citation_settings, lost)
    return settings.parts(citations if export_format.of_places else once(list(citations)))


def summary(export_run: ExportRun, result_text: str, *, told: bool = True) -> Actions:
    """Report what was written; with `told`, warn about protection requests in it."""
    from cable_tui.exports.citation import in_room

    if protection_text := export_run.asking.in_words(in_room) if told else "":
        yield effects.Notify(f"{protection_text}.", "warning")
    count_and_form = f"{export_run.done:,} {result_text}"
    if reasons_lost := export_run.lost.reasons:
        yield ExportFinished(
            f"{count_and_form}; {len(reasons_lost):,} missing: {reasons_lost[0]}", failed=True
        )
    else:
        yield ExportFinished(count_and_form)


PERFORMERS: Performers = {
    WriteExport: write,
}
