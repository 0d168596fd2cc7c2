"""A cable as text in three boxes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cable_tui.cable import Header
from cable_tui.exports import drawn, plain
from cable_tui.text import width
from tests.exports.sample import BODY, cable


@pytest.mark.parametrize("cells", [20, 40, 80, 200])
def test_every_line_is_as_wide_as_asked(cells: int) -> None:
    assert {width(line) for line in drawn(cable(), cells)} == {cells}


def test_there_are_three_boxes() -> None:
    lines = list(drawn(cable(), 80))
    assert [line.split()[1] for line in lines if line.startswith("┌")] == [
        "09CORVONA27",
        "transmission",
        "body",
    ]
    assert any("Reference ID:   09CORVONA27" in line for line in lines)
    assert any("Classification: UNCLASSIFIED//FOR OFFICIAL USE ONLY" in line for line in lines)


def test_a_cable_without_a_header_has_two() -> None:
    lines = list(drawn(replace(cable(), header=Header("")), 80))
    assert sum(line.startswith("┌") for line in lines) == 2


def test_ascii_boxes_hold_no_other_sign() -> None:
    assert "".join(drawn(cable(), 80, ascii_only=True)).isascii()


def test_wide_signs_and_tabs_keep_the_frame_straight() -> None:
    wide = replace(cable().body, text="水\t" * 60)
    lines = list(drawn(replace(cable(), body=wide), 40))
    assert {width(line) for line in lines} == {40}


def test_plain_text_loses_nothing_of_the_body() -> None:
    assert plain(cable()).endswith(f"\n\nVZCZCXRO1732\nPP RUEHTRO\nFM AMCONSUL CORVONA\n\n{BODY}\n")
