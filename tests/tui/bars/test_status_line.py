import asyncio

import pytest

from cable_tui.tui.bars.status_line import StatusLine, fitted
from tests.tui.stage import Stage


@pytest.mark.parametrize(
    ("left", "right", "room", "expected"),
    [
        ("left", "right", 20, ("left", "right")),
        ("left", "right", 11, ("left", "right")),
        ("left", "right", 9, ("left", "ri…")),
        ("left", "right", 5, ("left", "")),
        ("long left", "right", 4, ("lon…", "")),
        ("", "right", 5, ("", "right")),
    ],
)
def test_the_right_end_gives_way(
    left: str, right: str, room: int, expected: tuple[str, str]
) -> None:
    assert fitted([(left, right)], room) == expected


@pytest.mark.parametrize(
    ("room", "expected"),
    [(20, ("long left", "right")), (15, ("left", "right")), (9, ("left", "ri…"))],
)
def test_where_there_is_little_room_the_brief_ends_stand(
    room: int, expected: tuple[str, str]
) -> None:
    assert fitted([("long left", "right"), ("left", "right")], room) == expected


def test_both_ends_are_painted() -> None:
    async def go() -> None:
        app = Stage(status := StatusLine())
        async with app.run_test(size=(30, 3)) as pilot:
            status.show(("09ZENDA27 [/x]", "index\x1b ok"))
            await pilot.pause()
            assert app.painted()[0] == " 09ZENDA27 [/x]     index␛ ok"

    asyncio.run(go())
