"""Keys in one go do what they do one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.events import Key
from textual.message import Message
from textual.pilot import Pilot

from cable_tui.archive.archive import Archive
from cable_tui.base.cable import Cable
from cable_tui.base.errors import LibraryError
from cable_tui.library import Library
from cable_tui.program.settings import Paths, Settings
from cable_tui.tui.main.controller import PaintedState
from cable_tui.tui.main.effect_runner import PendingDialogs
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.first_rows import StartRequest
from cable_tui.tui.textual_patches.type_ahead import KeyQueue

SIGNS = {
    "colon": ":",
    "comma": ",",
    "apostrophe": "'",
    "exclamation_mark": "!",
    "slash": "/",
    "enter": "\r",
    "space": " ",
    "question_mark": "?",
}


class After:
    """The room after keys that came at once, and what is over it."""

    def __init__(self, app: CableTui) -> None:
        self.room = app.room
        self.over = [type(screen).__name__ for screen in app.screen_stack[1:]]
        self.typed = getattr(app.focused, "value", "") or getattr(app.focused, "text", "")


def _after(indexed: Path, state: Path, *keys: str) -> After:
    """Types them."""
    paths = Paths(state / "config.toml", state / "data", indexed / "cache", state)
    app = CableTui(indexed / "cables", Settings(private=True, no_index=True), paths, StartRequest())

    async def still(pilot: Pilot[int]) -> None:
        last: object = None
        for _ in range(600):
            await pilot.pause(0.1)
            typed = not app.key_queue.is_idle or app.room.is_waiting
            is_coming = app.room.session.opening is not None or not app.room.session.has_answer
            if app.room.session == last and not (typed or is_coming):
                return
            last = app.room.session

    async def go() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await still(pilot)
            for key in keys:
                app.post_message(Key(key, SIGNS.get(key, key if len(key) == 1 else None)))
            await still(pilot)
            found.append(After(app))
        if app.builder is not None:
            app.builder.stop()

    found: list[After] = []
    asyncio.run(go())
    return found[0]


@pytest.mark.parametrize(
    ("keys", "text", "pane"),
    [
        (("slash", *"lobster"), "lobster", "bar"),
        (("slash", *"two", "space", *"maps", "enter"), "two maps", "list"),
        (("slash", *"lobster", "ctrl+u", *"fish", "enter"), "fish", "list"),
        (("slash", *"fish", "enter", "slash", "slash", *"ice", "enter"), "ice", "list"),
        (("slash", *"9", "slash", *"11"), "9/11", "bar"),
        (("j", "j", "enter"), "", "body"),
        (("j", "j", "ctrl+j"), "", "body"),
        (("enter", "q", "slash", *"kettle"), "kettle", "bar"),
    ],
    ids=[
        "a query",
        "and Enter",
        "and another",
        "selected",
        "a slash",
        "a cable",
        "line feed",
        "there and back",
    ],
)
def test_keys_that_come_at_once_are_worked_off_in_their_order(
    indexed: Path, tmp_path: Path, keys: tuple[str, ...], text: str, pane: str
) -> None:
    session = _after(indexed, tmp_path, *keys).room.session
    assert (session.text, session.pane) == (text, pane)


class Closing:
    """A program whose widget takes a message and is closed before it reads it."""

    def __init__(self) -> None:
        self.later: list[Callable[[], object]] = []
        self.posted: list[Message] = []

    focused = None
    screen = None
    _closing = _closed = False
    is_attached = True

    def set_timer(self, _: float, then: Callable[[], object]) -> None:
        self.later.append(then)

    def post_message(self, message: Message) -> bool:
        self.posted.append(message)
        return True


@pytest.mark.parametrize("typed_before", [False, True])
def test_a_barrier_of_a_closed_widget_holds_no_key_for_ever(typed_before: bool) -> None:
    """`^q` closes the box of a note while the mark is on its way to it."""
    app: Any = Closing()
    typed = KeyQueue(app)
    typed.blocked, typed._screen = False, app.screen
    idle = [typed.is_idle]
    first, second = Key("ctrl+q", None), Key("j", "j")
    typed.add(first)
    idle.append(typed.is_idle)
    assert typed.next() is first
    if typed_before:
        typed.add(second)
        typed.key_sent(app)
    else:
        typed.key_sent(app)
        typed.add(second)
    assert typed.next() is None
    app.posted.clear()
    # A widget that is only slow is waited for.
    for _ in range(3):
        look = app.later.pop()
        look()
        assert (app.posted, len(app.later)) == ([], 1)
    app._closing = True
    app.later.pop()()
    (mark,) = app.posted
    typed.passed(mark)
    assert typed.next() is second
    assert [*idle, typed.is_idle] == [True, False, True]


def test_as_many_steps_are_taken_as_keys_came(indexed: Path, tmp_path: Path) -> None:
    assert _after(indexed, tmp_path, *["j"] * 25).room.session.at == 25


def test_keys_behind_enter_are_for_the_cable_that_it_opens(indexed: Path, tmp_path: Path) -> None:
    session = _after(indexed, tmp_path, "j", "enter", *["right_curly_bracket"] * 2).room.session
    assert session.opened is not None
    assert session.stop == 2


def test_keys_behind_enter_wait_for_a_cable_that_is_painted_late(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a busy machine: the list is painted meanwhile, and the keys are not for the list."""
    monkeypatch.setattr(PaintedState, "cable_patience", 0.0)
    monkeypatch.setattr(PaintedState, "keys_patience", 60.0)
    monkeypatch.setattr(Archive, "cable", _slowly(Archive.cable))
    session = _after(indexed, tmp_path, "j", "enter", *["right_curly_bracket"] * 2).room.session
    assert session.opened is not None
    assert session.stop == 2


