"""The menus of the room: what stands in each, and what a line does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from cable_tui.cable import Reference, Source, Span
from cable_tui.exports.chain.formats import CHAIN_FORMATS
from cable_tui.exports.copy_table import EXPORTS
from cable_tui.exports.lists import FORMATS, SEALED
from cable_tui.exports.plain_text import source_label
from cable_tui.exports.sealed.manifest import Texts
from cable_tui.library import Mark
from cable_tui.query.model import SORTS
from cable_tui.reports.table import REPORTS
from cable_tui.session import effects
from cable_tui.session.feature_state import ExportJob, ExportSelection, OpenSealing
from cable_tui.session.features import (
    bookmarks,
    bookmarks_screen,
    chain,
    check_draft,
    copy,
    export,
    external_programs,
    goto,
    opened_cable,
    pages,
    panes,
    query_edits,
    results,
    sealing,
    search_bar,
)
from cable_tui.session.values import Action
from cable_tui.text.numbers import counted
from cable_tui.tui.base.theme import THEMES
from cable_tui.tui.commands.model import WidgetAction
from cable_tui.tui.dialogs.menu import Menu, MenuItem
from cable_tui.value import replace

NOTES, NOTE = 3, 60
"""Notes that are shown before they are taken away, and how much of each."""

PLEAS, QUOTE = 200, 40
"""Pleas that are listed, and how many characters of each."""


def numbered(lines: Iterable[tuple[str, Action, str]]) -> list[MenuItem]:
    """Lines with a label, an action and a detail; the first nine have their number as key."""
    return [
        MenuItem(str(number) if number < 10 else "", *line) for number, line in enumerate(lines, 1)
    ]


def copy_menu(what: str, source: str = "", span: Span | None = None) -> Menu:
    """The copy formats; and the record that is read, where there are others.

    With a `span` it is that part of the body which is copied.
    """
    choices = [
        MenuItem(each.key, each.label, copy.Copy(each.name, span)) for each in EXPORTS.values()
    ]
    if source:
        choices.append(
            MenuItem("o", "read another record of it", opened_cable.ChooseRecord(), f"now {source}")
        )
    return Menu(f"Copy {what}", choices)


def record_menu(sources: Sequence[Source]) -> Menu:
    """The records of a cable, by their numbers; the first of `sources` is read now."""
    now = sources[0].number
    lines = (
        (
            each.format,
            opened_cable.ReadRecord(each.number),
            f"{'now · ' if each.number == now else ''}{source_label(each)}",
        )
        for each in sorted(sources, key=lambda each: each.number)
    )
    return Menu("Read which record?", numbered(lines))


def reference_menu(references: Iterable[Reference]) -> Menu:
    """The references of a paragraph or REF line."""
    named = ((each.reference_id or "", each) for each in references)
    lines = ((name, effects.GoToCable(name), _state(each)) for name, each in named)
    return Menu("Open which cable?", numbered(lines))


def _state(reference: Reference) -> str:
    label = f"{reference.label}. " if reference.label else ""
    here = {True: "", False: " · not here", None: ""}[reference.in_archive]
    return f"{label}{reference.text}{' ?' if reference.year_inferred else ''}{here}"


def source_menu(reference: str, files: Sequence[str], address: str, *, can_open: bool) -> Menu:
    """Where a cable is from, and what can be done with that."""
    choices = []
    if address and can_open:
        choices.append(
            MenuItem(
                "o",
                "open the address in a browser",
                external_programs.OpenBrowser(address),
                address,
            )
        )
    if address:
        choices.append(
            MenuItem(
                "y", "copy the address", external_programs.CopyText(address, "address"), address
            )
        )
    for number, file in enumerate(files, 1):
        key = "f" if number == 1 else str(number) if number < 10 else ""
        choices.append(
            MenuItem(key, "copy the path", external_programs.CopyText(file, "path"), file)
        )
    note = files[0] if files else "Its file is not known any more."
    return Menu(f"Source of {reference}", choices, note)


def missing_menu(reference: str) -> Menu:
    """A cable that is not here: what can be done."""
    citing = search_bar.SearchFor(f"cites:{reference} ")
    choices = [
        MenuItem("c", "list the cables here that cite it", citing),
        MenuItem("y", "copy its link", copy.CopyLink(reference)),
    ]
    return Menu(reference, choices, f"{reference} is not in this archive.")


def export_menu(chosen: ExportSelection, waiting: OpenSealing | None = None) -> Menu:
    """The forms of a file; `waiting` is a sealed dossier to go on with."""
    choices = [
        MenuItem(each.key, each.name, export.AskExportFile(chosen, each.name), each.label)
        for each in FORMATS.values()
    ]
    label = "a dossier with the texts, in which any change shows"
    choices.append(MenuItem("s", SEALED, export.AskSealedParts(chosen), label))
    if waiting is not None:
        detail = f"the sealed dossier of {waiting.chosen.label}"
        again = sealing.PrepareSealing(replace(waiting.chosen, unresolved=False))
        choices.insert(0, MenuItem("S", "go on", again, detail))
    if chosen.list is not None:
        taken = "for `cable-tui marks import` elsewhere"
        choices.append(
            MenuItem("M", export.MARKS_FORM, export.AskExportFile(chosen, export.MARKS_FORM), taken)
        )
    return Menu(f"Export {chosen.label} as", choices)


def sealed_menu(chosen: ExportSelection) -> Menu:
    """What of the cables is sealed."""

    def item(key: str, texts: Texts, label: str, *, protected: bool) -> MenuItem:
        wanted = replace(chosen, texts=texts, protected=protected)
        detail = "protected names shown" if protected else "protected names masked"
        return MenuItem(key, label, sealing.PrepareSealing(wanted), detail)

    choices = [
        item("w", "whole", "whole texts", protected=False),
        item("p", "paragraphs", "bookmarked paragraphs only", protected=False),
        item("W", "whole", "whole texts", protected=True),
        item("P", "paragraphs", "bookmarked paragraphs only", protected=True),
    ]
    return Menu(f"Seal {chosen.label} with", choices)


def pleas_menu(surveyed: sealing.SealingSurveyed) -> Menu:
    """Pleas that are not resolved: each can be read, and all can be answered."""
    chosen, found = surveyed.chosen, surveyed.unresolved
    as_it_is = sealing.PrepareSealing(replace(chosen, unresolved=True))
    choices = [
        MenuItem("m", "mask words", sealing.AskMask(chosen), "a name near a place answers it"),
        MenuItem("u", "unresolved", as_it_is, "write it as it is; the dossier says so"),
    ]
    note = f"{surveyed.said}. Enter reads a place; E, then S, goes on."
    if chosen.masks:
        forgotten = sealing.PrepareSealing(replace(chosen, masks=()), forget=True)
        words = ", ".join(chosen.masks)
        choices.append(MenuItem("f", "forget words", forgotten, words))
    first = len(choices)
    choices += (
        MenuItem("", each.place, sealing.ReadPlea(chosen, each), _end_of(each.quote))
        for each in found[:PLEAS]
    )
    if len(found) > PLEAS:
        note = f"{note} The first {PLEAS}; `cable-tui export` lists more."
    title = f"{counted(len(found), 'plea')} could not be resolved"
    return Menu(title, choices, note, start=first)


def _end_of(quote: str) -> str:
    """The last words of a quotation, which are what it is about."""
    return quote if len(quote) <= QUOTE else f"…{quote[-QUOTE:]}"


def sealed_log_menu(chosen: ExportSelection, searches: str) -> Menu:
    """Whether a dossier has the searches of the log."""
    choices = [
        MenuItem(key, label, export.AskExportFile(replace(chosen, log=log), SEALED))
        for key, label, log in (("n", "no searches", False), ("l", "the searches", True))
    ]
    return Menu("Seal the searches of your log too?", choices, f"The log has {searches}.")


def offered_marks_menu(offer: sealing.AskTakeMarks) -> Menu:
    """A sealed dossier with bookmarks that the reader does not have."""
    lists = f", in the list {', '.join(offer.lists)}" if offer.lists else ""
    choices = [
        MenuItem("n", "only read", effects.Notify("Its bookmarks stay in the dossier.")),
        MenuItem("t", f"take in {counted(offer.count, 'bookmark')}", sealing.TakeMarks()),
    ]
    note = (
        f"{offer.sentence}. It has {counted(offer.count, 'bookmark')} that you do not have{lists}."
    )
    return Menu(f"Sealed dossier: {offer.title}", choices, note)


def chain_menu(label: str) -> Menu:
    """The forms of a file of a chain."""
    choices = [
        MenuItem(each.key, each.name, chain.AskChainFile(each.name), each.label)
        for each in CHAIN_FORMATS.values()
    ]
    return Menu(f"Export {label} as", choices)


def over_menu(file: str, again: Action, over: Action) -> Menu:
    """A file of this name is there."""
    choices = [
        MenuItem("n", "another name", again),
        MenuItem("r", "replace it", over),
    ]
    return Menu("Export", choices, f"{file} is there already.")


def stop_menu(job: ExportJob) -> Menu:
    """A file is being written."""
    choices = [MenuItem("s", "stop it", export.StopExport())]
    return Menu("Export", choices, f"{job.label}: a file is being written.")


def sort_menu(now: str) -> Menu:
    """The orders of the list."""
    choices = [
        MenuItem(key, meaning, query_edits.SortBy(name), "· now" if name == now else "")
        for name, (key, meaning) in SORTS.items()
    ]
    turn = MenuItem(",", "the other way round", results.ReverseOrder())
    return Menu("Order of the list", [*choices, turn])


def theme_menu(names: Sequence[str], now: str) -> Menu:
    """The colours, the program's own first."""
    own = [theme.name for theme in THEMES]
    others = sorted(name for name in names if name not in own)
    choices = [
        MenuItem("", name, goto.SetTheme(name), "· now" if name == now else "")
        for name in (*own, *others)
    ]
    return Menu("Colours", choices)


