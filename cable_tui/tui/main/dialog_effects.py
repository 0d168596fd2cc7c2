"""Effects that open a dialog. Menus and prompts contain their texts and the resulting actions.

Prompts, and all pages except the bookmarks, are imported when they are first opened, so that the
first keys are not delayed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.features import body_cursor, bookmarks, bookmarks_screen, goto, sidebar
from cable_tui.session.features.external_programs import RunProgram
from cable_tui.session.features.sidebar_sections import MOST_VALUES, all_values
from cable_tui.session.registry import OnScreen
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.dialogs.pickers import Checklist, Menu, ValuePicker, theme_menu
from cable_tui.tui.main.screen_effects import run_external_program
from cable_tui.tui.pages.bookmarks_page import BookmarksScreen
from cable_tui.tui.widgets.host import in_browser

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View


def _bookmarks(view: View, _effect: bookmarks_screen.ShowBookmarks) -> None:
    view.app.push_screen(BookmarksScreen(view.dispatch))


def _hide_bookmarks(view: View, _effect: bookmarks_screen.HideBookmarks) -> None:
    if isinstance(view.app.screen, BookmarksScreen):
        view.app.screen.close()


def _menu(view: View, asked: effects.AskMenu) -> None:
    view.open_menu(Menu(asked.title, asked.items, asked.note, asked.start))


def _line(view: View, asked: effects.AskLine) -> None:
    from cable_tui.tui.dialogs.prompts import NameBox

    def take(line: str | None) -> None:
        if line is not None:
            view.dispatch(asked.typed(line))

    if asked.is_path and not asked.proposed:
        asked = replace(asked, proposed=f"{Path.cwd()}/")
    view.app.push_screen(NameBox(asked), take)


def _file(view: View, asked: effects.AskFile) -> None:
    """Ask for the file to write, or, in a browser, for the name of the download."""
    question, proposed_path = f"Write {asked.what} to", str(Path.cwd() / asked.name)
    if in_browser(view.app):
        question, proposed_path = f"Download {asked.what} as", asked.name
    _line(view, effects.AskLine(question, proposed_path, asked.named))


def _ticks(view: View, asked: effects.AskTicks) -> None:
    def take(taken: tuple[str, ...] | None) -> None:
        if taken:
            view.dispatch(asked.ticked(taken))

    view.app.push_screen(Checklist(asked.title, asked.lines), take)


def _note(view: View, effect: bookmarks.AskNote) -> None:
    from cable_tui.tui.dialogs.prompts import NoteBox

    draft = effect.draft

    note_text = draft.mark.note if effect.text is None else effect.text
    # The panes give way to the box, so that what the note is about stays in sight.
    view.add_class("-noting")
    if view.session.in_cable:
        view.call_after_refresh(view.dispatch, body_cursor.StepParagraph(0))

    def edit(text: str) -> str | None:
        return run_external_program(view, RunProgram("editor", draft.title, text))

    note_box = NoteBox(
        draft.title,
        note_text,
        lambda text: view.dispatch(bookmarks.KeepNote(draft, text)),
        lambda text: view.dispatch(bookmarks.DiscardNote(draft, text)),
        draft.others,
        None if in_browser(view.app) else edit,
    )

    def left(_: None) -> None:
        view.remove_class("-noting")

    view.app.push_screen(note_box, left)


def _list_note(view: View, effect: bookmarks_screen.AskListNote) -> None:
    from cable_tui.tui.dialogs.prompts import NoteBox

    view.app.push_screen(
        NoteBox(effect.title, effect.text, lambda text: view.dispatch(effect.written(text)))
    )


def _list(view: View, effect: bookmarks.AskList) -> None:
    from cable_tui.tui.dialogs.prompts import BY_NUMBER, PRIVATE, SEVERAL, ListPicker

    put_by_number = effect.put_by_number

    def add(given: str | None) -> None:
        if given and put_by_number and given.startswith(BY_NUMBER):
            view.dispatch(put_by_number(given.removeprefix(BY_NUMBER), False))
        elif given and effect.change and given.startswith(SEVERAL):
            signed_names = given.removeprefix(SEVERAL).split(SEVERAL)
            put, taken_out = (
                tuple(name[1:] for name in signed_names if name.startswith(sign)) for sign in "+-"
            )
            private = frozenset(name[1:] for name in put if name.startswith(PRIVATE))
            put = tuple(name.removeprefix(PRIVATE) for name in put)
            view.dispatch(effect.change(put, taken_out, private))
        elif given:
            list_name = given.removeprefix(PRIVATE)
            view.dispatch(effect.put(list_name, list_name != given))

    is_numbered = put_by_number is not None
    picker = ListPicker(
        effect.title,
        effect.lists,
        shared=effect.shared,
        numbered=is_numbered,
        inside=effect.inside if effect.change else None,
        notes=effect.notes,
    )
    view.app.push_screen(picker, add)


def _values(view: View, effect: sidebar.ShowValues) -> None:
    reversed_sections = view.session.sidebar.turned
    section_title, section_items = all_values(view.session, effect.section)

    def take(value: str | None) -> None:
        if value is not None:
            chosen_section = next((item.facet for item in section_items if item.value == value), "")
            view.dispatch(sidebar.PickFacetValue(chosen_section or effect.section, value))

    if (
        effect.section == "origin"
        and len(section_items) > MOST_VALUES
        and "origin" not in reversed_sections
    ):
        # The regions first: the posts of one are not listed below it here.
        section_items = sorted(
            section_items, key=lambda item: (not item.facet, item.label.casefold())
        )
    if section_items:
        view.app.push_screen(ValuePicker(section_title, section_items), take)


def _leave(view: View, _effect: effects.LeaveDialog) -> None:
    if isinstance(view.app.screen, Modal):
        view.app.screen.give_way()


def _themes(view: View, _effect: goto.ChooseTheme) -> None:
    view.open_menu(theme_menu(list(view.app.available_themes), view.app.theme))


ON_SCREEN: OnScreen = {
    bookmarks_screen.ShowBookmarks: _bookmarks,
    bookmarks_screen.HideBookmarks: _hide_bookmarks,
    effects.AskMenu: _menu,
    effects.LeaveDialog: _leave,
    effects.AskLine: _line,
    effects.AskFile: _file,
    effects.AskTicks: _ticks,
    bookmarks.AskNote: _note,
    bookmarks.AskList: _list,
    bookmarks_screen.AskListNote: _list_note,
    sidebar.ShowValues: _values,
    goto.ChooseTheme: _themes,
}
