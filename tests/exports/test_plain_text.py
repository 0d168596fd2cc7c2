"""A cable as text in three boxes."""

from __future__ import annotations

import pytest

from cable_tui.base.cable import Header, Source, SourcePart
from cable_tui.base.value import replace
from cable_tui.exports.plain_text import drawn, no_text, plain, sources_line
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


def test_what_only_the_archive_says_is_told_apart() -> None:
    shown = replace(
        cable(),
        text_tags=("EFIS",),
        archive_tags=("OTRA", "US"),
        remarks=(("Text", "not in this record; on microfilm"), ("Film number", "D740070-0451")),
    )
    lines = [line.strip("│ ") for line in drawn(shown, 80)]
    assert "TAGS, text:     EFIS" in lines
    assert "TAGS, archive:  OTRA, US" in lines
    assert "Text:           not in this record; on microfilm" in lines
    assert "Film number:    D740070-0451" in lines


@pytest.mark.parametrize(
    ("remarks", "said"),
    [
        ((), "[This version has no text]"),
        ((("Text", "not in this record"),), "[This version has no text]"),
        (
            (("Text", "not in this record; locator: on microfilm; film number D740070-0451"),),
            "[This version has no text: locator: on microfilm; film number D740070-0451]",
        ),
    ],
)
def test_a_record_without_a_text_says_so_in_its_body(
    remarks: tuple[tuple[str, str], ...], said: str
) -> None:
    empty = replace(cable(), body=replace(cable().body, text="\n"), remarks=remarks)
    assert no_text(empty) == said
    assert plain(empty).endswith(f"\n\n{said}\n")
    assert said in " ".join(line.strip("│ ") for line in drawn(empty, 120))
    assert no_text(cable()) == ""


def test_plain_text_loses_nothing_of_the_body() -> None:
    assert plain(cable()).endswith(f"\n\nVZCZCXRO1732\nPP RUEHTRO\nFM AMCONSUL CORVONA\n\n{BODY}\n")


PAGE = Source("a.html", "html-page")
ROW = Source("b/cables.csv", "dump-csv")


def differing(*parts: SourcePart) -> Source:
    return replace(ROW, differs=parts)


@pytest.mark.parametrize(
    ("sources", "line"),
    [
        pytest.param((PAGE,), "", id="one"),
        pytest.param((PAGE, ROW), "2: a.html, also b/cables.csv", id="the same text"),
        pytest.param(
            (PAGE, differing("body")), "2: a.html, also b/cables.csv (the body differs)", id="body"
        ),
        pytest.param(
            (PAGE, differing("facts")),
            "2: a.html, also b/cables.csv (the facts differ)",
            id="facts",
        ),
        pytest.param(
            (PAGE, differing("header", "body", "facts")),
            "2: a.html, also b/cables.csv (the header, the body and the facts differ)",
            id="all",
        ),
        pytest.param(
            (PAGE, replace(ROW, differs=None)),
            "2: a.html, also b/cables.csv (not compared)",
            id="?",
        ),
        pytest.param(
            (PAGE, *(Source(f"{n}.txt", "alx-text") for n in range(5))),
            "6: a.html, also 0.txt, 1.txt, 2.txt and 2 more",
            id="many",
        ),
        pytest.param(
            (PAGE, Source("b\x1b[2J", "alx-text")), "2: a.html, also b␛[2J", id="a hostile name"
        ),
    ],
)
def test_the_line(sources: tuple[Source, ...], line: str) -> None:
    made = replace(cable(), sources=sources)
    assert sources_line(made) == line
    assert (f"Sources: {line}\n" in plain(made)) == bool(line)
