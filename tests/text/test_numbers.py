"""Numbers of things in messages."""

from __future__ import annotations

import pytest

from cable_tui.text.numbers import bar, columns, counted, counted_kinds, round_top, steps


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 marks"), (1, "1 mark"), (2, "2 marks"), (1204, "1,204 marks")]
)
def test_a_number_of_things_is(number: int, said: str) -> None:
    assert counted(number, "mark") == said


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ({}, ""),
        ({"image": 1}, "1 image"),
        ({"image": 1, "other .doc": 2}, "2 other .doc and 1 image"),
        (
            {"web page without a cable": 2, "part of a verifiable dossier, or bookmarks": 3},
            "3 parts of a verifiable dossier, or bookmarks and 2 web pages without a cable",
        ),
        (
            {"browser recording, or HAR (save the pages as HTML first)": 2},
            "2 browser recordings, or HAR (save the pages as HTML first)",
        ),
        (
            {"archive (.7z)": 2, "slides (save as a PDF first)": 2},
            "2 archives (.7z) and 2 slides (save as a PDF first)",
        ),
        (
            {"non-telegram FRUS document (read if frus_all = true in the settings)": 3},
            "3 non-telegram FRUS documents (read if frus_all = true in the settings)",
        ),
        (
            {"README or licence file": 2, "JSON file without cables": 2},
            "2 JSON files without cables and 2 README or licence files",
        ),
        (
            {"link": 2, "image": 1200, "linked folder": 2},
            "1,200 images, 2 links and 2 linked folders",
        ),
    ],
)
def test_kinds_are_counted_the_most_first(kinds: dict[str, int], said: str) -> None:
    assert counted_kinds(kinds) == said


@pytest.mark.parametrize(
    ("length", "drawn", "plain"),
    [(0, "", ""), (0.01, "▏", "#"), (1.5, "█▌", "##"), (3, "███", "###")],
)
def test_a_bar_is_as_long_as_its_number_and_nothing_but_0_is_invisible(
    length: float, drawn: str, plain: str
) -> None:
    assert (bar(length, ascii_only=False), bar(length, ascii_only=True)) == (drawn, plain)


def test_columns_stand_on_the_lowest_row_and_the_most_fills_all() -> None:
    assert columns([0, 1, 2, 4], 4, 2, ascii_only=False) == ("   █", " ▄██")
    assert columns([0, 1, 2, 4], 4, 2, ascii_only=True) == ("   @", " =@@")


def test_a_small_column_is_seen_and_one_above_the_scale_is_cut() -> None:
    assert columns([0.0001, 9], 4, 1, ascii_only=False) == ("▁█",)
    assert columns([0, 0], 0, 1, ascii_only=False) == ("  ",)


def test_steps_of_impossible_dates_are_not_filled() -> None:
    assert steps(["2007-11", "2008-02"]) == ["2007-11", "2007-12", "2008-01", "2008-02"]
    assert steps(["2006", "2008"]) == ["2006", "2007", "2008"]
    assert steps(["0001", "9999"]) == ["0001", "9999"]
    assert steps([]) == []


@pytest.mark.parametrize(
    ("most", "top"),
    [
        (0, 1),
        (1, 1),
        (0.013, 0.02),
        (0.02, 0.02),
        (0.021, 0.05),
        (0.6, 1),
        (0.0003, 0.0005),
        (7, 10),
    ],
)
def test_a_scale_ends_at_a_round_number(most: float, top: float) -> None:
    assert round_top(most) == pytest.approx(top)
