"""The heat map of missing cables: blocks by share, and the room that they take."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.text import width
from cable_tui.tools.missing.estimate import NumberRange
from cable_tui.tools.missing.gaps import Month
from cable_tui.tools.missing.heat_map import heads, heat_pieces
from tests.tools.missing.test_wording import RABAT

SENT = NumberRange(90, 100, 110)
SHARES = (Month(9, 0, SENT), Month(10, 0, SENT), Month(50, 1, SENT), Month(100, 0, SENT))
OTHERS = (Month(0, 0, SENT), Month(0, 1, SENT), Month(3, 0, None), Month(0, 0, None))
ROW = replace(RABAT, months=(*SHARES, *OTHERS, *OTHERS))


def test_each_share_has_a_block_and_no_cable_has_none() -> None:
    painted = "".join(text for text, _ in heat_pieces(ROW, 110))
    months = "░░░ ▒▒▒ ▓▓× ███ ·   · × ▪▪▪     ·   · × ▪▪▪     "
    assert painted == f"{'Embassy Rabat':27} 2009 {months}     20         290–340    6%"


def test_a_narrow_page_leaves_the_estimate_to_the_details() -> None:
    head = list(heads(74))[-1]
    painted = "".join(text for text, _ in heat_pieces(ROW, 74))
    assert head == f"{'post':19} year J  F  M  A  M  J  J  A  S  O  N  D     held share"
    assert painted.startswith(f"{'Embassy Rabat':19} 2009 ░░ ▒▒ ▓× ██ ·  ·× ▪▪    ·  ")
    assert painted.endswith("     20    6%")


@pytest.mark.parametrize("cells", [60, 74, 80, 110, 114, 194])
def test_a_row_fills_the_page_below_its_head(cells: int) -> None:
    *legend, head = heads(cells)
    assert width(head) == cells
    assert sum(width(text) for text, _ in heat_pieces(ROW, cells)) == cells
    assert max(map(width, legend)) < 74


def test_what_has_no_estimate_says_how_many_there_were_at_least() -> None:
    unknown = replace(ROW, sent=None, least=288)
    assert ("     288 or more", "dim") in list(heat_pieces(unknown, 110))
    assert list(heat_pieces(unknown, 74))[-2] == (f"{20:>7}", "")
