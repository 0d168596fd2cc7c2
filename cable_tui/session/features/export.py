"""E: the content, form and name of a written file; and verifiable dossiers.

The protection requests of the cables of a dossier are answered before its file is named: the page
of requests opens, and the dossier waits. Then the reader is asked about names that may be something
else, and about the searches of the log.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cable_tui.base.errors import CableTuiError, LibraryError
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.effects import MenuItem
from cable_tui.session.feature_state import ExportJob, ExportSelection, OpenSealing
from cable_tui.session.features import selection
from cable_tui.session.features.bookmarks import LibraryChange
from cable_tui.session.features.bookmarks_screen import HideBookmarks
from cable_tui.session.features.files import Download, OwnFile, Write, write
from cable_tui.session.registry import Actions, Cancelled, Result, Services, performs
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request
from cable_tui.text.numbers import counted
from cable_tui.tools.protection.room import KeepName, ShowRequests

if TYPE_CHECKING:
    from cable_tui.archive.citable import LostPlace
    from cable_tui.exports.citation import Citation
    from cable_tui.library import Library
    from cable_tui.library.bundles import Bundle
    from cable_tui.tools.dossiers.dossier import Sealing
    from cable_tui.tools.protection.survey import DoubtfulName
    from cable_tui.tools.research_log.log_file import Log

MARKS_FORM = "marks"
"""The form of bookmarks for import into another library; the others are `FORMATS` of the
exports."""
SEALED = "verifiable"
"""The value of `exports.lists.SEALED`, without importing that before the first list."""


class ExportShown(Action):
    """Write the selected cables, those of the query, or the bookmarks shown to a file."""

    def step(self, session: Session) -> Result:
        """Ask for a format; while an export is running, ask whether to stop it."""
        if (job := session.export_job) is not None:
            stop = MenuItem("s", "stop it", StopExport())
            return session, (
                effects.AskMenu("Export", (stop,), f"{job.label}: a file is being written."),
            )
        chosen = _selection(session)
        if chosen is None:
            return session, (effects.Notify("There is nothing to export."),)
        if chosen.ids is session.hits.every and len(chosen.ids) < session.hits.count:
            return session, (effects.Notify("The list is still being read: E again in a moment."),)
        return session, (export_menu(chosen, session.sealing),)


def _selection(session: Session) -> ExportSelection | None:
    """Return the shown bookmarks, else the selected cables, else those of the query."""
    if (view := session.bookmarks_view) is not None:
        label = f"the list {view.list}" if view.list else "all bookmarks"
        shown = ExportSelection(view.list or "bookmarks", label, list=view.list)
        return shown if view.entries else None
    if marked := selection.selected_cables(session):
        return ExportSelection("selected", counted(len(marked), "selected cable"), marked)
    ids = session.hits.every
    if not ids:
        return None
    count, text = counted(len(ids), "cable"), str(session.query)
    label = f"{count} of this query" if text else f"all {count}"
    return ExportSelection(text or "cables", label, ids)


def export_menu(chosen: ExportSelection, waiting: OpenSealing | None = None) -> effects.AskMenu:
    """Return the menu of formats; `waiting` is a verifiable dossier to continue with."""
    from cable_tui.exports.lists import FORMATS

    items = [
        MenuItem(each.key, each.name, ask_file(chosen, each.name), each.label)
        for each in FORMATS.values()
    ]
    label = "a dossier with the texts, which shows any change"
    items.append(MenuItem("s", SEALED, sealed_menu(chosen), label))
    if waiting is not None:
        detail = f"the dossier of {waiting.chosen.label}"
        again = PrepareSealing(replace(waiting.chosen, take_proposed=False))
        items.insert(0, MenuItem("S", "go on", again, detail))
    if chosen.list is not None:
        taken = "for `cable-tui marks import` on another machine"
        items.append(MenuItem("M", MARKS_FORM, ask_file(chosen, MARKS_FORM), taken))
    return effects.AskMenu(f"Export {chosen.label} as", tuple(items))


class ExportFileNamed(Action):
    """The name of the file was given."""

    chosen: ExportSelection
    form: str
    file: str

    def step(self, session: Session) -> Result:
        """Write it."""
        again = ask_file(self.chosen, self.form)
        return session, (WriteExport(self.file, partial(_written, self), again),)


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
        sealing = session.sealing if self.failed else None
        session = replace(session, export_job=None, sealing=sealing)
        return session, (effects.Notify(self.sentence, severity),)


class StopExport(Action):
    """Stop the export."""

    def step(self, session: Session) -> Result:
        """Stop it; no part of the file is left."""
        if session.export_job is None:
            return session, (effects.Notify("Nothing is being exported."),)
        said = effects.Notify("The export was stopped; nothing of its file is left.")
        return replace(session, export_job=None), (effects.Stop("export"), said)


class WriteExport(Write):
    """Write an export; answered by `ExportProgressed`, then `ExportFinished`."""

    latest = "export"


def ask_file(chosen: ExportSelection, form: str) -> effects.AskFile:
    """Let the reader name the file of an export."""
    from cable_tui.exports.files import file_name
    from cable_tui.exports.lists import FORMATS

    others = {MARKS_FORM: "json", SEALED: "zip"}
    name = file_name(chosen.file_title or chosen.title, others.get(form) or FORMATS[form].extension)
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
        from cable_tui.archive.citable import LostPlace
        from cable_tui.exports.citation import RequestCount

        self._doing = doing
        self.lost = LostPlace()
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
        now = time.monotonic()
        if now - self._reported >= REPORT_EVERY:
            self._reported = now
            job = ExportJob(self._chosen.label, self.done, len(self._chosen.ids), self._doing)
            yield ExportProgressed(job)


performs(WriteExport)(write)


def _written(
    named: ExportFileNamed, services: Services, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write it in its format; report the progress and the end."""
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
    """Write a verifiable dossier of the cables and paragraphs."""
    from cable_tui.tools.dossiers import search_log, zip_file
    from cable_tui.tools.dossiers.dossier import SealedDossier
    from cable_tui.tools.dossiers.sealing import ArchiveSources  # few exports need it

    chosen = named.chosen
    run = ExportRun(chosen, cancelled)
    log = search_log.of_archive(services.library.path, services.archive.root)
    made_of = _sealing(services, chosen, log if chosen.log else None)
    dossier = SealedDossier(made_of, ArchiveSources(services.archive))
    with output.opened() as write:
        for piece in dossier.pieces(run.watch(places_of(services, named, run.lost))):
            if cancelled():
                raise StoppedError("stopped")
            write(piece)
            yield from run.progress()
    if dossier.protection_words:
        severity: effects.Severity = "warning" if dossier.survey.open else "information"
        yield effects.Notify(f"{dossier.protection_words}.", severity)
    for remark in dossier.survey.remarks():
        yield effects.Notify(f"{remark[0].upper()}{remark[1:]}.", "warning")
    if dossier.has_name(Path(named.file).name):
        yield effects.Notify(
            "The name of the file contains a masked name: choose another.", "warning"
        )
    if whole := dossier.not_parted:
        yield effects.Notify(
            f"{len(whole):,} could not be cut and are whole: {whole[0]}", "warning"
        )
    if not named.file.lower().endswith(".zip"):
        yield effects.Notify(zip_file.OTHER_NAME, "warning")
    words = f"{output.words}; its seal is sha256 {dossier.seal}"
    yield from _summary(run, words, told=chosen.protected)


