"""Sealing a dossier: what its cables ask to protect is found before its file is named.

A plea that no rule resolves is answered first: the reader goes to it, gives words to mask, or lets
the dossier be written as it is. Then the reader is asked about the searches of the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cable_tui.errors import CableTuiError, LibraryError
from cable_tui.session import effects
from cable_tui.session.effects import MenuItem
from cable_tui.session.feature_state import ExportJob, ExportSelection, OpenSealing, PleaToAnswer
from cable_tui.session.features.bookmarks import changes_library
from cable_tui.session.features.bookmarks_screen import HideBookmarks
from cable_tui.session.features.export import (
    ExportFileNamed,
    ExportFinished,
    ExportRun,
    StoppedError,
    ask_file,
    places_of,
)
from cable_tui.session.registry import Actions, Cancelled, Result, Services, handles, performs
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, LibraryWrite, Request
from cable_tui.text.numbers import counted
from cable_tui.value import replace

if TYPE_CHECKING:
    from cable_tui.library import Library

SEALED = "sealed"
"""As `exports.lists.SEALED`, which the first list on the screen does not wait for."""
LOOKING = "Looking through"
"""What is done with the cables before the file is named."""


class PrepareSealing(Action):
    """Look through the cables of a dossier."""

    chosen: ExportSelection
    forget: bool = False
    """Forget the words to mask that were given before for the same places."""


class SealingSurveyed(Action):
    """What the cables ask to protect, and how many searches the log has."""

    chosen: ExportSelection
    unresolved: tuple[PleaToAnswer, ...] = ()
    said: str = ""
    """`11 names masked; 4 places need you`."""
    searches: str = ""
    """`66 searches, 61 not of this list`; empty if the log has none."""


class ReadPlea(Action):
    """Go to a plea that is not resolved; the dossier waits."""

    chosen: ExportSelection
    plea: PleaToAnswer


class SurveySealing(Effect):
    """Look through the cables of a dossier; answered by `SealingSurveyed`."""

    opens_dialog = True
    latest = "export"

    chosen: ExportSelection


@handles(PrepareSealing)
def prepare_sealing(session: Session, action: PrepareSealing) -> Result:
    """Begin; words that were given for the same places stay."""
    chosen = action.chosen
    waiting = None if action.forget else session.sealing
    if waiting is not None and waiting.chosen.is_of(chosen):
        masks = dict.fromkeys((*waiting.chosen.masks, *chosen.masks))
        chosen = replace(chosen, masks=tuple(masks))
    job = ExportJob(chosen.label, 0, len(chosen.ids), LOOKING)
    return replace(session, export_job=job), (SurveySealing(chosen),)


@handles(SealingSurveyed)
def sealing_surveyed(session: Session, action: SealingSurveyed) -> Result:
    """Ask what there is to ask."""
    chosen = action.chosen
    waiting = OpenSealing(chosen, len(action.unresolved))
    session = replace(session, export_job=None, sealing=waiting)
    if action.unresolved and not chosen.unresolved:
        return session, (pleas_menu(action),)
    if action.searches and chosen.log is None:
        return session, (_log_menu(chosen, action.searches),)
    return session, (ask_file(chosen, SEALED),)


def sealed_menu(chosen: ExportSelection) -> effects.AskMenu:
    """What of the cables is sealed."""

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
    return effects.AskMenu(f"Seal {chosen.label} with", items)


PLEAS, QUOTE = 200, 40
"""Pleas that are listed, and how many characters of each."""


def pleas_menu(surveyed: SealingSurveyed) -> effects.AskMenu:
    """Pleas that are not resolved: each can be read, and all can be answered."""
    chosen, found = surveyed.chosen, surveyed.unresolved
    as_it_is = PrepareSealing(replace(chosen, unresolved=True))
    typing = "A name, or a phrase: it is masked in all its forms, in the whole dossier."
    masks = effects.AskLine("Mask which words?", "", partial(_with_mask, chosen), typing)
    items = [
        MenuItem("m", "mask words", masks, "a name near a place answers it"),
        MenuItem("u", "unresolved", as_it_is, "write it as it is; the dossier says so"),
    ]
    note = f"{surveyed.said}. Enter reads a place; E, then S, goes on."
    if chosen.masks:
        forgotten = PrepareSealing(replace(chosen, masks=()), forget=True)
        items.append(MenuItem("f", "forget words", forgotten, ", ".join(chosen.masks)))
    start = len(items)
    for each in found[:PLEAS]:
        quote = each.quote if len(each.quote) <= QUOTE else f"…{each.quote[-QUOTE:]}"
        items.append(MenuItem("", each.place, ReadPlea(chosen, each), quote))
    if len(found) > PLEAS:
        note = f"{note} The first {PLEAS}; `cable-tui export` lists more."
    title = f"{counted(len(found), 'plea')} could not be resolved"
    return effects.AskMenu(title, tuple(items), note, start)


def _with_mask(chosen: ExportSelection, words: str) -> PrepareSealing:
    return PrepareSealing(replace(chosen, masks=(*chosen.masks, words)))


def _log_menu(chosen: ExportSelection, searches: str) -> effects.AskMenu:
    """Whether a dossier has the searches of the log."""
    items = (
        MenuItem(key, label, ask_file(replace(chosen, log=log), SEALED))
        for key, label, log in (("n", "no searches", False), ("l", "the searches", True))
    )
    title = "Seal the searches of your log too?"
    return effects.AskMenu(title, tuple(items), f"The log has {searches}.")


@handles(ReadPlea)
def read_plea(session: Session, action: ReadPlea) -> Result:
    """Open the cable at the plea."""
    plea = action.plea
    hiding = (HideBookmarks(),) if session.bookmarks_view is not None else ()
    going = effects.GoToCable(plea.canonical_id, plea.paragraph)
    said = effects.Notify("E, then S, goes on with the sealed dossier.")
    return session, (*hiding, going, said)


class TakeMarks(Request, LibraryWrite):
    """Take in the bookmarks of the dossier that is open; answered by `LibraryChanged`."""


_SHOWN = 12
"""Digits of a seal that are shown where there is no room for all."""
_COMPARED = 8 << 20
"""Bytes of a dossier whose members are compared before it is shown: about a second, 500 cables."""


def marks_menu(title: str, sentence: str, count: int, lists: tuple[str, ...]) -> effects.AskMenu:
    """What a sealed dossier says of itself; it has bookmarks that the reader does not have."""
    named = f", in the list {', '.join(lists)}" if lists else ""
    bookmarks = counted(count, "bookmark")
    items = (
        MenuItem("n", "only read", effects.Notify("Its bookmarks stay in the dossier.")),
        MenuItem("t", f"take in {bookmarks}", TakeMarks()),
    )
    note = f"{sentence}. It has {bookmarks} that you do not have{named}."
    return effects.AskMenu(f"Sealed dossier: {title}", items, note)


def said_of(file: Path, library: Library) -> Iterator[Action]:
    """What a reader is told who opens a file; nothing where it is no sealed dossier."""
    from cable_tui.exports.sealed import zip_file

    if not (file.is_file() and zip_file.is_sealed(file)):
        return
    from cable_tui.exports.sealed import checking  # other archives need none of it

    try:
        found = checking.check(file, most=_COMPARED)
        words = checking.in_words(found)
        if found.faults or found.manifest is None:
            yield effects.Notify(f"{file.name}: {words}. `cable-tui verify` says where.", "error")
            return
        bundle = checking.unchecked_marks_of(file)
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
        return
    sentence = f"{words[0].upper()}{words[1:]}, seal {found.seal.sha256[:_SHOWN]}…"
    if not found.is_read:
        sentence += "; `cable-tui verify` compares what it says"
    known: set[str] = set()
    with suppress(LibraryError):  # opening an archive says so
        known = {mark.uid for mark in library.marks()}
    new = [mark for mark in bundle.marks if mark.uid not in known]
    if new:
        yield marks_menu(found.manifest.title, sentence, len(new), tuple(bundle.lists))
    else:
        yield effects.Notify(f"{found.manifest.title}: {sentence}")


@changes_library(TakeMarks)
def _take_marks(services: Services, _effect: TakeMarks) -> str:
    from cable_tui.exports.sealed import checking  # other archives need none of it

    merged = services.library.import_bundle(checking.marks_of(services.archive.root))
    here = f", {merged.same:,} were here" if merged.same else ""
    return f"{counted(merged.added, 'bookmark')} taken in{here}"


@performs(SurveySealing)
def _survey(services: Services, effect: SurveySealing, cancelled: Cancelled) -> Actions:
    """Find what the cables of a dossier ask to protect, and count the searches of the log."""
    from cable_tui.archive.sealing import ArchiveSources, finder  # few exports are sealed
    from cable_tui.exports.sealed import search_log, survey

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
    with ArchiveSources(services.archive) as sources:
        found = survey.Survey()
        if not chosen.protected:
            found = survey.survey(cables.values(), chosen.masks, sources.is_common)
        names = found.all_names(sources.is_common)
    log = search_log.of_archive(services.library.path, services.archive.root)
    size = search_log.size(log, finder(services.archive, cables), cancelled)
    pleas = (
        PleaToAnswer(each.place, each.at.canonical_id, each.at.paragraph or None, each.quote)
        for each in found.unresolved
    )
    if not cancelled():
        yield SealingSurveyed(
            replace(chosen, masks=found.masks, file_title=names.masked_as_typed(chosen.title)),
            tuple(pleas),
            found.summary,
            size.words if size.searches else "",
        )
