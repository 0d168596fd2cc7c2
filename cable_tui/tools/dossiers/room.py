"""Verifiable dossiers in the room: the questions before writing one, and the report on an open one.

The protection requests in a dossier's cables are answered before its file is named: the page of
requests opens, and the dossier waits. Then the reader is asked about masked words that may not be
names, and about the searches in the log.
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
    file_parts,
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
"""The name of the export format, as in its row."""


class DossierSelection(ExportSelection):
    """The cables or locations of a verifiable dossier, and the options that the reader selected."""

    texts: Literal["whole", "paragraphs"] = "whole"
    """The part of each cable that the dossier contains."""
    protected: bool = False
    """Whether the dossier shows names that a cable asks to protect."""
    masks: tuple[str, ...] = ()
    """Additional words to mask."""
    doubts_seen: bool = False
    """Whether the reader has seen which masked words may not be names."""
    take_proposed: bool = False
    """Whether the dossier is written despite unanswered protection requests."""
    log: bool | None = None
    """Whether the dossier contains the searches of the log; None until the reader has answered."""

    def is_of(self, other: ExportSelection) -> bool:
        """Return whether both selections have the same locations, whatever their other options."""
        return (self.list, tuple(self.ids)) == (other.list, tuple(other.ids))


class OpenSealing(Value):
    """A verifiable dossier that has not been written yet."""

    chosen: DossierSelection | None = None
    """The selection of the waiting dossier, or None."""


class _Verifiable:
    """The implementation of `RoomFormat` for this format."""

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
    """Discard the waiting dossier once a file has been written."""
    if isinstance(action, ExportFinished) and not action.failed:
        session_after = session_after.with_tool(OpenSealing())
    return session_after, wanted


LOOKING = "Looking through"
"""The description of the step before the file is named."""


class PrepareSealing(Action):
    """Look through the cables of a dossier."""

    chosen: DossierSelection
    forget: bool = False
    """Whether to forget words to mask that were entered earlier for the same locations."""

    def step(self, session: Session) -> Result:
        """Begin, and keep words to mask that were entered earlier for the same locations."""
        chosen_export = self.chosen
        waiting_export = None if self.forget else session.of_tool(OpenSealing).chosen
        if waiting_export is not None and waiting_export.is_of(chosen_export):
            words_to_mask = dict.fromkeys((*waiting_export.masks, *chosen_export.masks))
            chosen_export = replace(chosen_export, masks=tuple(words_to_mask))
        export_job = ExportJob(chosen_export.label, 0, len(chosen_export.ids), LOOKING)
        return replace(session, export_job=export_job), (SurveySealing(chosen_export),)


class SealingSurveyed(Action):
    """The protection requests of the cables, and the number of searches in the log."""

    chosen: DossierSelection
    asking: tuple[str, ...] = ()
    """The canonical IDs of the cables with requests."""
    unanswered: int = 0
    """The number of requests without an answer."""
    doubts: tuple[DoubtfulName, ...] = ()
    """The names that are masked in places where they may not be names."""
    searches: str = ""
    """A count such as `66 searches, 61 not of this list`, or an empty string if the log contains
    none.
    """

    def step(self, session: Session) -> Result:
        """Ask the questions that are necessary."""
        chosen_export = self.chosen
        session = replace(session, export_job=None).with_tool(OpenSealing(chosen_export))
        if self.unanswered and not chosen_export.take_proposed:
            open_page = session.page
            if open_page is not None and open_page.of.name == "protect":
                return session, (unanswered_menu(self),)
            hide_actions = (HideBookmarks(),) if session.bookmarks_view is not None else ()
            return session, (*hide_actions, ShowRequests(",".join(self.asking)))
        if self.doubts and not chosen_export.doubts_seen:
            return session, (doubts_menu(self),)
        if self.searches and chosen_export.log is None:
            return session, (_log_menu(chosen_export, self.searches),)
        return session, (ask_file(chosen_export, SEALED),)


class ContinueDossier(Action):
    """Continue with the dossier that is waiting for answers."""

    def step(self, session: Session) -> Result:
        """Search the dossier's cables again; without a dossier, explain how to begin one."""
        waiting_export = session.of_tool(OpenSealing).chosen
        if waiting_export is None:
            message = "No dossier has been started. Press E in the list, then s, to begin one."
            return session, (effects.Notify(message),)
        return PrepareSealing(waiting_export).step(session)