def _sealing(services: Services, chosen: ExportSelection, log: Log | None) -> Sealing:
    """Return the content and the options of a dossier."""
    from cable_tui.tools.dossiers import zip_file
    from cable_tui.tools.dossiers.dossier import Sealing
    from cable_tui.tools.protection import answers

    return Sealing(
        chosen.title,
        _bundle(services, chosen),
        zip_file.moment(time.time(), ""),
        chosen.texts,
        reveal=chosen.protected,
        masks=chosen.masks,
        answers=answers.read(answers.file_beside(services.library.path)),
        take_proposed=chosen.take_proposed,
        log=log,
    )


def _bundle(services: Services, chosen: ExportSelection) -> Bundle:
    """Return the bookmarks to seal, with the lists that are written; for cables, without lists."""
    from cable_tui.library.bundles import Bundle

    if chosen.list is not None:
        return services.library.bundle(chosen.list or None)
    return Bundle(tuple(services.library.marks()))


def places_of(services: Services, named: ExportFileNamed, lost: LostPlace) -> Iterable[Citation]:
    """Return the locations that a file contains."""
    from cable_tui.archive.citable import of_cables, of_marks
    from cable_tui.exports.lists import AS_SEALED, FORMATS, each_once, once

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


def _summary(run: ExportRun, said: str, *, told: bool = True) -> Actions:
    """Say what was written, and with `told` how many protection requests its cables hold."""
    from cable_tui.exports.citation import in_room

    if words := run.asking.in_words(in_room) if told else "":
        yield effects.Notify(f"{words}.", "warning")
    what = f"{run.done:,} {said}"
    if lost := run.lost.reasons:
        yield ExportFinished(f"{what}; {len(lost):,} missing: {lost[0]}", failed=True)
    else:
        yield ExportFinished(what)