def _slowly(read: Callable[..., Cable]) -> Callable[..., Cable]:
    def slow(*given: Any) -> Cable:
        Event().wait(0.3)
        return read(*given)

    return slow


@pytest.mark.parametrize(
    ("keys", "over", "typed"),
    [
        ("Bhjello", "NoteBox", "hjello"),
        (":12", "RoomPalette", "12"),
        ("ahjk", "ListPicker", "hjk"),
        ("?jj", "Help", "jj"),
        ("gd7", "NameBox", "7"),
        ("gi", "TextPage", ""),
        ("gxqB!", "NoteBox", "!"),
        (",q:zo", "RoomPalette", "zo"),
    ],
)
def test_keys_behind_one_that_opens_a_box_are_for_the_box(
    indexed: Path, tmp_path: Path, keys: str, over: str, typed: str
) -> None:
    named = {":": "colon", "?": "question_mark", ",": "comma", "!": "exclamation_mark"}
    after = _after(indexed, tmp_path, *(named.get(key, key) for key in keys))
    assert (after.over, after.typed) == ([over], typed)


@pytest.mark.parametrize(
    "keys",
    [
        ("comma", "enter", "slash", *"fish"),
        ("comma", "j", "enter", "slash", *"fish"),
        ("apostrophe", "q", "slash", *"fish"),
        ("question_mark", "escape", "slash", *"fish"),
        ("colon", *"read", "escape", "slash", *"fish"),
    ],
    ids=["a choice", "another", "bookmarks", "help", "palette"],
)
def test_keys_behind_one_that_closes_a_box_are_for_the_room(
    indexed: Path, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    after = _after(indexed, tmp_path, *keys)
    assert (after.over, after.room.session.text[-4:]) == ([], "fish")


def test_enter_behind_the_name_of_a_command_does_that_command(
    indexed: Path, tmp_path: Path
) -> None:
    after = _after(indexed, tmp_path, "colon", *"zoom", "enter")
    assert (after.over, after.room.session.zoomed) == ([], True)


def test_keys_go_on_where_a_box_cannot_come(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library cannot be read."""

    def broken(*_: object) -> object:
        raise LibraryError("The library cannot be read.")

    monkeypatch.setattr(Library, "marked", broken)
    after = _after(indexed, tmp_path, "B", "j", "j")
    assert (after.over, after.room.session.at) == ([], 2)
    assert not after.room.is_waiting


def test_keys_go_on_where_a_worker_never_ends(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()
    monkeypatch.setattr(Library, "marked", lambda *_: go_on.wait(30) and [])
    monkeypatch.setattr(PendingDialogs, "patience", 0.01)
    monkeypatch.setattr(After, "__init__", _then(After.__init__, go_on.set))
    assert _after(indexed, tmp_path, "B", "j", "j").room.session.at == 2


def _then(first: Callable[..., object], second: Callable[[], object]) -> Callable[..., None]:
    def both(*arguments: object) -> None:
        first(*arguments)
        second()

    return both