class SurveySealing(Effect):
    """Look through the cables of a dossier; answered by `SealingSurveyed`."""

    opens_dialog = True
    latest = "export"

    chosen: DossierSelection


def _of_dossier(chosen_export: ExportSelection) -> DossierSelection:
    return (
        chosen_export
        if isinstance(chosen_export, DossierSelection)
        else DossierSelection(**vars(chosen_export))
    )


def sealed_menu(chosen: ExportSelection) -> effects.AskMenu:
    """Return the menu for whole texts or paragraphs, with names masked or shown."""
    dossier_export = _of_dossier(chosen)

    def item(key: str, texts: Literal["whole", "paragraphs"], *, protected: bool) -> MenuItem:
        label = "whole texts" if texts == "whole" else "bookmarked paragraphs only"
        detail = "protected names shown" if protected else "protected names masked"
        item_export = replace(dossier_export, texts=texts, protected=protected)
        return MenuItem(key, label, PrepareSealing(item_export), detail)

    menu_items = (
        item("w", "whole", protected=False),
        item("p", "paragraphs", protected=False),
        item("W", "whole", protected=True),
        item("P", "paragraphs", protected=True),
    )
    which_bookmarks = (
        "the bookmarks and notes on these cables, including private ones"
        if chosen.list is None
        else f"the bookmarks and notes of {chosen.label}"
        if chosen.list
        else "all bookmarks and notes"
    )
    note = f"Anyone with the file can read {which_bookmarks}."
    return effects.AskMenu(f"Verifiable dossier of {chosen.label} with", menu_items, note)


DOUBTS = 200
"""The maximum number of doubtful names to list."""


def unanswered_menu(surveyed: SealingSurveyed) -> effects.AskMenu:
    """Return the menu for a dossier with unanswered requests."""
    chosen_export = surveyed.chosen
    take_action = PrepareSealing(replace(chosen_export, take_proposed=True))
    typing_help = "A name or phrase, masked in all its forms in the whole dossier."
    mask_question = effects.AskLine(
        "Mask which words?", "", partial(_with_mask, chosen_export), typing_help
    )
    menu_items = [
        MenuItem(
            "b",
            "back",
            effects.Notify("The dossier is waiting; press E to continue."),
            "to the requests",
        ),
        MenuItem(
            "t",
            "take proposed",
            take_action,
            "mask the proposed names, and state this in the dossier",
        ),
        MenuItem("m", "mask words", mask_question, "mask more words"),
    ]
    if chosen_export.masks:
        forget_words = PrepareSealing(replace(chosen_export, masks=()), forget=True)
        menu_items.append(
            MenuItem("f", "forget words", forget_words, ", ".join(chosen_export.masks))
        )
    menu_title = f"{counted(surveyed.unanswered, 'protection request')} without an answer"
    return effects.AskMenu(
        menu_title, tuple(menu_items), "Each request needs an answer. Nothing was written."
    )


def doubts_menu(surveyed: SealingSurveyed) -> effects.AskMenu:
    """Return the menu of masked words that may not be names."""
    chosen_export = surveyed.chosen
    continue_action = PrepareSealing(replace(chosen_export, doubts_seen=True))
    menu_items = [MenuItem("g", "go on", continue_action, "with these masked words")]
    for doubt in surveyed.doubts[:DOUBTS]:
        label = "keep" if doubt.kept else "mask"
        detail = f"{doubt.sentence}: “{doubt.example}”"
        keep_or_mask = KeepName(doubt.key, not doubt.kept, PrepareSealing(chosen_export))
        menu_items.append(MenuItem("", label, keep_or_mask, detail))
    note = "Press Enter on a line to mask the word there or keep it."
    return effects.AskMenu("Masked, but perhaps not a name", tuple(menu_items), note)


