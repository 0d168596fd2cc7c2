"""Keys in one go do what they do one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.message import Message
from textual.pilot import Pilot

from cable_tui import demo
from cable_tui.archive import index
from cable_tui.settings import Paths, Settings
from cable_tui.tui.ahead import TypedAhead
from cable_tui.tui.app import CableTui
from cable_tui.tui.opening import Wanted

SIGNS = {"slash": "/", "enter": "\r", "space": " ", "question_mark": "?"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, indexed."""
    place = tmp_path_factory.mktemp("ahead")
    demo.write(place / "cables")
    for _ in index(place / "cables", place / "cache", workers=0):
        pass
    return place


def _after(place: Path, state: Path, *keys: str) -> CableTui:
    """The room after keys that came at once."""
    paths = Paths(state / "config.toml", state / "data", place / "cache", state)
    app = CableTui(place / "cables", Settings(private=True), paths, Wanted())

    async def still(pilot: Pilot[int]) -> None:
        last: object = None
        for _ in range(60):
            await pilot.pause(0.1)
            if app.room.session == last and app.room.session.answered:
                return
            last = app.room.session

    async def go() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await still(pilot)
            for key in keys:
                app.post_message(Key(key, SIGNS.get(key, key if len(key) == 1 else None)))
            await still(pilot)
        if app.builder is not None:
            app.builder.stop()

    asyncio.run(go())
    return app


@pytest.mark.parametrize(
    ("keys", "text", "pane"),
    [
        (("slash", *"lobster"), "lobster", "bar"),
        (("slash", *"two", "space", *"maps", "enter"), "two maps", "list"),
        (("slash", *"lobster", "ctrl+u", *"fish", "enter"), "fish", "list"),
        (("j", "j", "enter"), "", "body"),
        (("enter", "q", "slash", *"kettle"), "kettle", "bar"),
    ],
    ids=["a query", "and Enter", "and another", "a cable", "there and back"],
)
def test_keys_that_come_at_once_are_worked_off_in_their_order(
    place: Path, tmp_path: Path, keys: tuple[str, ...], text: str, pane: str
) -> None:
    session = _after(place, tmp_path, *keys).room.session
    assert (session.text, session.pane) == (text, pane)


class Closing:
    """A program whose widget takes a message and is closed before it reads it."""

    def __init__(self) -> None:
        self.later: list[Callable[[], object]] = []
        self.posted: list[Message] = []

    focused = None

    def set_timer(self, _: float, then: Callable[[], object]) -> None:
        self.later.append(then)

    def post_message(self, message: Message) -> bool:
        self.posted.append(message)
        return True


@pytest.mark.parametrize("typed_before", [False, True])
def test_a_mark_that_never_comes_back_holds_no_key_for_ever(typed_before: bool) -> None:
    """`^q` closes the box of a note while the mark is on its way to it."""
    app: Any = Closing()
    typed = TypedAhead(app)
    typed.held = False
    first, second = Key("ctrl+q", None), Key("j", "j")
    typed.add(first)
    assert typed.next() is first
    if typed_before:
        typed.add(second)
        typed.sent(app)
    else:
        typed.sent(app)
        typed.add(second)
    assert typed.next() is None
    app.posted.clear()
    (given_up,) = app.later
    given_up()
    (mark,) = app.posted
    typed.passed(mark)
    assert typed.next() is second


def test_as_many_steps_are_taken_as_keys_came(place: Path, tmp_path: Path) -> None:
    assert _after(place, tmp_path, *["j"] * 25).room.session.at == 25


def test_keys_behind_enter_are_for_the_cable_that_it_opens(place: Path, tmp_path: Path) -> None:
    session = _after(place, tmp_path, "j", "enter", *["right_curly_bracket"] * 2).room.session
    assert session.opened is not None
    assert session.stop == 2