def rescue_menu(sentence: str) -> Menu:
    """A damaged library was rescued."""
    choices = [
        MenuItem("k", "keep what was rescued", effects.Notify("Kept.")),
        MenuItem("n", "begin with none; the damaged file and its copies stay", bookmarks.Undo()),
    ]
    return Menu("Bookmarks and notes", choices, sentence)


def own_name_menu(asked: bookmarks.AskOwnName) -> Menu:
    """Bookmarks were made here under another name."""
    name, count = asked.name, counted(asked.count, "bookmark")
    sentence = (
        "If they are, B on their places shows your notes again. They stay signed as they are."
    )
    if asked.from_elsewhere:
        sentence += (
            f" {asked.from_elsewhere:,} of them came from elsewhere, maybe from another {name}: "
            "they would count as yours, too."
        )
    choices = [
        MenuItem("y", "yes; u undoes", bookmarks.AnswerOwnName(asked.name, mine=True)),
        MenuItem("n", "no, somebody else's", bookmarks.AnswerOwnName(asked.name, mine=False)),
    ]
    return Menu(f"{count} by {name}: yours?", choices, sentence)


def removal_menu(marks: Sequence[Mark]) -> Menu:
    """Bookmarks with notes or in lists, which a reader wants to take away."""
    what = marks[0].name if len(marks) == 1 else f"{len(marks):,} bookmarks"
    choices = [
        MenuItem("k", "keep", effects.Notify("Kept.")),
        MenuItem("t", "take away; u brings it back", bookmarks.RemoveMarks(tuple(marks))),
    ]
    return Menu(f"Take away {what}", choices, _goes(marks))


