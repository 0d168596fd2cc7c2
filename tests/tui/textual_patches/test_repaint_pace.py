"""What is new is painted soon, once for all of it, and not twice in a moment."""

import asyncio
from collections.abc import Callable, Sequence

from cable_tui.tui.textual_patches import repaint_pace
from cable_tui.tui.textual_patches.repaint_pace import RepaintTimer


def _paints(asks: Callable[[RepaintTimer], object]) -> Sequence[float]:
    """When it was painted, in seconds, while something was asked for in one way or another."""

    async def go() -> Sequence[float]:
        loop = asyncio.get_running_loop()
        paints: list[float] = []

        def paint() -> None:
            paced.pause()
            paints.append(loop.time() - start)

        paced, start = RepaintTimer(paint), loop.time()
        asked = asks(paced)
        if asyncio.iscoroutine(asked):
            await asked
        await asyncio.sleep(4 * repaint_pace.APART)
        return paints

    return asyncio.run(go())


def test_what_is_asked_for_at_once_is_one_paint() -> None:
    def asks(paced: RepaintTimer) -> None:
        for _ in range(5):
            paced.resume()

    assert len(_paints(asks)) == 1


def test_what_messages_bring_that_follow_is_in_the_same_paint() -> None:
    async def asks(paced: RepaintTimer) -> None:
        for _ in range(repaint_pace.ROUNDS - 1):
            paced.resume()
            await asyncio.sleep(0)

    assert len(_paints(asks)) == 1


def test_two_paints_are_a_moment_apart() -> None:
    async def asks(paced: RepaintTimer) -> None:
        for _ in range(3 * repaint_pace.ROUNDS):
            paced.resume()
            await asyncio.sleep(0)

    first, second = _paints(asks)
    assert second - first >= repaint_pace.APART


def test_what_has_been_painted_meanwhile_is_not_painted_again() -> None:
    def asks(paced: RepaintTimer) -> None:
        paced.resume()
        paced.pause()

    assert not _paints(asks)
