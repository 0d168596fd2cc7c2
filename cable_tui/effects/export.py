"""The handler that writes an export, with its progress. It runs in a thread; no Textual.

A reader at this machine names a file. For one in a browser nothing is written here under any name:
the export goes to a file without a name, from which the browser takes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cable_tui.archive.citable import LostPlace, of_cables, of_marks
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.exports.citation import Citation, Ways
from cable_tui.exports.files import download_name, whole, written_to
from cable_tui.exports.lists import AS_SEALED, FORMATS, SEALED, each_once, once
from cable_tui.exports.source_protection import plea
from cable_tui.library import json_format
from cable_tui.library.merge import Bundle
from cable_tui.session import effects
from cable_tui.session.export_selection import ExportSelection, PleaToAnswer
from cable_tui.session.feature_state import ExportJob
from cable_tui.session.features import export
from cable_tui.session.features.export import (
    DeliverFile,
    ExportFileNamed,
    ExportFinished,
    ExportProgressed,
    FileExists,
)
from cable_tui.session.features.sealed import sealing
from cable_tui.value import replace

if TYPE_CHECKING:  # few exports are sealed
    from cable_tui.exports.sealed.survey import OpenPlea

REPORT_EVERY = 0.3
"""Seconds between two reports of progress."""


class StoppedError(CableTuiError):
    """The reader has stopped the export."""


class _ExportRun:
    """The state of a running export: counts and warnings of the places written."""

    def __init__(
        self, chosen: ExportSelection, cancelled: Cancelled, doing: str = "Writing"
    ) -> None:
        self._doing = doing
        self.lost = LostPlace()
        self.plea = ""
        self.done = 0
        """Places of a list; else cables."""
        self._last = ""
        self._chosen = chosen
        self._cancelled = cancelled
        self._reported = time.monotonic()

    def watch(self, places: Iterable[Citation]) -> Iterator[Citation]:
        """The same places, counted and checked on their way."""
        for place in places:
            if self._cancelled():
                raise StoppedError("stopped")
            if not self.plea and (words := plea(place)):
                self.plea = f"“{words}” stands in {place.cable.reference_id}"
            # Bookmarked places of one cable follow each other.
            if self._chosen.list is not None or place.cable.canonical_id != self._last:
                self.done += 1
            self._last = place.cable.canonical_id
            yield place

    def progress(self) -> Actions:
        """The progress, not too often."""
        now = time.monotonic()
        if now - self._reported >= REPORT_EVERY:
            self._reported = now
            job = ExportJob(self._chosen.label, self.done, len(self._chosen.ids), self._doing)
            yield ExportProgressed(job)


class OwnFile:
    """A file of the reader at this machine."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.words = f"written to {file}"
        """What became of the export, in the words of the notice."""

    def opened(self) -> AbstractContextManager[Callable[[str | bytes], object]]:
        """What writes a piece; the file is there when all were written."""
        return whole(self._file)

    def finished(self) -> Actions:
        """Nothing is left to do."""
        return iter(())


class Download:
    """A file for the browser of a reader elsewhere."""

    def __init__(self, typed: str) -> None:
        self._name = download_name(typed)
        self._stream: BinaryIO | None = None
        self.words = f"sent to the browser as {self._name}"

    @contextmanager
    def opened(self) -> Iterator[Callable[[str | bytes], object]]:
        """As above; what was written is gone where not all of it was."""
        import tempfile  # most rooms write no file

        stream = tempfile.TemporaryFile()  # noqa: SIM115 - the browser reads from it
        try:
            yield written_to(stream, self._name)
        except BaseException:
            stream.close()
            raise
        self._stream = stream

    def finished(self) -> Actions:
        """Let the browser fetch it."""
        if self._stream is not None:
            yield DeliverFile(self._name, self._stream)


def output_of(services: Services, file: str, *, over: bool) -> OwnFile | Download | None:
    """Where something is written; None for a file that is there and is not to be replaced."""
    if services.in_browser:
        return Download(file)
    path = Path(file).expanduser()
    return None if path.is_file() and not over else OwnFile(path)


@performs(export.WriteExport)
def _write(services: Services, effect: export.WriteExport, cancelled: Cancelled) -> Actions:
    named = effect.named
    output = output_of(services, named.file, over=named.over)
    if output is None:
        yield FileExists(named)
        return
    write = {export.MARKS_FORM: _marks, SEALED: _sealed}.get(named.form, _cited)
    try:
        yield from write(services, named, output, cancelled)
        yield from output.finished()
    except StoppedError:
        return
    except CableTuiError as error:
        yield ExportFinished(str(error), failed=True)


def _marks(
    services: Services, named: ExportFileNamed, output: OwnFile | Download, _: Cancelled
) -> Actions:
    """Write the bookmarks themselves, pending ones included."""
    bundle = services.library.bundle(named.chosen.list or None)
    with output.opened() as write:
        write(json_format.dumps(bundle))
    yield ExportFinished(f"{len(bundle.marks):,} {output.words}")


