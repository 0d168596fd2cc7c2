"""Verifiable dossiers in the room: what is asked before one is written, and of one that is opened.

The protection requests of the cables of a dossier are answered before its file is named: the page
of requests opens, and the dossier waits. Then the reader is asked about names that may be something
else, and about the searches of the log.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cable_tui.base.errors import CableTuiError, LibraryError
from cable_tui.base.value import Value, replace
from cable_tui.session import effects
from cable_tui.session.effects import MenuItem
from cable_tui.session.feature_state import ExportJob, ExportSelection
from cable_tui.session.features.bookmarks import LibraryChange
from cable_tui.session.features.bookmarks_screen import HideBookmarks
from cable_tui.session.features.export_choices import (
    ExportFileNamed,
    ExportFinished,
    ExportRun,
    StoppedError,
    ask_file,
    places_of,
    summary,
)
from cable_tui.session.features.file_to_write import Download, OwnFile
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request
from cable_tui.text.numbers import counted
from cable_tui.tools.protection.room import KeepName, ShowRequests

if TYPE_CHECKING:  # few sessions write one
    from cable_tui.library import Library
    from cable_tui.library.bundles import Bundle
    from cable_tui.tools.dossiers.dossier import Sealing
    from cable_tui.tools.protection.survey import DoubtfulName
    from cable_tui.tools.research_log.log_file import Log

SEALED = "verifiable"
"""The name of the format, as in the row."""


class DossierSelection(ExportSelection):
    """The cables or locations of a verifiable dossier, and what the reader wants of it."""

    texts: Literal["whole", "paragraphs"] = "whole"
    """The part of a cable that it contains."""
    protected: bool = False
    """Whether it shows names that a cable asks to protect."""
    masks: tuple[str, ...] = ()
    """Further words to mask."""
    doubts_seen: bool = False
    """Whether the reader has seen which masked words may be something else."""
    take_proposed: bool = False
    """Whether it is written although some protection requests have no answer."""
    log: bool | None = None
    """Whether it has the searches of the log; None until the reader has answered."""

    def is_of(self, other: ExportSelection) -> bool:
        """Return whether both have the same locations, whatever is sealed of them."""
        return (self.list, tuple(self.ids)) == (other.list, tuple(other.ids))


class OpenSealing(Value):
    """A verifiable dossier that is not written yet."""

    chosen: DossierSelection | None = None
    """None if no dossier waits."""


class _Verifiable:
    """The format in the room, as `RoomFormat`."""

    @staticmethod
    def begin(chosen: ExportSelection) -> effects.AskMenu:
        return sealed_menu(chosen)

    @staticmethod
    def waiting(session: Session) -> MenuItem | None:
        waiting_export = session.of_tool(OpenSealing).chosen
        if waiting_export is None:
            return None
        detail = f"the dossier of {waiting_export.label}"
        return MenuItem(
            "S", "go on", PrepareSealing(replace(waiting_export, take_proposed=False)), detail
        )

    @staticmethod
    def write(
        services: Services, named: ExportFileNamed, output: OwnFile | Download, cancelled: Cancelled
    ) -> Actions:
        return _sealed(services, named, output, cancelled)


FORMAT = _Verifiable()


def watch(_: Session, action: Action, session_after: Session, wanted: tuple[Effect, ...]) -> Result:
    """Let no dossier wait once a file was written."""
    if isinstance(action, ExportFinished) and not action.failed:
        session_after = session_after.with_tool(OpenSealing())
    return session_after, wanted


LOOKING = "Looking through"
"""Text on what happens with the cables before the file is named."""


class PrepareSealing(Action):
    """Look through the cables of a dossier."""

    chosen: DossierSelection
    forget: bool = False
    """Whether to forget the words to mask that were given before for the same locations."""

    def step(self, session: Session) -> Result:
        """Begin; earlier words to mask for the same locations are kept."""
        chosen_export = self.chosen
        waiting_export = None if self.forget else session.of_tool(OpenSealing).chosen
        if waiting_export is not None and waiting_export.is_of(chosen_export):
            masks = dict.fromkeys((*waiting_export.masks, *chosen_export.masks))
            chosen_export = replace(chosen_export, masks=tuple(masks))
        job = ExportJob(chosen_export.label, 0, len(chosen_export.ids), LOOKING)
        return replace(session, export_job=job), (SurveySealing(chosen_export),)


class SealingSurveyed(Action):
    """The protection requests of the cables, and the number of searches in the log."""

    chosen: DossierSelection
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
        chosen_export = self.chosen
        session = replace(session, export_job=None).with_tool(OpenSealing(chosen_export))
        if self.unanswered and not chosen_export.take_proposed:
            page = session.page
            if page is not None and page.of.name == "protect":
                return session, (unanswered_menu(self),)
            hiding = (HideBookmarks(),) if session.bookmarks_view is not None else ()
            return session, (*hiding, ShowRequests(",".join(self.asking)))
        if self.doubts and not chosen_export.doubts_seen:
            return session, (doubts_menu(self),)
        if self.searches and chosen_export.log is None:
            return session, (_log_menu(chosen_export, self.searches),)
        return session, (ask_file(chosen_export, SEALED),)


class ContinueDossier(Action):
    """Go on with the dossier that waits for answers."""

    def step(self, session: Session) -> Result:
        """Look through its cables again; without one say how to begin."""
        waiting_export = session.of_tool(OpenSealing).chosen
        if waiting_export is None:
            message = "No dossier is waiting. Press E in the list, then s, to begin one."
            return session, (effects.Notify(message),)
        return PrepareSealing(waiting_export).step(session)


class SurveySealing(Effect):
    """Look through the cables of a dossier; answered by `SealingSurveyed`."""

    opens_dialog = True
    latest = "export"

    chosen: DossierSelection


def _of_dossier(chosen: ExportSelection) -> DossierSelection:
    return chosen if isinstance(chosen, DossierSelection) else DossierSelection(**vars(chosen))


def sealed_menu(chosen: ExportSelection) -> effects.AskMenu:
    """Return the menu: whole texts or paragraphs."""
    dossier_export = _of_dossier(chosen)

    def item(key: str, texts: Literal["whole", "paragraphs"], *, protected: bool) -> MenuItem:
        label = "whole texts" if texts == "whole" else "bookmarked paragraphs only"
        detail = "protected names shown" if protected else "protected names masked"
        item_export = replace(dossier_export, texts=texts, protected=protected)
        return MenuItem(key, label, PrepareSealing(item_export), detail)

    items = (
        item("w", "whole", protected=False),
        item("p", "paragraphs", protected=False),
        item("W", "whole", protected=True),
        item("P", "paragraphs", protected=True),
    )
    which_bookmarks = (
        "on these cables, private ones too" if chosen.list is None else f"of {chosen.label}"
    )
    note = f"Anyone with the file can read the bookmarks and notes {which_bookmarks}."
    return effects.AskMenu(f"Verifiable dossier of {chosen.label} with", items, note)


DOUBTS = 200
"""The most doubtful names that are listed."""


def unanswered_menu(surveyed: SealingSurveyed) -> effects.AskMenu:
    """Return the menu for a dossier whose requests are not all answered."""
    chosen_export = surveyed.chosen
    taking = PrepareSealing(replace(chosen_export, take_proposed=True))
    typing_help = "A name or phrase, masked in all its forms in the whole dossier."
    masks = effects.AskLine(
        "Mask which words?", "", partial(_with_mask, chosen_export), typing_help
    )
    items = [
        MenuItem(
            "b",
            "back",
            effects.Notify("The dossier is waiting; press E to continue."),
            "to the requests",
        ),
        MenuItem("t", "take proposed", taking, "mask the proposed names; the dossier states so"),
        MenuItem("m", "mask words", masks, "mask more words"),
    ]
    if chosen_export.masks:
        forget_words = PrepareSealing(replace(chosen_export, masks=()), forget=True)
        items.append(MenuItem("f", "forget words", forget_words, ", ".join(chosen_export.masks)))
    title = f"{counted(surveyed.unanswered, 'protection request')} without an answer"
    return effects.AskMenu(
        title, tuple(items), "Each request needs an answer. Nothing was written."
    )


def doubts_menu(surveyed: SealingSurveyed) -> effects.AskMenu:
    """Return the menu of names that are masked where they may be something else."""
    chosen_export = surveyed.chosen
    going = PrepareSealing(replace(chosen_export, doubts_seen=True))
    items = [MenuItem("g", "go on", going, "with these masked words")]
    for doubt in surveyed.doubts[:DOUBTS]:
        label = "keep" if doubt.kept else "mask"
        detail = f"{doubt.sentence}: “{doubt.example}”"
        keep_or_mask = KeepName(doubt.key, not doubt.kept, PrepareSealing(chosen_export))
        items.append(MenuItem("", label, keep_or_mask, detail))
    note = "Press Enter on a line to mask the word there or keep it."
    return effects.AskMenu("Masked, but perhaps not a name", tuple(items), note)


def _with_mask(chosen: DossierSelection, words: str) -> PrepareSealing:
    return PrepareSealing(replace(chosen, masks=(*chosen.masks, words)))


def _log_menu(chosen: DossierSelection, searches: str) -> effects.AskMenu:
    """Return the question whether a dossier includes the searches of the log."""
    items = (
        MenuItem(key, label, ask_file(replace(chosen, log=log), SEALED))
        for key, label, log in (("n", "no searches", False), ("l", "the searches", True))
    )
    title = "Include the searches of your log?"
    return effects.AskMenu(title, tuple(items), f"The log contains {searches}.")


class TakeMarks(Request, LibraryChange):
    """Import the bookmarks of the open dossier; answered by `LibraryChanged`."""

    def change(self, services: Services) -> str:
        """Say how many are new."""
        from cable_tui.tools.dossiers import checking  # other archives need none of it

        merged_bundle = services.library.import_bundle(checking.marks_of(services.archive.root))
        already_here = f", {merged_bundle.same:,} already present" if merged_bundle.same else ""
        return f"{counted(merged_bundle.added, 'bookmark')} imported{already_here}"


_SHOWN = 12
"""Digits of a seal that are shown if there is no room for all."""
_COMPARED = 8 << 20
"""The most bytes of a dossier whose members are compared before it is shown: about a second, 500
cables."""


def marks_menu(title: str, sentence: str, count: int, lists: tuple[str, ...]) -> effects.AskMenu:
    """Return the menu on a verifiable dossier; it has bookmarks that the reader does not have."""
    list_names = f", in the list {', '.join(lists)}" if lists else ""
    bookmarks = counted(count, "bookmark")
    items = (
        MenuItem("n", "only read", effects.Notify("Its bookmarks stay in the dossier.")),
        MenuItem("t", f"import {bookmarks}", TakeMarks()),
    )
    note = f"{sentence}. It contains {bookmarks} new to you{list_names}."
    return effects.AskMenu(f"Verifiable dossier: {title}", items, note)


def said_of(file: Path, library: Library, most: int = _COMPARED) -> Iterator[Action]:
    """Yield the message for a reader who opens a file; empty if it is not a verifiable dossier."""
    from cable_tui.tools.dossiers import zip_file

    if not (file.is_file() and zip_file.is_sealed(file)):
        return
    from cable_tui.tools.dossiers import checking  # other archives need none of it

    try:
        checked_dossier = checking.check(file, most=most)
        words = checking.in_words(checked_dossier)
        if checked_dossier.faults or checked_dossier.manifest is None:
            yield effects.Notify(f"{file.name}: {words} (see `cable-tui verify`).", "error")
            return
        bundle = checking.unchecked_marks_of(file)
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
        return
    sentence = f"{words[0].upper()}{words[1:]}; checksum {checked_dossier.seal.sha256[:_SHOWN]}…"
    if not checked_dossier.is_read:
        sentence += "; `cable-tui verify` compares its contents"
    elif checked_dossier.has_other_page:
        sentence += f"; {checking.UNRELIABLE}"
    known_uids: set[str] = set()
    with suppress(LibraryError):  # opening an archive says so
        known_uids = {mark.uid for mark in library.marks()}
    new_marks = [mark for mark in bundle.marks if mark.uid not in known_uids]
    if new_marks:
        yield marks_menu(
            checked_dossier.manifest.title, sentence, len(new_marks), tuple(bundle.lists)
        )
    else:
        yield effects.Notify(f"{checked_dossier.manifest.title}: {sentence}")


def _survey(services: Services, effect: SurveySealing, cancelled: Cancelled) -> Actions:
    """Find the requests in the cables of a dossier, and count the searches of the log."""
    from cable_tui.tools.dossiers import search_log
    from cable_tui.tools.dossiers.dossier import surveyed
    from cable_tui.tools.dossiers.sealing import ArchiveSources, finder  # few exports need it
    from cable_tui.tools.protection.survey import Survey

    export = effect.chosen
    run = ExportRun(export, cancelled, LOOKING)
    cables = {}
    try:
        for place in run.watch(places_of(services, ExportFileNamed(export, SEALED, ""), run.lost)):
            cables[place.cable.canonical_id] = place.cable
            yield from run.progress()
    except StoppedError:
        return
    except CableTuiError as error:
        yield ExportFinished(str(error), failed=True)
        return
    sealing = _sealing(services, export, None)
    with ArchiveSources(services.archive) as sources:
        survey = Survey() if export.protected else surveyed(sealing, sources, cables.values())
    names = survey.all_names
    log = search_log.of_archive(services.library.path, services.archive.root)
    size = search_log.size(log, finder(services.archive, cables), cancelled)
    cables_with_requests = dict.fromkeys(request.key.cable for request in survey.asked)
    if not cancelled():
        yield SealingSurveyed(
            replace(
                export,
                masks=survey.masks,
                file_title=names.masked_as_typed(export.title),
            ),
            tuple(cables_with_requests),
            len(survey.open),
            survey.doubts,
            size.words if size.searches else "",
        )


def _sealed(
    services: Services, named: ExportFileNamed, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write a verifiable dossier of the cables and paragraphs."""
    from cable_tui.tools.dossiers import search_log, zip_file
    from cable_tui.tools.dossiers.dossier import SealedDossier
    from cable_tui.tools.dossiers.sealing import ArchiveSources  # few exports need it

    chosen_export = _of_dossier(named.chosen)
    run = ExportRun(chosen_export, cancelled)
    log = search_log.of_archive(services.library.path, services.archive.root)
    sealing = _sealing(services, chosen_export, log if chosen_export.log else None)
    dossier = SealedDossier(sealing, ArchiveSources(services.archive))
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
        yield effects.Notify("This file name contains a masked name; choose another.", "warning")
    if whole_cables := dossier.not_parted:
        yield effects.Notify(
            f"{len(whole_cables):,} could not be divided and are included whole: {whole_cables[0]}",
            "warning",
        )
    if not named.file.lower().endswith(".zip"):
        yield effects.Notify(zip_file.OTHER_NAME, "warning")
    words = f"{output.words}; checksum: sha256 {dossier.seal}"
    yield from summary(run, words, told=chosen_export.protected)


def _sealing(services: Services, chosen: DossierSelection, log: Log | None) -> Sealing:
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


PERFORMERS: Performers = {
    SurveySealing: _survey,
}
