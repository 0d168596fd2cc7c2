"""Going from hit to hit; how it looks in the body is in `test_body`."""

import asyncio
from collections.abc import Callable

from cable_tui.tui.body import BodyView
from tests.tui.cables import Words, cable
from tests.tui.stage import Stage

_TEXT = "\n\n".join(f"{n}.  (U) The ice house of day {n}." for n in range(1, 40)) + "\n"


def _play(play: Callable[[BodyView], None]) -> None:
    async def go() -> None:
        app = Stage(body := BodyView())
        async with app.run_test(size=(60, 12)) as pilot:
            body.show(cable(_TEXT), Words("ice"))
            await pilot.pause()
            play(body)

    asyncio.run(go())


def test_the_nearest_hit_is_the_first_from_the_top_of_the_pane_on() -> None:
    def play(body: BodyView) -> None:
        body.scroll_to_line(20)
        assert body.nearest_hit()
        assert body.hit_position == (11, 39)

    _play(play)


def test_behind_the_last_hit_the_nearest_is_the_first_of_all() -> None:
    def play(body: BodyView) -> None:
        body.relight(Words("day 1\\."), "found")
        body.bottom()
        assert body.nearest_hit()
        assert body.hit_position == (1, 1)
        assert str(body.border_subtitle) == "¶1/39 · found 1/1"

    _play(play)


def test_words_that_are_nowhere_are_said_not_to_be_found() -> None:
    def play(body: BodyView) -> None:
        body.relight(Words("herring"), "found")
        assert not body.nearest_hit()
        assert "not found" in str(body.border_subtitle)

    _play(play)
