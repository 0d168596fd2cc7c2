from collections.abc import Callable

import pytest

from cable_tui.base.cable import Cable, CableWarning, EditorsName, Header, Source
from cable_tui.base.value import replace
from cable_tui.text import width
from cable_tui.tui.panes.cable import top_and_header
from cable_tui.tui.panes.cable.top_and_header import (
    Line,
    compact_lines,
    header_line,
    moment,
    opened_lines,
    top_lines,
    zoomed_lines,
)
from tests.telegram.test_edition import SAID
from tests.tui.cables import whole


def _shown(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def test_facts_stand_in_one_column_where_there_is_not() -> None:
    labels = [line.split()[0] for line in _shown(top_lines(whole(), 40, marks=""))]
    assert labels[:6] == ["Reference", "Class", "Origin", "Created", "Released", "Refs"]


def test_where_a_missing_text_is_stands_below_the_facts() -> None:
    remarks = (("Text", "not in this record; on microfilm; film number D740070-0451"), ("To", "X"))
    shown = replace(whole(), remarks=remarks)
    wide = _shown(top_lines(shown, 84, marks=""))
    assert wide[3] == "Text       not in this record; on microfilm; film number D740070-0451"
    assert _shown(compact_lines(shown, 40, marks=""))[2] == (
        "text not in this record; on microfilm; …"
    )


def test_who_is_named_stands_below_the_facts_of_an_edition() -> None:
    sapt = EditorsName("Sapt", "frus1955-57v97#p_S1", "Sapt, R.", "Envoy")
    people = (sapt, sapt, EditorsName("Rose", "frus1955-57v97#p_R1"), EditorsName("Zo", ""))
    shown = replace(whole(), edition=replace(SAID, people=people), articles=())
    assert _shown(top_lines(shown, 120, marks=""))[3] == (
        "People     Sapt: Sapt, R., Envoy; Rose: not in the editors' list of persons (p_R1); "
        "Zo: a person not named by the edito…"
    )


def test_an_open_box_without_a_frame_begins_with_the_subject() -> None:
    lines = _shown(opened_lines(whole(), 80, marks=""))
    assert lines[0] == "09ZENDA27  HERRING AND [GENERALS] ON THE COAST"
    assert lines[1:] == _shown(top_lines(whole(), 80, marks=""))


@pytest.mark.parametrize("cells", [1, 5, 20, 30, 43, 64, 80, 110, 200])
@pytest.mark.parametrize("lay", [top_lines, compact_lines, zoomed_lines])
def test_no_line_is_wider_than_the_box(cells: int, lay: Callable[..., list[Line]]) -> None:
    for line in lay(whole(), cells, marks="★"):
        if cells >= 43:
            assert sum(width(text) for text, _ in line) <= cells


def test_the_classification_is_a_badge_of_its_level_and_in_words() -> None:
    line = top_lines(whole(), 84, marks="")[1]
    assert (" CONFIDENTIAL//NOFORN ", "confidential") in line


def test_a_narrow_badge_has_the_short_form() -> None:
    assert " C//NF " in _shown(compact_lines(whole(), 48, marks=""))[1] + " "


def _warned(*messages: str) -> Cable:
    return replace(whole(), warnings=tuple(map(CableWarning, messages, messages)))


def test_warnings_take_two_lines_each_and_the_key_for_the_rest_is_named() -> None:
    cable = _warned("word " * 40, "two", "three", "four", "5")
    lines = _shown(top_and_header.warning_lines(cable, 30))
    assert lines[0].startswith("! word")
    assert lines[1].endswith("… · 3 opens")
    assert lines[2:] == ["! two", "! three", "! 2 more · 3 opens"]
    narrow = _shown(compact_lines(cable, 30, marks=""))[-1]
    assert narrow == "! word wor… · 4 more · 3 opens"


def test_an_opened_box_spells_every_warning_out() -> None:
    kinds = _warned("word " * 40, "two", "three", "four", "5")
    twice = replace(kinds, warnings=(*kinds.warnings, CableWarning("two", "two again")))
    said = _shown(top_and_header.warning_lines(twice, 30, opened=True))
    assert said[-5:] == ["! two", "! two again", "! three", "! four", "! 5"]
    assert " ".join(said).count("word") == 40
    assert not any("…" in line or "opens" in line for line in said)


def test_without_a_frame_it_is_said_what_the_cable_is_beside_the_list() -> None:
    lines = _shown(compact_lines(whole(), 110, marks="", beside="Preview"))
    assert lines[0] == "Preview: 09ZENDA27  HERRING AND [GENERALS] ON THE COAST"
    assert lines[1].endswith("//NOFORN  Embassy Zenda  refs 3 (1 missing)")


def test_references_and_sources_are_counted() -> None:
    assert top_and_header.count_label(replace(whole(), references=())) == "none"
    sources = (Source("a.html", "html-page"), Source("cables.csv", "dump"))
    assert (
        top_and_header.count_label(replace(whole(), sources=sources)) == "3 (1 missing) · 2 sources"
    )


def test_sources_that_differ_have_a_line() -> None:
    page, row = Source("a.html", "html-page"), Source("cables.csv", "dump-csv")
    same = replace(whole(), sources=(page, row))
    assert not any("Sources" in line for line in _shown(top_lines(same, 80, marks="")))
    other = replace(whole(), sources=(page, replace(row, differs=("body",))))
    lines = _shown(top_lines(other, 80, marks=""))
    assert "Sources    2: a.html, also cables.csv (the body differs)" in lines


def test_the_small_box_says_that_sources_differ_too() -> None:
    page = Source("a.html", "html-page")
    row = Source("cables.csv", "cables-csv")
    alike = replace(whole(), sources=(page, row))
    assert not any("sources" in line for line in _shown(compact_lines(alike, 78, marks="")))
    other = replace(whole(), sources=(page, replace(row, differs=("body",))))
    lines = _shown(compact_lines(other, 78, marks=""))
    assert lines[-2] == "sources 2: a.html, also cables.csv (the body differs)"


def test_warnings_of_one_kind_share_a_line() -> None:
    years = ("A: year taken from the cable", "B: year taken from the cable")
    made = replace(whole(), warnings=tuple(CableWarning("year", year) for year in years))
    lines = _shown(top_and_header.warning_lines(made, 60))
    assert lines == ["! A: year taken from the cable (and 1 more)"]


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2009-02-13T14:57Z", "2009-02-13 14:57 Z"),
        ("2009-02-13T14Z", "2009-02-13 14h Z"),
        ("2011-08-24T16:30", "2011-08-24 16:30"),
        ("2009-02-13", "2009-02-13"),
        ("", "not known"),
    ],
)
def test_moments_are_said_as_far_as_they_are_known(iso: str, expected: str) -> None:
    assert moment(iso) == expected