def _goes(marks: Sequence[Mark]) -> str:
    """What bookmarks have that goes with them."""
    notes = [" ".join(mark.note.split()) for mark in marks if mark.note]
    lists = Counter(name for mark in marks for name in mark.lists)
    shown = ", ".join(f"“{_cut(note)}”" for note in notes[:NOTES])
    more = f" and {len(notes) - NOTES:,} more" if len(notes) > NOTES else ""
    places = ", ".join(name if len(marks) == 1 else f"{name} ({n:,})" for name, n in lists.items())
    gone = (
        f"the note{'' if len(notes) == 1 else 's'} {shown}{more}" if notes else "",
        f"the place{'' if lists.total() == 1 else 's'} in {places}" if lists else "",
    )
    return f"What goes with {'it' if len(marks) == 1 else 'them'}: {'; '.join(filter(None, gone))}."


def _cut(note: str) -> str:
    return note if len(note) <= NOTE else f"{note[: NOTE - 1]}…"


def go_menu(pane: str) -> Menu:
    """Where to go; `g g` is the top of this pane."""
    top: dict[str, Action | WidgetAction] = {
        "library": WidgetAction("library_ends", -1),
        "body": WidgetAction("body_ends", -1),
        "header": WidgetAction("header_ends", -1),
        "context": WidgetAction("context_ends", -1),
    }
    return Menu(
        "Go to",
        [
            MenuItem("g", "top of this pane", top.get(pane, results.MoveCursorTo(0))),
            MenuItem("l", "list of cables", panes.Focus("list")),
            MenuItem("f", "library", panes.Focus("library")),
            MenuItem("h", "header", panes.Focus("header")),
            MenuItem("b", "body", panes.Focus("body")),
            MenuItem("r", "references of this cable", WidgetAction("context_section", -1)),
            MenuItem("c", "cables that cite it", WidgetAction("context_section", 1)),
            *(
                MenuItem(line.key, line.label, pages.OpenPage(each, how=line.how))
                for each in REPORTS.values()
                for line in each.menu
            ),
            MenuItem("D", "a draft of yours beside its cables", check_draft.ChooseDraft()),
            MenuItem("p", "paragraph of this cable, by its number", goto.AskWhereTo("paragraph")),
            MenuItem("d", "date or range", goto.AskWhereTo("date")),
            MenuItem("m", "bookmarks", bookmarks_screen.OpenBookmarks()),
            MenuItem("n", "cables with a note of yours", goto.AskQuery("is:noted")),
            MenuItem("w", "cables that are new", goto.AskQuery("is:new")),
            MenuItem("s", "saved searches", goto.ShowSearches()),
            MenuItem("y", "places before this one", goto.ShowHistory()),
            MenuItem("i", "this archive", goto.ShowPage("archive")),
            MenuItem("v", "what was said so far", goto.ShowPage("notices")),
        ],
    )