LOOKING = "Looking through"
"""Text on what happens with the cables before the file is named."""


class PrepareSealing(Action):
    """Look through the cables of a dossier."""

    chosen: ExportSelection
    forget: bool = False
    """Whether to forget the words to mask that were given before for the same locations."""

    def step(self, session: Session) -> Result:
        """Begin; earlier words to mask for the same locations are kept."""
        chosen = self.chosen
        waiting = None if self.forget else session.sealing
        if waiting is not None and waiting.chosen.is_of(chosen):
            masks = dict.fromkeys((*waiting.chosen.masks, *chosen.masks))
            chosen = replace(chosen, masks=tuple(masks))
        job = ExportJob(chosen.label, 0, len(chosen.ids), LOOKING)
        return replace(session, export_job=job), (SurveySealing(chosen),)


class SealingSurveyed(Action):
    """The protection requests of the cables, and the number of searches in the log."""

    chosen: ExportSelection
    asking: tuple[str, ...] = ()
    """The canonical ids of the cables with requests."""
    unanswered: int = 0
    """The number of requests without an answer."""
    doubts: tuple[DoubtfulName, ...] = ()
    """Names that are masked where they may be something else."""
    searches: str = ""
    """Searches: `66 searches, 61 not of this list`; empty if the log has none."""

    def step(self, session: Session) -> Result:
        """Ask the questions that are needed."""
        chosen = self.chosen
        session = replace(session, export_job=None, sealing=OpenSealing(chosen))
        if self.unanswered and not chosen.take_proposed:
            page = session.page
            if page is not None and page.of.name == "protect":
                return session, (unanswered_menu(self),)
            hiding = (HideBookmarks(),) if session.bookmarks_view is not None else ()
            return session, (*hiding, ShowRequests(",".join(self.asking)))
        if self.doubts and not chosen.doubts_seen:
            return session, (doubts_menu(self),)
        if self.searches and chosen.log is None:
            return session, (_log_menu(chosen, self.searches),)
        return session, (ask_file(chosen, SEALED),)


class ContinueDossier(Action):
    """Go on with the dossier that waits for answers."""

    def step(self, session: Session) -> Result:
        """Look through its cables again; without one say how to begin."""
        if session.sealing is None:
            said = "No dossier waits for answers: E in the list, then s, begins one."
            return session, (effects.Notify(said),)
        return PrepareSealing(session.sealing.chosen).step(session)