def _with_mask(chosen_export: DossierSelection, words: str) -> PrepareSealing:
    return PrepareSealing(replace(chosen_export, masks=(*chosen_export.masks, words)))


def _log_menu(chosen_export: DossierSelection, searches: str) -> effects.AskMenu:
    """Return the question whether to include the searches from the log in a dossier."""
    menu_items = (
        MenuItem(menu_key, label, ask_file(replace(chosen_export, log=includes_log), SEALED))
        for menu_key, label, includes_log in (
            ("n", "no searches", False),
            ("l", "the searches", True),
        )
    )
    menu_title = "Include the searches in your log?"
    return effects.AskMenu(menu_title, tuple(menu_items), f"The log contains {searches}.")


class TakeMarks(Request, LibraryChange):
    """Import the bookmarks of the open dossier; answered by `LibraryChanged`."""

    def change(self, services: Services) -> str:
        """Return a message with the number of new bookmarks."""
        from cable_tui.tools.dossiers import checking  # other archives need none of it

        merged_bundle = services.library.import_bundle(checking.marks_of(services.archive.root))
        present_words = f", {merged_bundle.same:,} already present" if merged_bundle.same else ""
        return f"{counted(merged_bundle.added, 'bookmark')} imported{present_words}"


_SHOWN = 12
"""The number of checksum digits to display if there is no room for all."""
_COMPARED = 8 << 20
"""The maximum size, in bytes, of a dossier whose members are compared before it is shown; this
takes about a second for 500 cables.
"""


def marks_menu(
    title: str, sentence: str, count: int, names_of_lists: tuple[str, ...]
) -> effects.AskMenu:
    """Return the menu for a verifiable dossier with bookmarks that are new to the reader."""
    list_names = f", in the list {', '.join(names_of_lists)}" if names_of_lists else ""
    bookmarks = counted(count, "bookmark")
    menu_items = (
        MenuItem("n", "only read", effects.Notify("Its bookmarks stay in the dossier.")),
        MenuItem("t", f"import {bookmarks}", TakeMarks()),
    )
    note = f"{sentence}. It contains {bookmarks} that you do not have{list_names}."
    return effects.AskMenu(f"Verifiable dossier: {title}", menu_items, note)


def said_of(file: Path, library: Library, most: int = _COMPARED) -> Iterator[Action]:
    """Yield a message for a reader who opens a dossier, or no message for other files."""
    from cable_tui.tools.dossiers import zip_file

    if not (file.is_file() and zip_file.is_sealed(file)):
        return
    from cable_tui.tools.dossiers import checking  # other archives need none of it

    try:
        checked_dossier = checking.check(file, most=most)
        result_words = checking.in_words(checked_dossier)
        if checked_dossier.faults or checked_dossier.manifest is None:
            yield effects.Notify(f"{file.name}: {result_words} (see `cable-tui verify`).", "error")
            return
        bundle = checking.unchecked_marks_of(file)
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
        return
    checksum_start = checked_dossier.seal.sha256[:_SHOWN]
    result_sentence = f"{result_words[0].upper()}{result_words[1:]}; checksum {checksum_start}…"
    if not checked_dossier.is_read:
        result_sentence += "; `cable-tui verify` compares its contents"
    elif checked_dossier.has_other_page:
        result_sentence += f"; {checking.UNRELIABLE}"
    known_uids: set[str] = set()
    with suppress(LibraryError):  # opening an archive says so
        known_uids = {mark.uid for mark in library.marks()}
    new_marks = [mark for mark in bundle.marks if mark.uid not in known_uids]
    if new_marks:
        yield marks_menu(
            checked_dossier.manifest.title, result_sentence, len(new_marks), tuple(bundle.lists)
        )
    else:
        yield effects.Notify(f"{checked_dossier.manifest.title}: {result_sentence}")


