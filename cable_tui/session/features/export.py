"""Writing cables or a list of bookmarks to a file: which form, which name, and how far it is."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.errors import CableTuiError
from cable_tui.session import effects
from cable_tui.session.feature_state import ExportJob, ExportSelection
from cable_tui.session.features import research_log
from cable_tui.session.features.files import Download, OwnFile, Write, write
from cable_tui.session.registry import Actions, Cancelled, Result, Services, handles, performs
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect
from cable_tui.value import replace

if TYPE_CHECKING:
    from cable_tui.archive.citable import LostPlace
    from cable_tui.exports.citation import Citation
    from cable_tui.library.bundles import Bundle

MARKS_FORM = "marks"
"""The form of bookmarks that another library takes in; the others are `exports.FORMATS`."""


class ExportFileNamed(Action):
    """The name of the file was given."""

    chosen: ExportSelection
    form: str
    file: str


class ExportProgressed(Action):
    """The export has made progress."""

    export_job: ExportJob


class ExportFinished(Action):
    """The export has ended; the sentence says how."""

    sentence: str
    failed: bool = False


class StopExport(Action):
    """Stop the export."""


class WriteExport(Write):
    """Write an export; answered by `ExportProgressed`, then `ExportFinished`."""

    latest = "export"


def ask_file(chosen: ExportSelection, form: str) -> effects.AskFile:
    """Let the reader name the file of an export."""
    from cable_tui.exports.files import file_name
    from cable_tui.exports.lists import FORMATS, SEALED

    others = {MARKS_FORM: "json", SEALED: "zip"}
    name = file_name(chosen.file_title or chosen.title, others.get(form) or FORMATS[form].extension)
    return effects.AskFile(chosen.label, name, partial(ExportFileNamed, chosen, form))


@handles(ExportFileNamed)
def export_file_named(session: Session, action: ExportFileNamed) -> Result:
    """Write it; the query of its cables is logged."""
    logging: tuple[Effect, ...] = ()
    if action.chosen.list is None:
        session, logging = research_log.exported(session)
    again = ask_file(action.chosen, action.form)
    return session, (WriteExport(action.file, partial(_written, action), again), *logging)


@handles(ExportProgressed)
def export_progressed(session: Session, action: ExportProgressed) -> Result:
    """Show the progress in the status line."""
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


REPORT_EVERY = 0.3
"""Seconds between two reports of progress."""


class StoppedError(CableTuiError):
    """The reader has stopped the export."""


class ExportRun:
    """The state of a running export: counts and warnings of the places written."""

    def __init__(
        self, chosen: ExportSelection, cancelled: Cancelled, doing: str = "Writing"
    ) -> None:
        from cable_tui.archive.citable import LostPlace

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
        from cable_tui.exports.source_protection import plea

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


performs(WriteExport)(write)


def _written(
    named: ExportFileNamed, services: Services, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write it in its form; how far it is, and how it ended."""
    from cable_tui.exports.lists import SEALED

    yield ExportProgressed(ExportJob(named.chosen.label, 0, len(named.chosen.ids)))
    make = {MARKS_FORM: _marks, SEALED: _sealed}.get(named.form, _cited)
    try:
        yield from make(services, named, output, cancelled)
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
        places = (replace(each, folder=None) for each in places)
    with output.opened() as write:
        for piece in FORMATS[named.form].write(places, named.chosen.title):
            write(piece)
            yield from run.progress()
    yield from _summary(run, output.words)


def _sealed(
    services: Services, named: ExportFileNamed, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write a sealed dossier of the cables and paragraphs."""
    from cable_tui.archive.sealing import ArchiveSources  # few exports are sealed
    from cable_tui.exports.sealed import search_log, zip_file
    from cable_tui.exports.sealed.dossier import SealedDossier, Sealing

    chosen = named.chosen
    run = ExportRun(chosen, cancelled)
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
        for piece in dossier.pieces(run.watch(places_of(services, named, run.lost))):
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
    from cable_tui.library.bundles import Bundle

    if chosen.list is not None:
        return services.library.bundle(chosen.list or None)
    return Bundle(tuple(services.library.marks()))


def places_of(services: Services, named: ExportFileNamed, lost: LostPlace) -> Iterable[Citation]:
    """The places that a file is of."""
    from cable_tui.archive.citable import of_cables, of_marks
    from cable_tui.exports.lists import AS_SEALED, FORMATS, SEALED, each_once, once

    chosen, ways = named.chosen, services.citing
    form = AS_SEALED if named.form == SEALED else FORMATS[named.form]
    library = services.library
    if chosen.list is None:
        own = library.marks() if form.notes else ()
        cables = of_cables(services.archive, chosen.ids, ways, lost, own)
        return cables if form.apart else each_once(cables)
    marks = library.lists.marks(chosen.list) if chosen.list else library.marks()
    found = of_marks(services.archive, marks, ways, lost)
    return found if form.of_places else once(list(found))


def _summary(run: ExportRun, words: str) -> Actions:
    if run.plea:
        yield effects.Notify(f"{run.plea}: think of who is named before you pass it on.", "warning")
    what = f"{run.done:,} {words}"
    if lost := run.lost.reasons:
        yield ExportFinished(f"{what}; {len(lost):,} missing: {lost[0]}", failed=True)
    else:
        yield ExportFinished(what)
