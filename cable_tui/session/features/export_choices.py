"""E: the content, form and name of a written file."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
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
    from cable_tui.exports.citation import Citation

MARKS_FORM = "marks"
"""The form of bookmarks for import into another library; the others are `FORMATS` of the
exports."""


class RoomFormat(Protocol):
    """A format of a tool: `ExportRow.room`."""

    def begin(self, chosen: ExportSelection) -> Action | Effect:
        """Return what its line in the menu of formats does."""

    def waiting(self, session: Session) -> MenuItem | None:
        """Return the line that goes on with a file that waits for the reader; None if none does."""

    def write(
        self,
        services: Services,
        named: ExportFileNamed,
        output: OwnFile | Download,
        cancelled: Cancelled,
    ) -> Actions:
        """Write the file, and report the progress and the end."""


class ExportShown(Action):
    """Write the selected cables, those of the query, or the bookmarks shown to a file."""

    def step(self, session: Session) -> Result:
        """Ask for a format; while an export is running, ask whether to stop it."""
        if (job := session.export_job) is not None:
            stop_item = MenuItem("s", "stop it", StopExport())
            return session, (
                effects.AskMenu("Export", (stop_item,), f"{job.label}: a file is being written."),
            )
        chosen_cables = _selection(session)
        if chosen_cables is None:
            return session, (effects.Notify("There is nothing to export."),)
        if chosen_cables.ids is session.hits.every and len(chosen_cables.ids) < session.hits.count:
            return session, (effects.Notify("The list is still being read: E again in a moment."),)
        return session, (export_menu(chosen_cables, session),)


def _selection(session: Session) -> ExportSelection | None:
    """Return the shown bookmarks, else the selected cables, else those of the query."""
    if (view := session.bookmarks_view) is not None:
        label = f"the list {view.list}" if view.list else "all bookmarks"
        shown_marks = ExportSelection(view.list or "bookmarks", label, list=view.list)
        return shown_marks if view.entries else None
    if selected_ids := selection.selected_cables(session):
        return ExportSelection(
            "selected", counted(len(selected_ids), "selected cable"), selected_ids
        )
    ids = session.hits.every
    if not ids:
        return None
    count, text = counted(len(ids), "cable"), str(session.query)
    label = f"{count} of this query" if text else f"all {count}"
    return ExportSelection(text or "cables", label, ids)


def export_menu(chosen: ExportSelection, session: Session) -> effects.AskMenu:
    """Return the menu of formats."""
    from cable_tui.exports.lists import FORMATS

    items = [
        MenuItem(list_form.key, list_form.name, ask_file(chosen, list_form.name), list_form.label)
        for list_form in FORMATS.values()
    ]
    for name, row in tool_formats().items():
        form: RoomFormat = load(row.room)
        items.append(MenuItem(row.key, name, form.begin(chosen), row.label))
        if (waiting_item := form.waiting(session)) is not None:
            items.insert(0, waiting_item)
    if chosen.list is not None:
        import_note = "for `cable-tui bookmarks import` on another machine"
        items.append(MenuItem("M", MARKS_FORM, ask_file(chosen, MARKS_FORM), import_note))
    return effects.AskMenu(f"Export {chosen.label} as", tuple(items))


class ExportFileNamed(Action):
    """The name of the file was given."""

    chosen: ExportSelection
    form: str
    file: str

    def step(self, session: Session) -> Result:
        """Write it."""
        ask_again = ask_file(self.chosen, self.form)
        return session, (WriteExport(self.file, partial(_written, self), ask_again),)


class ExportProgressed(Action):
    """The export has made progress."""

    export_job: ExportJob

    def step(self, session: Session) -> Result:
        """Show the progress in the status line."""
        return replace(session, export_job=self.export_job), ()


class ExportFinished(Action):
    """The export has ended; the sentence says how."""

    sentence: str
    failed: bool = False

    def step(self, session: Session) -> Result:
        """Say how it ended."""
        severity: effects.Severity = "error" if self.failed else "information"
        return replace(session, export_job=None), (effects.Notify(self.sentence, severity),)


class StopExport(Action):
    """Stop the export."""

    def step(self, session: Session) -> Result:
        """Stop it; no part of the file is left."""
        if session.export_job is None:
            return session, (effects.Notify("Nothing is being exported."),)
        notice = effects.Notify("The export was stopped; nothing of its file is left.")
        return replace(session, export_job=None), (effects.Stop("export"), notice)


class WriteExport(Write):
    """Write an export; answered by `ExportProgressed`, then `ExportFinished`."""

    latest = "export"


def ask_file(chosen: ExportSelection, form: str) -> effects.AskFile:
    """Let the reader name the file of an export."""
    from cable_tui.exports.lists import FORMATS
    from cable_tui.exports.written_file import file_name

    endings = {name: row.extension for name, row in tool_formats().items()} | {MARKS_FORM: "json"}
    name = file_name(
        chosen.file_title or chosen.title, endings.get(form) or FORMATS[form].extension
    )
    return effects.AskFile(chosen.label, name, partial(ExportFileNamed, chosen, form))


REPORT_EVERY = 0.3
"""Seconds between two reports of progress."""


class StoppedError(CableTuiError):
    """The reader has stopped the export."""


class ExportRun:
    """The state of a running export: counts and warnings of the places written."""

    def __init__(
        self, chosen: ExportSelection, cancelled: Cancelled, doing: str = "Writing"
    ) -> None:
        from cable_tui.archive.citable import LostCitations
        from cable_tui.exports.citation import RequestCount

        self._doing = doing
        self.lost = LostCitations()
        self.asking = RequestCount()
        self.done = 0
        """The number of written locations of a list; else of cables."""
        self._last = ""
        self._chosen = chosen
        self._cancelled = cancelled
        self._reported = time.monotonic()

    def watch(self, places: Iterable[Citation]) -> Iterator[Citation]:
        """Yield the same locations, counted and checked on the way."""
        for place in places:
            if self._cancelled():
                raise StoppedError("stopped")
            self.asking.add(place.cable)
            # Bookmarked places of one cable follow each other.
            if self._chosen.list is not None or place.cable.canonical_id != self._last:
                self.done += 1
            self._last = place.cable.canonical_id
            yield place

    def progress(self) -> Actions:
        """Report the progress, not too often."""
        time_now = time.monotonic()
        if time_now - self._reported >= REPORT_EVERY:
            self._reported = time_now
            job = ExportJob(self._chosen.label, self.done, len(self._chosen.ids), self._doing)
            yield ExportProgressed(job)


def _written(
    named: ExportFileNamed, services: Services, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write it in its format; report the progress and the end."""
    yield ExportProgressed(ExportJob(named.chosen.label, 0, len(named.chosen.ids)))
    write_form = {MARKS_FORM: _marks}.get(named.form, _cited)
    if (row := tool_formats().get(named.form)) is not None:
        form: RoomFormat = load(row.room)
        write_form = form.write
    try:
        yield from write_form(services, named, output, cancelled)
    except StoppedError:
        return
    except CableTuiError as error:
        yield ExportFinished(str(error), failed=True)