def _cited(
    services: Services, named: ExportFileNamed, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write the cables and paragraphs."""
    run = _ExportRun(named.chosen, cancelled)
    places = run.watch(_places(services, named, run.lost))
    if services.in_browser:
        places = (replace(each, folder=None) for each in places)
    with output.opened() as write:
        for piece in FORMATS[named.form].write(places, named.chosen.title):
            write(piece)
            yield from run.progress()
    yield from _summary(run, output.words)


@performs(sealing.SurveySealing)
def _survey(services: Services, effect: sealing.SurveySealing, cancelled: Cancelled) -> Actions:
    """Find what the cables of a dossier ask to protect, and count the searches of the log."""
    from cable_tui.archive.sealing import ArchiveSources, finder  # few exports are sealed
    from cable_tui.exports.sealed import search_log, survey

    chosen = effect.chosen
    run = _ExportRun(chosen, cancelled, sealing.LOOKING)
    cables = {}
    try:
        for place in run.watch(_places(services, ExportFileNamed(chosen, SEALED, ""), run.lost)):
            cables[place.cable.canonical_id] = place.cable
            yield from run.progress()
    except StoppedError:
        return
    except CableTuiError as error:
        yield ExportFinished(str(error), failed=True)
        return
    with ArchiveSources(services.archive) as sources:
        found = survey.Survey()
        if not chosen.protected:
            found = survey.survey(cables.values(), chosen.masks, sources.is_common)
        names = found.all_names(sources.is_common)
    log = search_log.of_archive(services.library.path, services.archive.root)
    size = search_log.size(log, finder(services.archive, cables), cancelled)
    if not cancelled():
        yield sealing.SealingSurveyed(
            replace(chosen, masks=found.masks, file_title=names.masked_as_typed(chosen.title)),
            tuple(_to_answer(each) for each in found.unresolved),
            found.summary,
            size.words if size.searches else "",
        )


def _to_answer(plea: OpenPlea) -> PleaToAnswer:
    return PleaToAnswer(plea.place, plea.at.canonical_id, plea.at.paragraph or None, plea.quote)


def _sealed(
    services: Services, named: ExportFileNamed, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write a sealed dossier of the cables and paragraphs."""
    from cable_tui.archive.sealing import ArchiveSources  # few exports are sealed
    from cable_tui.exports.sealed import search_log, zip_file
    from cable_tui.exports.sealed.dossier import SealedDossier, Sealing

    chosen = named.chosen
    run = _ExportRun(chosen, cancelled)
    log = search_log.of_archive(services.library.path, services.archive.root)
    made_of = Sealing(
        chosen.title,
        _bundle(services, chosen),
        zip_file.moment(time.time(), ""),
        chosen.texts,
        reveal=chosen.protected,
        masks=chosen.masks,
        unresolved=chosen.unresolved,
        log=log if chosen.log else None,
    )
    dossier = SealedDossier(made_of, ArchiveSources(services.archive))
    with output.opened() as write:
        for piece in dossier.pieces(run.watch(_places(services, named, run.lost))):
            if cancelled():
                raise StoppedError("stopped")
            write(piece)
            yield from run.progress()
    if dossier.protection_words:
        run.plea = ""  # it says more
        severity: effects.Severity = "warning" if dossier.survey.unresolved else "information"
        yield effects.Notify(f"{dossier.protection_words}.", severity)
    if dossier.has_name(Path(named.file).name):
        yield effects.Notify("The name of the file has a masked name: give it another.", "warning")
    if whole := dossier.not_parted:
        yield effects.Notify(
            f"{len(whole):,} could not be cut and are whole: {whole[0]}", "warning"
        )
    yield from _summary(run, f"{output.words}; its seal is sha256 {dossier.seal}")


def _bundle(services: Services, chosen: ExportSelection) -> Bundle:
    """The bookmarks that are sealed, with the lists that were asked for; of cables with none."""
    if chosen.list is not None:
        return services.library.bundle(chosen.list or None)
    return Bundle(tuple(services.library.marks()))


def _places(services: Services, named: ExportFileNamed, lost: LostPlace) -> Iterable[Citation]:
    chosen, ways = named.chosen, services.ways or Ways()
    form = AS_SEALED if named.form == SEALED else FORMATS[named.form]
    library = services.library
    if chosen.list is None:
        own = library.marks() if form.notes else ()
        cables = of_cables(services.archive, chosen.ids, ways, lost, own)
        return cables if form.apart else each_once(cables)
    marks = library.lists.marks(chosen.list) if chosen.list else library.marks()
    found = of_marks(services.archive, marks, ways, lost)
    return found if form.of_places else once(list(found))


def _summary(run: _ExportRun, words: str) -> Actions:
    if run.plea:
        yield effects.Notify(f"{run.plea}: think of who is named before you pass it on.", "warning")
    what = f"{run.done:,} {words}"
    if lost := run.lost.reasons:
        yield ExportFinished(f"{what}; {len(lost):,} missing: {lost[0]}", failed=True)
    else:
        yield ExportFinished(what)
