"""Effects that open a dialog: a menu is a row of `MENUS`, others have a function.

Dialogs are imported when one is opened: the first keys wait for none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.operating_system import files
from cable_tui.session import effects
from cable_tui.session.features import (
    bookmarks,
    bookmarks_screen,
    chain,
    check_draft,
    comparison,
    export,
    goto,
    opened_cable,
    query_edits,
    research_log,
    sealing,
    sidebar,
)
from cable_tui.session.registry import performs
from cable_tui.session.values import Action, Effect
from cable_tui.tui.base.host import in_browser
from cable_tui.value import replace

if TYPE_CHECKING:
    from cable_tui.tui.dialogs.menu import Menu
    from cable_tui.tui.main.view import View


MENUS: dict[type[Effect], Callable[[Any, Any], Menu]] = {
    bookmarks.AskRecovered: lambda menus, it: menus.rescue_menu(it.sentence),
    bookmarks.AskOwnName: lambda menus, it: menus.own_name_menu(it),
    bookmarks.AskRemoval: lambda menus, it: menus.removal_menu(it.marks),
    query_edits.AskSort: lambda menus, it: menus.sort_menu(it.now),
    opened_cable.AskRecord: lambda menus, it: menus.record_menu(it.sources),
    chain.AskChainFormat: lambda menus, it: menus.chain_menu(it.label),
    export.AskExportFormat: lambda menus, it: menus.export_menu(it.chosen, it.sealing),
    export.AskSealedParts: lambda menus, it: menus.sealed_menu(it.chosen),
    sealing.AskPleas: lambda menus, it: menus.pleas_menu(it.surveyed),
    sealing.AskSealedLog: lambda menus, it: menus.sealed_log_menu(it.chosen, it.searches),
    sealing.AskTakeMarks: lambda menus, it: menus.offered_marks_menu(it),
    export.AskStopExport: lambda menus, it: menus.stop_menu(it.export_job),
    effects.AskOver: lambda menus, it: menus.over_menu(it.file, it.again, it.over),
    effects.AskReference: lambda menus, it: menus.reference_menu(it.references),
    effects.OfferLink: lambda menus, it: menus.missing_menu(it.reference),
}
"""What makes the menu of an effect, of the module `menus` and the effect."""


def open_menu_of(view: View, effect: Effect) -> None:
    """Open the menu of an effect."""
    from cable_tui.tui.dialogs import menus

    view.open_menu(MENUS[type(effect)](menus, effect))


for _effect in MENUS:
    performs(_effect, "screen")(open_menu_of)


@performs(bookmarks_screen.ShowBookmarks, "screen")
def _bookmarks(view: View, _effect: bookmarks_screen.ShowBookmarks) -> None:
    from cable_tui.tui.dialogs.bookmarks_screen import BookmarksScreen

    view.app.push_screen(BookmarksScreen(view.dispatch))


@performs(bookmarks_screen.HideBookmarks, "screen")
def _hide_bookmarks(view: View, _effect: bookmarks_screen.HideBookmarks) -> None:
    from cable_tui.tui.dialogs.bookmarks_screen import BookmarksScreen

    if isinstance(view.app.screen, BookmarksScreen):
        view.app.screen.leave()


@performs(comparison.ShowComparison, "screen")
def _comparison(view: View, effect: comparison.ShowComparison) -> None:
    from cable_tui.tui.source_criticism.comparison import ComparisonPage

    if isinstance(view.app.screen, ComparisonPage):
        view.app.screen.show(effect.pair, effect.versions)
    else:
        view.app.push_screen(ComparisonPage(effect.pair, effect.versions, view.dispatch))


@performs(effects.AskLine, "screen")
def ask_line(view: View, asked: effects.AskLine) -> None:
    """Ask for one line, and dispatch what is made of it; without one nothing happens."""
    from cable_tui.tui.dialogs.prompts import NameBox

    def take(line: str | None) -> None:
        if line is not None:
            view.dispatch(asked.typed(line))

    view.app.push_screen(NameBox(asked), take)


@performs(effects.AskChoice, "screen")
def _choice(view: View, effect: effects.AskChoice) -> None:
    from cable_tui.tui.dialogs.menu import Menu
    from cable_tui.tui.dialogs.menus import numbered

    lines = numbered((label, does, detail) for label, detail, does in effect.choices)
    view.open_menu(Menu(effect.title, lines))


@performs(bookmarks.AskNote, "screen")
def _note(view: View, effect: bookmarks.AskNote) -> None:
    from cable_tui.tui.dialogs.prompts import NoteBox

    draft = effect.draft

    def keep(text: str) -> None:
        view.dispatch(bookmarks.KeepNote(draft, text))

    def discard(text: str) -> None:
        view.dispatch(bookmarks.DiscardNote(draft, text))

    text = draft.mark.note if effect.text is None else effect.text
    # The panes give way to the box, so that what the note is about stays in sight.
    view.add_class("-noting")
    if view.session.in_cable:
        view.call_after_refresh(view.cable.body.reveal)
    box = NoteBox(draft.title, text, keep, discard, draft.others)

    def left(_: None) -> None:
        view.remove_class("-noting")

    view.app.push_screen(box, left)


@performs(bookmarks.AskList, "screen")
def _list(view: View, effect: bookmarks.AskList) -> None:
    from cable_tui.tui.dialogs.prompts import PRIVATE, ListPicker

    def add(given: str | None) -> None:
        if given:
            name = given.removeprefix(PRIVATE)
            into = bookmarks.PutInList(effect.targets, effect.marks, name, name != given)
            view.dispatch(into)

    view.app.push_screen(ListPicker(effect.title, effect.lists, shared=effect.shared), add)


@performs(sidebar.ShowValues, "screen")
def _values(view: View, effect: sidebar.ShowValues) -> None:
    from cable_tui.tui.dialogs.filter_picker import ValuePicker
    from cable_tui.tui.sidebar.sections import MOST_VALUES, all_values

    turned = view.session.sidebar.turned
    title, items = all_values(view.session, effect.section)

    def take(value: str | None) -> None:
        if value is not None:
            section = next((each.facet for each in items if each.value == value), "")
            view.dispatch(sidebar.PickFacetValue(section or effect.section, value))

    if effect.section == "origin" and len(items) > MOST_VALUES and "origin" not in turned:
        # The regions first: the posts of one do not stand below it here.
        items = sorted(items, key=lambda item: (not item.facet, item.label.casefold()))
    if items:
        view.app.push_screen(ValuePicker(title, items), take)


@performs(query_edits.AskSpellings, "screen")
def _spellings(view: View, effect: query_edits.AskSpellings) -> None:
    from cable_tui.tui.dialogs.checklist import Checklist

    def take(taken: tuple[str, ...] | None) -> None:
        if taken:
            view.dispatch(query_edits.TakeSpellings(effect.word, taken))

    title = f"Spellings of {effect.word}"
    view.app.push_screen(Checklist(title, effect.spellings), take)


@performs(goto.ChooseTheme, "screen")
def _themes(view: View, _effect: goto.ChooseTheme) -> None:
    from cable_tui.tui.dialogs import menus

    view.open_menu(menus.theme_menu(list(view.app.available_themes), view.app.theme))


@performs(chain.AskChainFile, "screen")
def _chain_file(view: View, effect: chain.AskChainFile) -> None:
    from cable_tui.exports.chain.formats import CHAIN_FORMATS
    from cable_tui.exports.files import file_name

    shown = chain.chain_shown(view.session)
    start = shown.start if shown else ""
    name = file_name(f"chain {start}", CHAIN_FORMATS[effect.form].extension)
    ask_file(view, partial(chain.ChainFileNamed, effect.form), "the chain", name)


@performs(check_draft.ShowDraftPage, "screen")
def _draft(view: View, _effect: check_draft.ShowDraftPage) -> None:
    from cable_tui.tui.drafts.draft_page import DraftPage

    page = DraftPage(view.dispatch)
    page.show(view.session.draft)
    view.app.push_screen(page)


@performs(check_draft.AskDraft, "screen")
def _ask_draft(view: View, effect: check_draft.AskDraft) -> None:
    note = "Markdown, text, HTML, .docx or .odt: its quotations are looked for here"
    proposed = effect.proposed or f"{Path.cwd()}/"

    def typed(line: str) -> Action:
        return check_draft.OpenDraft(str(files.typed_path(line)))

    ask_line(view, effects.AskLine("Check which draft?", proposed, typed, note))


@performs(research_log.AskLogFile, "screen")
def _log_file(view: View, _effect: research_log.AskLogFile) -> None:
    ask_file(view, research_log.WriteResearchLog, "the searches", "methods.md")


@performs(sealing.AskMask, "screen")
def _mask(view: View, effect: sealing.AskMask) -> None:
    def typed(words: str) -> Action:
        masks = (*effect.chosen.masks, words)
        return sealing.PrepareSealing(replace(effect.chosen, masks=masks))

    note = "A name, or a phrase: it is masked in all its forms, in the whole dossier."
    ask_line(view, effects.AskLine("Mask which words?", "", typed, note))


@performs(export.AskExportFile, "screen")
def _export_file(view: View, effect: export.AskExportFile) -> None:
    from cable_tui.exports.files import file_name
    from cable_tui.exports.lists import FORMATS, SEALED

    others = {export.MARKS_FORM: "json", SEALED: "zip"}
    extension = others.get(effect.form) or FORMATS[effect.form].extension
    named = partial(export.ExportFileNamed, effect.chosen, effect.form)
    title = effect.chosen.file_title or effect.chosen.title
    ask_file(view, named, effect.chosen.label, file_name(title, extension))


def ask_file(view: View, named: Callable[[str], Action], what: str, name: str) -> None:
    """Ask where to write something: in this folder, or in a browser as a download."""
    if in_browser(view.app):
        asked = effects.AskLine(f"Download {what} as", name, named)
    else:
        asked = effects.AskLine(f"Write {what} to", str(Path.cwd() / name), named)
    ask_line(view, asked)
