"""SHOWERS: effects that open a menu or a screen, or that only a widget can do.

Menus are imported when one is asked for: the first list on the screen waits for none. A new one is
one function in its feature's module and one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from cable_tui.session import (
    Effect,
    Session,
    choosing,
    citing,
    effects,
    explaining,
    going,
    missing,
    picking,
    problems,
    upkeep,
)
from cable_tui.tui import asking, gestures, handing, links, paint
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
    cable = session.cable
    span = gestures.selected(room)
    named = "what is selected" if span else _named(session)
    several = session.in_cable and cable and len({each.format for each in cable.sources}) > 1
    room.bring(menus.copy_menu(named, citing.cited(session) if several else "", span))


def _named(session: Session) -> str:
    """What is copied where the mouse has selected nothing."""
    cable, here = session.cable, session.here
    if not session.in_cable:
        count = len(session.marking.ids) if session.pane == "list" else 0
        return f"{count:,} marked cable{'' if count == 1 else 's'}" if count else "this cable"
    if chosen := picking.told(session):
        return chosen
    if cable and here is None and (refs := links.cited(cable, session.stop)):
        return f"ref. {', '.join(ref.label or '' for ref in refs)}"
    return f"¶{here.label}" if here and here.label else cable.reference_id if cable else ""


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


def _page(room: Room, effect: going.BringPage) -> None:
    from cable_tui.tui import pages

    if effect.page == "notices":
        lines = pages.notice_lines(getattr(room.app, "notices", ()))
        room.app.push_screen(pages.Page("What was said", lines))
    elif room.outside is not None:
        room.app.push_screen(pages.Page("This archive", pages.archive_lines(room.outside)))


def _theme(room: Room, effect: going.SetTheme) -> None:
    from cable_tui.settings import write_private
    from cable_tui.tui.app import CableTui

    room.app.theme = effect.name
    if isinstance(room.app, CableTui):
        with suppress(OSError):  # the next time is in the colours of the last one
            write_private(room.app.paths.theme, effect.name)


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
    going.BringPage: _page,
    going.SetTheme: _theme,
    **asking.SHOWERS,
    **handing.SHOWERS,
}
"""By effect; an effect that is not here is performed in a thread."""