def _survey(services: Services, effect: SurveySealing, cancelled: Cancelled) -> Actions:
    """Find the requests in the cables of a dossier, and count the searches in the log."""
    from cable_tui.tools.dossiers import search_log
    from cable_tui.tools.dossiers.dossier import surveyed
    from cable_tui.tools.dossiers.sealing import ArchiveSources, finder  # few exports need it
    from cable_tui.tools.protection.survey import Survey

    export = effect.chosen
    export_run = ExportRun(export, cancelled, LOOKING)
    cable_by_id = {}
    try:
        for cited_place in export_run.watch(
            file_parts(services, ExportFileNamed(export, SEALED, ""), export_run.lost, cancelled)
        ):
            cable_by_id[cited_place.cable.canonical_id] = cited_place.cable
            yield from export_run.progress()
    except StoppedError:
        return
    except CableTuiError as error:
        yield ExportFinished(str(error), failed=True)
        return
    sealing = _sealing(services, export, None)
    with ArchiveSources(services.archive) as sources:
        survey = Survey() if export.protected else surveyed(sealing, sources, cable_by_id.values())
    masked_names = survey.all_names
    log = search_log.of_archive(services.library.path, services.archive.root)
    log_size = search_log.size(log, finder(services.archive, cable_by_id), cancelled)
    cables_with_requests = dict.fromkeys(request.key.cable for request in survey.asked)
    if not cancelled():
        yield SealingSurveyed(
            replace(
                export,
                masks=survey.masks,
                file_title=masked_names.masked_as_typed(export.title),
            ),
            tuple(cables_with_requests),
            len(survey.open),
            survey.doubts,
            log_size.words if log_size.searches else "",
        )


def _sealed(
    services: Services, named: ExportFileNamed, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write a verifiable dossier of the cables and paragraphs."""
    from cable_tui.tools.dossiers import search_log, zip_file
    from cable_tui.tools.dossiers.dossier import SealedDossier
    from cable_tui.tools.dossiers.sealing import ArchiveSources  # few exports need it

    chosen_export = _of_dossier(named.chosen)
    export_run = ExportRun(chosen_export, cancelled)
    log = search_log.of_archive(services.library.path, services.archive.root)
    sealing = _sealing(services, chosen_export, log if chosen_export.log else None)
    dossier = SealedDossier(sealing, ArchiveSources(services.archive))
    with output.opened() as write:
        for file_piece in dossier.pieces(
            export_run.watch(file_parts(services, named, export_run.lost, cancelled))
        ):
            if cancelled():
                raise StoppedError("stopped")
            write(file_piece)
            yield from export_run.progress()
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
    output_words = f"{output.words}; checksum: sha256 {dossier.seal}"
    yield from summary(export_run, output_words, told=chosen_export.protected)


def _sealing(services: Services, chosen_export: DossierSelection, log: Log | None) -> Sealing:
    """Return the content and the options of a dossier."""
    from cable_tui.tools.dossiers import zip_file
    from cable_tui.tools.dossiers.dossier import Sealing
    from cable_tui.tools.protection import answers

    return Sealing(
        chosen_export.title,
        _bundle(services, chosen_export),
        zip_file.moment(time.time(), ""),
        chosen_export.texts,
        reveal=chosen_export.protected,
        masks=chosen_export.masks,
        answers=answers.read(answers.file_beside(services.library.path)),
        take_proposed=chosen_export.take_proposed,
        log=log,
    )


def _bundle(services: Services, chosen_export: ExportSelection) -> Bundle:
    """Return the bookmarks to seal, with the selected lists; for cables, without lists."""
    from cable_tui.library.bundles import Bundle

    if chosen_export.list is not None:
        return services.library.bundle(chosen_export.list or None)
    return Bundle(tuple(services.library.marks()))


PERFORMERS: Performers = {
    SurveySealing: _survey,
}
