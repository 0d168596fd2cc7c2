"""Effects on their way out: threads for what takes time, menus and notices for the rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from cable_tui.session import Action, Effect, effects
from cable_tui.tui import links, paint
from cable_tui.tui.results import Row

if TYPE_CHECKING:
    from cable_tui.library import Mark
    from cable_tui.tui.outside import Outside
    from cable_tui.tui.screen import Room

_LATEST: dict[type[Effect], str] = {
    effects.Search: "search",
    effects.CountFacets: "count",
    effects.LookUp: "look up",
    effects.Open: "open",
    effects.Resolve: "resolve",
    effects.Summarise: "summarise",
}
"""Effects of which only the newest matters, with the group in which it cancels the older."""


class Told(Message):
    """A worker reports."""

    def __init__(self, action: Action) -> None:
        super().__init__()
        self.action = action


class RowsRead(Message):
    """Lines of the list were read."""

    def __init__(self, rows: dict[int, Row]) -> None:
        super().__init__()
        self.rows = rows


class MarksRead(Message):
    """The bookmarks were read, to be listed."""

    def __init__(self, marks: list[Mark], subjects: dict[str, str]) -> None:
        super().__init__()
        self.marks = marks
        self.subjects = subjects
        """Of those cables that are here, by canonical id."""


def run(room: Room, effect: Effect) -> None:
    """Do what `step` asked for."""
    match effect:
        case effects.Quit():
            room.app.exit(0)
        case effects.Notify():
            room.notify(effect.sentence, severity=effect.severity, markup=False)
        case effects.Land():
            room.call_after_refresh(paint.land, room, effect.landing)
        case effects.AskWhich():
            # Menus are imported when one is asked for: the first list waits for none.
            from cable_tui.tui import menus

            room.bring(menus.reference_menu(effect.references))
        case effects.OfferLink():
            from cable_tui.tui import menus

            room.bring(menus.missing_menu(effect.reference))
        case effects.ShowMenu():
            show_menu(room, effect)
        case _ if room.outside is not None:
            group = _LATEST.get(type(effect), "")
            room.run_worker(
                partial(_perform, room, room.outside, effect),
                thread=True,
                group=group or "one by one",
                exclusive=bool(group),
            )


def show_menu(room: Room, effect: effects.ShowMenu) -> None:
    """One of the menus or screens."""
    from cable_tui.tui import menus
    from cable_tui.tui.help import Help

    session = room.session
    if effect.what == "copy":
        cable, here = session.cable, session.here
        named = f"¶{here.label}" if here and here.label else cable.reference_id if cable else ""
        if cable and here is None and (refs := links.cited(cable, session.stop)):
            named = f"ref. {', '.join(ref.label or '' for ref in refs)}"
        room.bring(menus.copy_menu(named if session.in_cable else "this cable"))
    elif effect.what == "go":
        room.bring(menus.go_menu(session.pane))
    elif effect.what == "help":
        pane = "body" if session.pane == "top" else session.pane
        room.app.push_screen(Help(pane))
    elif effect.what == "palette":
        room.app.action_command_palette()
    elif room.outside is not None:
        room.run_worker(partial(_marks, room, room.outside), thread=True, group="marks")


def rows(room: Room, start: int, stop: int) -> None:
    """Read the lines that the list misses."""
    if room.outside is not None:
        ids = list(room.session.hits.ids[start:stop])
        work = partial(_rows, room, room.outside, ids)
        room.run_worker(work, thread=True, group="rows", exclusive=True)


def _perform(room: Room, outside: Outside, effect: Effect) -> None:
    worker = get_current_worker()
    for action in outside.perform(effect, lambda: worker.is_cancelled):
        if not worker.is_cancelled:
            room.post_message(Told(action))


def _rows(room: Room, outside: Outside, ids: list[int]) -> None:
    worker = get_current_worker()
    if not worker.is_cancelled:
        room.post_message(RowsRead(dict(outside.rows(ids))))


def _marks(room: Room, outside: Outside) -> None:
    marks = outside.marks()
    room.post_message(MarksRead(marks, outside.subjects(marks)))