def test_where_there_is_little_room_the_names_give_way_and_not_the_numbers() -> None:
    assert header_line(whole(), 70) == (
        "PRIORITY 131457Z FEB 09 · AMEMBASSY ZENDA → SE… · +3 info · 2 sections"
    )


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (Header(""), "No transmission header"),
        (Header("VZCZ", partial=True), "partial extract · 2 sections"),
        (Header("VZCZ", sender="A\x1b[31m"), "A␛[31m · 2 sections"),
    ],
    ids=["none", "partial", "hostile"],
)
def test_a_header_that_lacks_things_says_what_it_has(header: Header, expected: str) -> None:
    assert header_line(replace(whole(), header=header)) == expected


def test_the_title_has_the_marking_of_the_subject() -> None:
    assert top_and_header.short_title(whole()) == "(C) HERRING AND [GENERALS] ON THE COAST"
    assert top_and_header.short_title(replace(whole(), subject="")) == "09ZENDA27"


@pytest.mark.parametrize("code", ["time-from-date-time-group", "year-inferred"])
def test_what_holds_of_nearly_every_cable_is_no_warning_in_the_box(code: str) -> None:
    quiet = CableWarning(code, "the page's minutes are wrong")
    cable = replace(whole(), warnings=(quiet, CableWarning("stub", "The text is cut.")))
    assert top_and_header.warnings(cable) == ["The text is cut."]
