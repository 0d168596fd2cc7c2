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
        waiting = session.of_tool(OpenSealing).chosen
        if waiting is None:
            return None
        detail = f"the dossier of {waiting.label}"
        return MenuItem("S", "go on", PrepareSealing(replace(waiting, take_proposed=False)), detail)

    @staticmethod
    def write(
        services: Services, named: ExportFileNamed, output: OwnFile | Download, cancelled: Cancelled
    ) -> Actions:
        return _sealed(services, named, output, cancelled)


FORMAT = _Verifiable()


def watch(_: Session, action: Action, after: Session, wanted: tuple[Effect, ...]) -> Result:
    """Let no dossier wait once a file was written."""
    if isinstance(action, ExportFinished) and not action.failed:
        after = after.with_tool(OpenSealing())
    return after, wanted


LOOKING = "Looking through"
"""Text on what happens with the cables before the file is named."""


class PrepareSealing(Action):
    """Look through the cables of a dossier."""

    chosen: DossierSelection
    forget: bool = False
    """Whether to forget the words to mask that were given before for the same locations."""

    def step(self, session: Session) -> Result:
        """Begin; earlier words to mask for the same locations are kept."""
        chosen = self.chosen
        waiting = None if self.forget else session.of_tool(OpenSealing).chosen
        if waiting is not None and waiting.is_of(chosen):
            masks = dict.fromkeys((*waiting.masks, *chosen.masks))
            chosen = replace(chosen, masks=tuple(masks))
        job = ExportJob(chosen.label, 0, len(chosen.ids), LOOKING)
        return replace(session, export_job=job), (SurveySealing(chosen),)


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
        chosen = self.chosen
        session = replace(session, export_job=None).with_tool(OpenSealing(chosen))
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
        waiting = session.of_tool(OpenSealing).chosen
        if waiting is None:
            message = "No dossier waits for answers: E in the list, then s, begins one."
            return session, (effects.Notify(message),)
        return PrepareSealing(waiting).step(session)


class SurveySealing(Effect):
    """Look through the cables of a dossier; answered by `SealingSurveyed`."""

    opens_dialog = True
    latest = "export"

    chosen: DossierSelection


def _of_dossier(chosen: ExportSelection) -> DossierSelection:
    return chosen if isinstance(chosen, DossierSelection) else DossierSelection(**vars(chosen))


def sealed_menu(chosen: ExportSelection) -> effects.AskMenu:
    """Return the menu: whole texts or paragraphs."""
    of = _of_dossier(chosen)

    def item(key: str, texts: Literal["whole", "paragraphs"], *, protected: bool) -> MenuItem:
        label = "whole texts" if texts == "whole" else "bookmarked paragraphs only"
        detail = "protected names shown" if protected else "protected names masked"
        chosen = replace(of, texts=texts, protected=protected)
        return MenuItem(key, label, PrepareSealing(chosen), detail)

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
    for doubt in surveyed.doubts[:DOUBTS]:
        label = "keep" if doubt.kept else "mask"
        detail = f"{doubt.sentence}: “{doubt.example}”"
        does = KeepName(doubt.key, not doubt.kept, PrepareSealing(chosen))
        items.append(MenuItem("", label, does, detail))
    note = "Enter on a line changes it: mask, or keep the word there."
    return effects.AskMenu("Masked, though it may be something else", tuple(items), note)


def _with_mask(chosen: DossierSelection, words: str) -> PrepareSealing:
    return PrepareSealing(replace(chosen, masks=(*chosen.masks, words)))


def _log_menu(chosen: DossierSelection, searches: str) -> effects.AskMenu:
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
        checked = checking.check(file, most=most)
        words = checking.in_words(checked)
        if checked.faults or checked.manifest is None:
            yield effects.Notify(f"{file.name}: {words}. `cable-tui verify` says where.", "error")
            return
        bundle = checking.unchecked_marks_of(file)
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
        return
    sentence = f"{words[0].upper()}{words[1:]}; seal {checked.seal.sha256[:_SHOWN]}…"
    if not checked.is_read:
        sentence += "; `cable-tui verify` compares its contents"
    elif checked.has_other_page:
        sentence += f"; {checking.UNRELIABLE}"
    known: set[str] = set()
    with suppress(LibraryError):  # opening an archive says so
        known = {mark.uid for mark in library.marks()}
    new = [mark for mark in bundle.marks if mark.uid not in known]
    if new:
        yield marks_menu(checked.manifest.title, sentence, len(new), tuple(bundle.lists))
    else:
        yield effects.Notify(f"{checked.manifest.title}: {sentence}")


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
        survey = Survey() if chosen.protected else surveyed(made_of, sources, cables.values())
    names = survey.all_names
    log = search_log.of_archive(services.library.path, services.archive.root)
    size = search_log.size(log, finder(services.archive, cables), cancelled)
    asking = dict.fromkeys(request.key.cable for request in survey.asked)
    if not cancelled():
        yield SealingSurveyed(
            replace(chosen, masks=survey.masks, file_title=names.masked_as_typed(chosen.title)),
            tuple(asking),
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

    chosen = _of_dossier(named.chosen)
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
    yield from summary(run, words, told=chosen.protected)


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
