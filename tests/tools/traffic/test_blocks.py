"""Posts by posts: which addressees have a column, how dark a block is, what the names above say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cable_tui.text import width
from cable_tui.tools.traffic.blocks import block_pieces, block_rows, columns, heads, scale
from cable_tui.tools.traffic.pairs import Pair

STATE, KYIV, NATO = "Secretary of State", "Embassy Kyiv", "ALL NATO POST COLLECTIVE"
COUNTS = [
    ("Embassy Rabat", STATE, 81),
    ("Embassy Rabat", KYIV, 9),
    ("Embassy Rabat", NATO, 1),
    ("Embassy Zenda", STATE, 28),
    ("US Mission 港 Geneva to everybody", KYIV, 3),
]
PAIRS = [Pair(sender, to, "post", count, {}, (), ()) for sender, to, count in COUNTS]


def drawn(pairs: Sequence[Pair], cells: int) -> list[str]:
    """The table as it is looked at, names above it."""
    _, *names = heads(pairs, cells)
    rows = ["".join(text for text, _ in block_pieces(row)) for row in block_rows(pairs, cells)]
    return [*names, *(row.rstrip() for row in rows)]


def test_each_sender_has_a_block_and_a_number_for_each_addressee() -> None:
    assert drawn(PAIRS, 74) == [
        "                              Secretary   Embassy     ALL NATO",
        "sender                   all  of State    Kyiv        POST COLLE…",
        "Embassy Rabat             91  █████ 81    ▒▒▒▒▒ 9     ░░░░░ 1",
        "Embassy Zenda             28  █████ 28    ·           ·",
        "US Mission 港 Geneva…      3  ·           ░░░░░ 3     ·",
    ]


@pytest.mark.parametrize(
    ("cells", "expected"), [(74, [STATE, KYIV, NATO]), (60, [STATE, KYIV]), (10, [STATE])]
)
def test_as_many_addressees_have_a_column_as_there_is_room(cells: int, expected: list[str]) -> None:
    assert columns(PAIRS, cells) == expected
    told = "" if len(expected) == 3 else f" · {len(expected)} of 3 addressees fit"
    assert heads(PAIRS, cells)[0] == f"░ 1 to 3 · ▒ 4 to 9 · ▓ 10 to 27 · █ 28 to 81 cables{told}"


@pytest.mark.parametrize(
    ("counts", "legend", "levels"),
    [
        ([81], "░ 1 to 3 · ▒ 4 to 9 · ▓ 10 to 27 · █ 28 to 81 cables", {0: 0, 3: 1, 4: 2, 28: 4}),
        ([11, 2], "░ 1 · ▒ 2 to 3 · ▓ 4 to 11 cables", {1: 1, 2: 2, 4: 3, 11: 3}),
        ([1], "░ 1 cable", {1: 1}),
        ([], "░ 1 cable", {}),
    ],
)
def test_a_sign_stands_for_three_times_as_many_as_the_one_before(
    counts: list[int], legend: str, levels: dict[int, int]
) -> None:
    found = scale([Pair("a", "b", "post", count, {}, (), ()) for count in counts])
    assert found.legend == legend
    assert {count: found.level(count) for count in levels} == levels


def test_every_row_is_as_wide() -> None:
    for row in block_rows(PAIRS, 100):
        assert sum(width(text) for text, _ in block_pieces(row)) == 30 + 3 * 12
