"""The seconds that a database may cost."""

from __future__ import annotations

import sys
from contextlib import closing
from io import BytesIO

import pytest

from cable_tui.formats.child_process import Child
from cable_tui.formats.tables.sqlite_reader import Allowance, DatabaseReader, NotRead


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("seconds", "rows", "size", "left"),
    [
        pytest.param(4, 0, 0, 6, id="nothing came"),
        pytest.param(4, 4_000, 0, 10, id="a thousand rows a second cost nothing"),
        pytest.param(4, 1_000, 0, 7, id="slower ones cost what they take longer"),
        pytest.param(4, 1, 16 << 20, 8, id="long rows may take longer"),
        pytest.param(1, 9_000, 0, 10, id="quick rows earn nothing"),
        pytest.param(12, 0, 0, -2, id="more than there was"),
    ],
)
def test_only_time_without_rows_is_spent(seconds: float, rows: int, size: int, left: float) -> None:
    clock = Clock()
    allowance = Allowance(10, clock)
    clock.now += 500  # whatever it was waited for
    allowance.spend(seconds, rows, size)
    assert allowance.left() == pytest.approx(left, abs=0.01)


def test_what_was_spent_comes_back_while_nothing_is_asked() -> None:
    clock = Clock()
    allowance = Allowance(10, clock)
    allowance.spend(10)
    clock.now += 8
    assert allowance.left() == pytest.approx(2)
    clock.now += 1000
    assert allowance.left() == 10


NEVER_CHECKS = """
import time
from cable_tui.formats.child_answers import answer_requests
from cable_tui.formats.tables.sqlite_process import Server
server = Server()
answer_requests(lambda asked: time.sleep(600) if b"check" in asked else server.answer(asked))
"""


def test_a_check_that_takes_too_long_is_given_up() -> None:
    with closing(Child((sys.executable, "-c", NEVER_CHECKS))) as child:
        reader = DatabaseReader(BytesIO(b""), child)
        with pytest.raises(NotRead, match="it takes more than 1 s"):
            reader.check(longest=1.0)
        assert reader.ask("SELECT 1") == (["1"], [[1]])