class SurveySealing(Effect):
    """Look through the cables of a dossier; answered by `SealingSurveyed`."""

    opens_dialog = True
    latest = "export"

    chosen: ExportSelection


def sealed_menu(chosen: ExportSelection) -> effects.AskMenu:
    """Return the menu: whole texts or paragraphs."""

    def item(key: str, texts: Literal["whole", "paragraphs"], *, protected: bool) -> MenuItem:
        label = "whole texts" if texts == "whole" else "bookmarked paragraphs only"
        detail = "protected names shown" if protected else "protected names masked"
        wanted = replace(chosen, texts=texts, protected=protected)
        return MenuItem(key, label, PrepareSealing(wanted), detail)

    items = (
        item("w", "whole", protected=False),
        item("p", "paragraphs", protected=False),
        item("W", "whole", protected=True),
        item("P", "paragraphs", protected=True),
    )
    which = "on these cables, private ones too" if chosen.list is None else f"of {chosen.label}"
    note = f"The file shows the bookmarks and notes {which}, to everybody who has it."
    return effects.AskMenu(f"Verifiable dossier of {chosen.label} with", items, note)


DOUBTS = 200
"""The most doubtful names that are listed."""


def unanswered_menu(surveyed: SealingSurveyed) -> effects.AskMenu:
    """Return the menu for a dossier whose requests are not all answered."""
    chosen = surveyed.chosen
    taking = PrepareSealing(replace(chosen, take_proposed=True))
    typing = "A name, or a phrase: it is masked in all its forms, in the whole dossier."
    masks = effects.AskLine("Mask which words?", "", partial(_with_mask, chosen), typing)
    items = [
        MenuItem("b", "back", effects.Notify("The dossier waits: E goes on."), "to the requests"),
        MenuItem("t", "take proposed", taking, "mask what rules propose; the dossier says so"),
        MenuItem("m", "mask words", masks, "give more words to mask"),
    ]
    if chosen.masks:
        forgotten = PrepareSealing(replace(chosen, masks=()), forget=True)
        items.append(MenuItem("f", "forget words", forgotten, ", ".join(chosen.masks)))
    title = f"{counted(surveyed.unanswered, 'protection request')} without an answer"
    return effects.AskMenu(title, tuple(items), "Silence is no answer: nothing was written.")


def doubts_menu(surveyed: SealingSurveyed) -> effects.AskMenu:
    """Return the menu of names that are masked where they may be something else."""
    chosen = surveyed.chosen
    going = PrepareSealing(replace(chosen, doubts_seen=True))
    items = [MenuItem("g", "go on", going, "with what is masked here")]
    for each in surveyed.doubts[:DOUBTS]:
        label = "keep" if each.kept else "mask"
        detail = f"{each.sentence}: “{each.example}”"
        does = KeepName(each.key, not each.kept, PrepareSealing(chosen))
        items.append(MenuItem("", label, does, detail))
    note = "Enter on a line changes it: mask, or keep the word there."
    return effects.AskMenu("Masked, though it may be something else", tuple(items), note)


def _with_mask(chosen: ExportSelection, words: str) -> PrepareSealing:
    return PrepareSealing(replace(chosen, masks=(*chosen.masks, words)))


def _log_menu(chosen: ExportSelection, searches: str) -> effects.AskMenu:
    """Return the question whether a dossier includes the searches of the log."""
    items = (
        MenuItem(key, label, ask_file(replace(chosen, log=log), SEALED))
        for key, label, log in (("n", "no searches", False), ("l", "the searches", True))
    )
    title = "Include the searches of your log?"
    return effects.AskMenu(title, tuple(items), f"The log has {searches}.")


class TakeMarks(Request, LibraryChange):
    """Import the bookmarks of the open dossier; answered by `LibraryChanged`."""

    def change(self, services: Services) -> str:
        """Say how many are new."""
        from cable_tui.tools.dossiers import checking  # other archives need none of it

        merged = services.library.import_bundle(checking.marks_of(services.archive.root))
        here = f", {merged.same:,} were here" if merged.same else ""
        return f"{counted(merged.added, 'bookmark')} taken in{here}"


