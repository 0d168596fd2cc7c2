"""Effects that ask the reader: for a note, a name, a list, a form, a place.

Boxes and menus are imported when one is asked for: the first list on the screen waits for none.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.session import (
    Effect,
    citing,
    exporting,
    going,
    mending,
    notebook,
    shelf,
    shelving,
    sorting,
)

if TYPE_CHECKING:
    from cable_tui.tui.screen import Room


def _shelf(room: Room, effect: shelf.ShowShelf) -> None:
    from cable_tui.tui.marks_screen import MarksScreen

    del effect
    room.app.push_screen(MarksScreen(room.dispatch))


def _note(room: Room, effect: notebook.AskNote) -> None:
    from cable_tui.tui.boxes import NoteBox

    noting = effect.noting

    def keep(text: str) -> None:
        room.dispatch(notebook.KeepNote(noting, text))

    room.app.push_screen(NoteBox(noting.title, noting.mark.note, keep))


def _list(room: Room, effect: notebook.AskList) -> None:
    from cable_tui.tui.boxes import ListPicker

    def put(name: str | None) -> None:
        if name:
            room.dispatch(notebook.ListChosen(effect.targets, effect.marks, name))

    room.app.push_screen(ListPicker(effect.title, effect.lists), put)


def _list_name(room: Room, effect: shelf.AskListName) -> None:
    from cable_tui.tui.boxes import NameBox

    def rename(name: str | None) -> None:
        if name:
            room.dispatch(shelf.NameList(name))

    room.app.push_screen(NameBox(f"Another name for {effect.list}", effect.list), rename)


def _rescue(room: Room, effect: notebook.AskRescue) -> None:
    from cable_tui.tui import menus

    room.bring(menus.rescue_menu(effect.sentence))


def _removal(room: Room, effect: notebook.AskRemoval) -> None:
    from cable_tui.tui import menus

    room.bring(menus.removal_menu(effect.marks))


def _search_name(room: Room, effect: notebook.AskSearchName) -> None:
    from cable_tui.tui.boxes import NameBox

    def save(name: str | None) -> None:
        if name:
            room.dispatch(notebook.SaveSearch(name))

    room.app.push_screen(NameBox("Save this search as", effect.proposed), save)


def _values(room: Room, effect: shelving.ShowValues) -> None:
    from cable_tui.tui.shelves import FIRST, all_values
    from cable_tui.tui.value_picker import ValuePicker

    def take(value: str | None) -> None:
        if value is not None:
            room.dispatch(shelving.Pick(effect.section, value))

    turned = room.session.shelving.turned
    title, items = all_values(room.session, effect.section)
    if effect.section == "origin" and len(items) > FIRST and "origin" not in turned:
        # They stand by region, and no region is said here.
        items = sorted(items, key=lambda item: item.label.casefold())
    if items:
        room.app.push_screen(ValuePicker(title, items), take)


def _sort(room: Room, effect: sorting.AskSort) -> None:
    from cable_tui.tui import menus

    room.bring(menus.sort_menu(effect.now))


def _part(room: Room, effect: mending.AskPart) -> None:
    from cable_tui.tui import menus

    room.bring(menus.part_menu(effect.reasons))


def _spellings(room: Room, effect: mending.AskSpellings) -> None:
    from cable_tui.tui.ticks import TickBox

    def take(taken: tuple[str, ...] | None) -> None:
        if taken:
            room.dispatch(mending.TakeSpellings(effect.word, taken))

    title = f"Spellings of {effect.word}"
    room.app.push_screen(TickBox(title, effect.spellings), take)


def _where_to(room: Room, effect: going.AskWhere) -> None:
    from cable_tui.tui.boxes import NameBox

    def go(text: str | None) -> None:
        if text:
            room.dispatch(going.Typed(effect.what, text))

    titles = {"paragraph": "To which paragraph?", "date": "Cables of which date or range?"}
    notes = {"paragraph": "", "date": "2009, 2008-03, 2008-03..2009-02-13, ..2007"}
    room.app.push_screen(NameBox(titles[effect.what], "", notes[effect.what]), go)


def _places(room: Room, effect: going.ListPlaces) -> None:
    from cable_tui.tui import menus

    room.bring(menus.places_menu(effect.places))


def _saved(room: Room, effect: going.ListSaved) -> None:
    from cable_tui.tui import menus

    room.bring(menus.saved_menu(effect.searches))


def _themes(room: Room, effect: going.AskTheme) -> None:
    from cable_tui.tui import menus

    del effect
    room.bring(menus.theme_menu(list(room.app.available_themes), room.app.theme))


def _source(room: Room, effect: citing.AskSource) -> None:
    from cable_tui.tui import menus

    room.bring(menus.record_menu(effect.sources, effect.now))


def _export_form(room: Room, effect: exporting.AskFormat) -> None:
    from cable_tui.tui import menus

    room.bring(menus.export_menu(effect.chosen))


def _export_file(room: Room, effect: exporting.AskFile) -> None:
    from cable_tui.exports import FORMATS
    from cable_tui.exports.files import file_name
    from cable_tui.tui.boxes import NameBox

    def write(file: str | None) -> None:
        if file:
            room.dispatch(exporting.FileNamed(effect.chosen, effect.form, file))

    extension = "json" if effect.form == exporting.MARKS else FORMATS[effect.form].extension
    name = file_name(effect.chosen.title, extension)
    room.app.push_screen(NameBox(f"Write {effect.chosen.told} to", str(Path.cwd() / name)), write)


def _export_over(room: Room, effect: exporting.AskOver) -> None:
    from cable_tui.tui import menus

    room.bring(menus.over_menu(effect.named))


def _export_stop(room: Room, effect: exporting.AskStop) -> None:
    from cable_tui.tui import menus

    room.bring(menus.stop_menu(effect.job))


SHOWERS: dict[type[Effect], Callable[[Room, Any], None]] = {
    citing.AskSource: _source,
    exporting.AskFormat: _export_form,
    exporting.AskFile: _export_file,
    exporting.AskOver: _export_over,
    exporting.AskStop: _export_stop,
    notebook.AskNote: _note,
    notebook.AskRescue: _rescue,
    notebook.AskRemoval: _removal,
    shelf.ShowShelf: _shelf,
    shelf.AskListName: _list_name,
    going.AskWhere: _where_to,
    going.ListPlaces: _places,
    going.ListSaved: _saved,
    going.AskTheme: _themes,
    sorting.AskSort: _sort,
    mending.AskPart: _part,
    mending.AskSpellings: _spellings,
    shelving.ShowValues: _values,
    notebook.AskList: _list,
    notebook.AskSearchName: _search_name,
}