def _marks(
    services: Services, named: ExportFileNamed, output: OwnFile | Download, _: Cancelled
) -> Actions:
    """Write the bookmarks themselves, pending ones included."""
    from cable_tui.library import bundles

    bundle = services.library.bundle(named.chosen.list or None)
    with output.opened() as write:
        write(bundles.dumps(bundle))
    yield ExportFinished(f"{len(bundle.marks):,} {output.words}")


def _cited(
    services: Services, named: ExportFileNamed, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write the cables and paragraphs."""
    from cable_tui.exports.lists import FORMATS

    run = ExportRun(named.chosen, cancelled)
    places = run.watch(places_of(services, named, run.lost))
    if services.in_browser:
        places = (replace(place, folder=None) for place in places)
    with output.opened() as write:
        for piece in FORMATS[named.form].write(places, named.chosen.title):
            write(piece)
            yield from run.progress()
    yield from summary(run, output.words)


def places_of(
    services: Services, named: ExportFileNamed, lost: LostCitations
) -> Iterable[Citation]:
    """Return the locations that a file contains."""
    from cable_tui.archive.citable import of_cables, of_marks
    from cable_tui.exports.lists import each_once, list_format, once

    selection, ways, form = named.chosen, services.citing, list_format(named.form)
    library = services.library
    if selection.list is None:
        own_marks = library.marks() if form.notes else ()
        cables = of_cables(services.archive, selection.ids, ways, lost, own_marks)
        return cables if form.apart else each_once(cables)
    marks = library.lists.marks(selection.list) if selection.list else library.marks()
    citations = of_marks(services.archive, marks, ways, lost)
    return citations if form.of_places else once(list(citations))


def summary(run: ExportRun, said: str, *, told: bool = True) -> Actions:
    """Say what was written, and with `told` how many protection requests its cables hold."""
    from cable_tui.exports.citation import in_room

    if words := run.asking.in_words(in_room) if told else "":
        yield effects.Notify(f"{words}.", "warning")
    count_and_form = f"{run.done:,} {said}"
    if reasons_lost := run.lost.reasons:
        yield ExportFinished(
            f"{count_and_form}; {len(reasons_lost):,} missing: {reasons_lost[0]}", failed=True
        )
    else:
        yield ExportFinished(count_and_form)


PERFORMERS: Performers = {
    WriteExport: write,
}