_SHOWN = 12
"""Digits of a seal that are shown if there is no room for all."""
_COMPARED = 8 << 20
"""The most bytes of a dossier whose members are compared before it is shown: about a second, 500
cables."""


def marks_menu(title: str, sentence: str, count: int, lists: tuple[str, ...]) -> effects.AskMenu:
    """Return the menu on a verifiable dossier; it has bookmarks that the reader does not have."""
    named = f", in the list {', '.join(lists)}" if lists else ""
    bookmarks = counted(count, "bookmark")
    items = (
        MenuItem("n", "only read", effects.Notify("Its bookmarks stay in the dossier.")),
        MenuItem("t", f"take in {bookmarks}", TakeMarks()),
    )
    note = f"{sentence}. It has {bookmarks} that you do not have{named}."
    return effects.AskMenu(f"Verifiable dossier: {title}", items, note)


def said_of(file: Path, library: Library, most: int = _COMPARED) -> Iterator[Action]:
    """Yield the message for a reader who opens a file; empty if it is not a verifiable dossier."""
    from cable_tui.tools.dossiers import zip_file

    if not (file.is_file() and zip_file.is_sealed(file)):
        return
    from cable_tui.tools.dossiers import checking  # other archives need none of it

    try:
        found = checking.check(file, most=most)
        words = checking.in_words(found)
        if found.faults or found.manifest is None:
            yield effects.Notify(f"{file.name}: {words}. `cable-tui verify` says where.", "error")
            return
        bundle = checking.unchecked_marks_of(file)
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
        return
    sentence = f"{words[0].upper()}{words[1:]}; seal {found.seal.sha256[:_SHOWN]}…"
    if not found.is_read:
        sentence += "; `cable-tui verify` compares its contents"
    elif found.has_other_page:
        sentence += f"; {checking.UNRELIABLE}"
    known: set[str] = set()
    with suppress(LibraryError):  # opening an archive says so
        known = {mark.uid for mark in library.marks()}
    new = [mark for mark in bundle.marks if mark.uid not in known]
    if new:
        yield marks_menu(found.manifest.title, sentence, len(new), tuple(bundle.lists))
    else:
        yield effects.Notify(f"{found.manifest.title}: {sentence}")


@performs(SurveySealing)
def _survey(services: Services, effect: SurveySealing, cancelled: Cancelled) -> Actions:
    """Find the requests in the cables of a dossier, and count the searches of the log."""
    from cable_tui.tools.dossiers import search_log
    from cable_tui.tools.dossiers.dossier import surveyed
    from cable_tui.tools.dossiers.sealing import ArchiveSources, finder  # few exports need it
    from cable_tui.tools.protection.survey import Survey

    chosen = effect.chosen
    run = ExportRun(chosen, cancelled, LOOKING)
    cables = {}
    try:
        for place in run.watch(places_of(services, ExportFileNamed(chosen, SEALED, ""), run.lost)):
            cables[place.cable.canonical_id] = place.cable
            yield from run.progress()
    except StoppedError:
        return
    except CableTuiError as error:
        yield ExportFinished(str(error), failed=True)
        return
    made_of = _sealing(services, chosen, None)
    with ArchiveSources(services.archive) as sources:
        found = Survey() if chosen.protected else surveyed(made_of, sources, cables.values())
    names = found.all_names
    log = search_log.of_archive(services.library.path, services.archive.root)
    size = search_log.size(log, finder(services.archive, cables), cancelled)
    asking = dict.fromkeys(each.key.cable for each in found.asked)
    if not cancelled():
        yield SealingSurveyed(
            replace(chosen, masks=found.masks, file_title=names.masked_as_typed(chosen.title)),
            tuple(asking),
            len(found.open),
            found.doubts,
            size.words if size.searches else "",
        )
