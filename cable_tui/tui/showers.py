"""SHOWERS: effects that open a menu or a screen, or that only a widget can do.

Menus are imported when one is asked for: the first list on the screen waits for none. A new one is
one function in its feature's module and one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.session import (
    Effect,
    choosing,
    effects,
    explaining,
    exporting,
    mending,
    missing,
    notebook,
    problems,
    shelf,
    shelving,
    sorting,
    upkeep,
)
from cable_tui.tui import handing, links, paint
from cable_tui.tui.commands import where_of

if TYPE_CHECKING:
    from cable_tui.tui.screen import Room


def _quit(room: Room, effect: effects.Quit) -> None:
    del effect
    room.app.exit(0)


def _chosen(room: Room, effect: choosing.Chosen) -> None:
    from cable_tui.tui.app import CableTui

    if isinstance(room.app, CableTui) and room.outside is not None:
        rows = room.outside.rows(effect.ids)
        room.app.chosen = [rows[id_].reference_id for id_ in effect.ids if id_ in rows]
        room.app.exit(0)


def _notify(room: Room, effect: effects.Notify) -> None:
    room.notify(effect.sentence, severity=effect.severity, markup=False)


def _land(room: Room, effect: effects.Land) -> None:
    room.call_after_refresh(paint.land, room, effect.landing)


def _which(room: Room, effect: effects.AskWhich) -> None:
    from cable_tui.tui import menus

    room.bring(menus.reference_menu(effect.references))


def _offer_link(room: Room, effect: effects.OfferLink) -> None:
    from cable_tui.tui import menus

    room.bring(menus.missing_menu(effect.reference))


def _menu(room: Room, effect: effects.ShowMenu) -> None:
    _MENUS[effect.what](room)


def _copy_menu(room: Room) -> None:
    from cable_tui.tui import menus

    session = room.session
    cable, here = session.cable, session.here
    named = f"¶{here.label}" if here and here.label else cable.reference_id if cable else ""
    if cable and here is None and (refs := links.cited(cable, session.stop)):
        named = f"ref. {', '.join(ref.label or '' for ref in refs)}"
    room.bring(menus.copy_menu(named if session.in_cable else "this cable"))


def _go_menu(room: Room) -> None:
    from cable_tui.tui import menus

    room.bring(menus.go_menu(room.session.pane))


def _help(room: Room) -> None:
    from cable_tui.tui.help import Help

    room.app.push_screen(Help(where_of(room.session), room.session.pane))


def _explained(room: Room, effect: explaining.ShowExplained) -> None:
    from cable_tui.tui.explained import Explained

    room.app.push_screen(Explained(effect))


def _problems(room: Room, effect: problems.ShowProblems) -> None:
    from cable_tui.tui import menus

    room.bring(menus.problems_menu(effect.found))


def _raw(room: Room, effect: problems.ShowRaw) -> None:
    from cable_tui.tui.raw_text import RawText

    room.app.push_screen(RawText(effect))


def _missing(room: Room, effect: missing.ShowMissing) -> None:
    from cable_tui.tui import menus

    room.bring(menus.missing_list(effect.found, effect.more))


def _palette(room: Room) -> None:
    room.app.action_command_palette()


def _shelf(room: Room, effect: shelf.ShowShelf) -> None:
    from cable_tui.tui.marks_screen import MarksScreen

    del effect
    room.app.push_screen(MarksScreen(room.dispatch))


def _note(room: Room, effect: notebook.AskNote) -> None:
    from cable_tui.tui.boxes import NoteBox

    noting = effect.noting

    def keep(text: str | None) -> None:
        if text is not None:
            room.dispatch(notebook.KeepNote(noting, text))

    room.app.push_screen(NoteBox(noting.title, noting.text), keep)


def _list(room: Room, effect: notebook.AskList) -> None:
    from cable_tui.tui.boxes import ListPicker

    def put(name: str | None) -> None:
        if name:
            room.dispatch(notebook.ListChosen(effect.targets, effect.mark_ids, name))

    room.app.push_screen(ListPicker(effect.title, effect.lists), put)


def _search_name(room: Room, effect: notebook.AskSearchName) -> None:
    from cable_tui.tui.boxes import NameBox

    def save(name: str | None) -> None:
        if name:
            room.dispatch(notebook.SaveSearch(name))

    room.app.push_screen(NameBox("Save this search as", effect.proposed), save)


def _values(room: Room, effect: shelving.ShowValues) -> None:
    from cable_tui.tui.shelves import all_values
    from cable_tui.tui.value_picker import ValuePicker

    def take(value: str | None) -> None:
        if value is not None:
            room.dispatch(shelving.Pick(effect.section, value))

    title, items = all_values(room.session, effect.section)
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


def _later(room: Room, effect: effects.Later) -> None:
    room.set_timer(effect.seconds, partial(room.dispatch, effect.action))


def _remember(room: Room, effect: effects.Remember) -> None:
    from cable_tui.settings import remember
    from cable_tui.tui.app import CableTui

    if isinstance(room.app, CableTui):
        remember(room.app.paths.choices, effect.choice, effect.value)


def _build(room: Room, effect: upkeep.StartBuilder) -> None:
    from cable_tui.tui.app import CableTui

    del effect
    if isinstance(room.app, CableTui):
        room.app.build()


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

    name = file_name(effect.chosen.title, FORMATS[effect.form].extension)
    room.app.push_screen(NameBox(f"Write {effect.chosen.told} to", str(Path.cwd() / name)), write)


def _export_over(room: Room, effect: exporting.AskOver) -> None:
    from cable_tui.tui import menus

    room.bring(menus.over_menu(effect.named))


def _export_stop(room: Room, effect: exporting.AskStop) -> None:
    from cable_tui.tui import menus

    room.bring(menus.stop_menu(effect.job))


_MENUS: dict[str, Callable[[Room], None]] = {
    "copy": _copy_menu,
    "go": _go_menu,
    "help": _help,
    "palette": _palette,
}
SHOWERS: dict[type[Effect], Callable[[Room, Any], None]] = {
    effects.Quit: _quit,
    choosing.Chosen: _chosen,
    effects.Notify: _notify,
    effects.Land: _land,
    effects.AskWhich: _which,
    effects.OfferLink: _offer_link,
    effects.ShowMenu: _menu,
    explaining.ShowExplained: _explained,
    missing.ShowMissing: _missing,
    problems.ShowProblems: _problems,
    problems.ShowRaw: _raw,
    effects.Later: _later,
    effects.Remember: _remember,
    upkeep.StartBuilder: _build,
    exporting.AskFormat: _export_form,
    exporting.AskFile: _export_file,
    exporting.AskOver: _export_over,
    exporting.AskStop: _export_stop,
    **handing.SHOWERS,
    notebook.AskNote: _note,
    shelf.ShowShelf: _shelf,
    sorting.AskSort: _sort,
    mending.AskPart: _part,
    mending.AskSpellings: _spellings,
    shelving.ShowValues: _values,
    notebook.AskList: _list,
    notebook.AskSearchName: _search_name,
}
"""By effect; an effect that is not here is performed in a thread."""
