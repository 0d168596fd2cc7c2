"""The reader's own sections of the library."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.answers import Count, Counts
from cable_tui.session import ask
from cable_tui.session.feature_state import Notebook, OriginNote, SidebarView
from cable_tui.session.features import sidebar
from cable_tui.session.features.sidebar import ReverseSection
from cable_tui.session.features.sidebar_sections import (
    MOST_VALUES,
    all_values,
    filter_sections,
    reader_sections,
)
from cable_tui.session.sidebar_lines import FilterItem, Section
from cable_tui.session.state import Session
from cable_tui.tui.dialogs.pickers import matching_values
from tests.session import ready, walk


def test_without_anything_of_ones_own_there_is_no_section() -> None:
    assert list(reader_sections(ready())) == []


def test_lists_searches_and_read_cables_each_have_a_section() -> None:
    notebook = Notebook(
        marks=frozenset({("09ZENDA1", None), ("09ZENDA1", "3")}),
        lists=(("harbour", 2),),
        searches=(("catch", "herring"), ("late", "eel")),
    )
    shelving = SidebarView(saved=(("catch", 7),), recent=(("09ZENDA1", "09ZENDA1", "HERRING"),))
    session = replace(ready("list:harbour"), notebook=notebook, sidebar=shelving)
    lists, saved, recent = reader_sections(session)
    assert lists.items == (
        FilterItem("", "all bookmarks", 2),
        FilterItem("harbour", "harbour", 2, "included"),
    )
    assert saved.items == (
        FilterItem("catch", "catch", 7, sign="⌕"),
        FilterItem("late", "late", None, sign="⌕"),
    )
    assert recent.items == (FilterItem("09ZENDA1", "09ZENDA1 HERRING", sign="✓", counted=False),)
    assert recent.closed


def number(value: str, count: int, title: str = "") -> Count:
    """A count of the archive."""
    return Count(value, title, count)


def counted(text: str, counts: Counts) -> Session:
    return replace(ready(text), counts=counts, counted=True)


def section(session: Session, label: str) -> Section:
    return next(each for each in filter_sections(session) if each.label == label)


def test_values_stand_by_their_count() -> None:
    session = counted("", {"origin": [number("Embassy Zenda", 3), number("Consulate Ruritz", 9)]})
    found = section(session, "Origin")
    assert [item.label for item in found.items] == ["Consulate Ruritz", "Embassy Zenda"]
    assert [item.count for item in found.items] == [9, 3]


def test_a_post_has_the_notes_of_tools_once_they_were_computed() -> None:
    counts: Counts = {"origin": [number("Embassy Zenda", 3), number("Consulate Ruritz", 9)]}
    known = {
        "Embassy Zenda": OriginNote(("<1%", "▁"), "few", "~% of all"),
        "Consulate Ruritz": OriginNote(("~90%", "▇"), "most"),
    }
    session = replace(counted("", counts), sidebar=SidebarView(notes=known))
    found = section(session, "Origin")
    assert [item.notes for item in found.items] == [("~90%", "▇"), ("<1%", "▁")]
    assert found.note == "~% of all"
    assert [item.notes for item in section(counted("", counts), "Origin").items] == [(), ()]


def test_the_last_counts_keep_their_room_while_the_new_ones_are_not_known() -> None:
    asked = replace(counted("", {"tag": [number("PHUM", 2000)]}), counted=False)
    (item,) = section(asked, "Subjects").items
    assert (item.count, item.before) == (None, 2000)


def test_tags_are_told_apart_by_kind() -> None:
    counts = {
        "tag": [number("PHUM", 2, "Human Rights"), number("MO", 1, "Morocco"), number("X", 1)]
    }
    found = [(each.label, each.items[0].label) for each in filter_sections(counted("", counts))]
    assert found == [
        ("Subjects", "PHUM Human Rights"),
        ("Countries and regions", "MO Morocco"),
        ("Other tags", "X"),
    ]


def test_months_show_under_a_year_that_the_query_names() -> None:
    counts = {
        "date": [number("2008", 5), number("2008-12", 5), number("2009", 7), number("2009-02", 7)]
    }
    plain = section(counted("", counts), "Created")
    assert [item.label for item in plain.items] == ["2009", "2008"]
    named = section(counted("date:2009", counts), "Created")
    assert [item.label for item in named.items] == ["2009", "February", "2008"]
    assert named.items[0].state == "included"
    assert named.items[1] == FilterItem("2009-02", "February", 7, "", 1)


def test_classifications_stand_from_the_lowest() -> None:
    counts = {"class": [number("SECRET", 1, "S"), number("UNCLASSIFIED", 1, "U")]}
    found = section(counted("", counts), "Classification")
    assert [item.label.split() for item in found.items] == [["U", "UNCLASSIFIED"], ["S", "SECRET"]]


LONG: Counts = {"tag": [number(f"P{n:03}", 100 - n) for n in range(40)]}


def test_a_long_section_shows_its_first_values_until_more_are_asked_for() -> None:
    session = counted("", LONG)
    assert len(section(session, "Other tags").items) == MOST_VALUES
    assert section(session, "Other tags").total == 40
    assert len(section(walk(session, sidebar.WidenSection("tag")), "Other tags").items) == 40


def test_a_value_of_the_query_is_shown_however_far_down_it_stands() -> None:
    found = section(counted("tag:P039", LONG), "Other tags")
    assert found.items[-1] == FilterItem("P039", "P039", 61, "included")


POSTS: Counts = {
    "origin": [
        number("Embassy Rabat", 9),
        number("Consulate Casablanca", 2),
        number("Embassy Paris", 7),
        number("Secretary of State", 5),
        *(number(f"Post {n:02}", 1) for n in range(10)),
    ]
}


def test_many_origins_stand_by_region_and_there_by_city() -> None:
    found = [each for each in filter_sections(counted("", POSTS)) if each.facet == "origin"]
    assert [(each.label, each.item and each.item.count, each.closed) for each in found] == [
        ("Origin", None, False),
        ("Europe and Eurasia", 7, True),
        ("Near East and North Africa", 11, True),
        ("Washington and others", 15, True),
    ]
    assert [item.value for item in found[2].items] == ["Consulate Casablanca", "Embassy Rabat"]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ('region:"near east"', ["", "included", ""]),
        ("-region:eur region:nea", ["excluded", "included", ""]),
        ("region:east", ["included", "", "included", ""]),
        ("origin:rabat", ["", "", ""]),
    ],
)
def test_a_region_is_a_value_that_the_query_may_name(text: str, states: list[str]) -> None:
    found = [each.item for each in filter_sections(counted(text, POSTS)) if each.within]
    assert [item.state for item in found if item] == states
    assert {(item.facet, item.value == item.label) for item in found if item} == {("region", True)}


def test_a_region_that_the_query_names_can_be_taken_out_where_posts_stand_by_number() -> None:
    few: Counts = {"origin": [number("Embassy Rabat", 9), number("Embassy Paris", 7)]}
    items = section(counted("region:nea region:africa", few), "Origin").items
    assert [(item.value, item.count, item.state, item.facet) for item in items] == [
        ("Africa", 0, "included", "region"),
        ("Near East and North Africa", 9, "included", "region"),
        ("Embassy Rabat", 9, "", ""),
        ("Embassy Paris", 7, "", ""),
    ]


def test_the_filter_of_origins_finds_regions_first() -> None:
    label, items = all_values(counted("", POSTS), "origin")
    assert label == "Origin"
    assert [item.value for item in matching_values(items, "near")] == ["Near East and North Africa"]
    assert [item.facet for item in items[:4]] == ["region", "region", "region", ""]


def test_origins_in_their_other_order_stand_by_number() -> None:
    found = section(walk(counted("", POSTS), ReverseSection("origin")), "Origin")
    assert [item.value for item in found.items[:3]] == [
        "Embassy Rabat",
        "Embassy Paris",
        "Secretary of State",
    ]


def test_tags_in_their_other_order_stand_by_name() -> None:
    counts: Counts = {"tag": [number("SNAR", 9, "Narcotics"), number("PHUM", 2, "Human Rights")]}
    session = counted("", counts)
    assert [item.value for item in section(session, "Subjects").items] == ["SNAR", "PHUM"]
    turned = section(walk(session, ReverseSection("tag")), "Subjects")
    assert [item.value for item in turned.items] == ["PHUM", "SNAR"]


def test_days_show_under_a_month_that_the_query_names() -> None:
    counts: Counts = {"date": [number("2009", 7), number("2009-02", 7), number("2009-02-13", 7)]}
    named = section(counted("date:2009-02", counts), "Created")
    assert [(item.label, item.indent) for item in named.items] == [
        ("2009", 0),
        ("February", 1),
        ("13 Feb", 2),
    ]


def test_counts_of_an_older_question_are_not_shown() -> None:
    session = replace(counted("", {"origin": [number("Zenda", 3)]}), counted=False)
    assert section(session, "Origin").items[0].count is None


def test_values_without_a_cable_are_hidden() -> None:
    assert filter_sections(counted("", {"origin": [number("Zenda", 0)]})) == []


NAMED = {
    "origin": [number("Embassy Zenda", 3)],
    "tag": [number("PHUM", 2, "Human Rights")],
    "date": [number("2009", 3), number("2009-02", 3)],
}


@pytest.mark.parametrize(
    ("text", "label", "shown", "emptied"),
    [
        pytest.param(
            'origin:"Consulate Ruritz"',
            "Origin",
            FilterItem("Consulate Ruritz", "Consulate Ruritz", 0, "included"),
            "",
            id="no cable of it is left",
        ),
        pytest.param(
            "-origin:Ruritz",
            "Origin",
            FilterItem("Ruritz", "Ruritz", 0, "excluded"),
            "origin:Ruritz",
            id="excluded",
        ),
        pytest.param(
            "tag:KTIP",
            "Programs",
            FilterItem("KTIP", "KTIP Trafficking in Persons", 0, "included"),
            "",
            id="a tag stands among its kind",
        ),
        pytest.param(
            "tag:prel",
            "Subjects",
            FilterItem("prel", "PREL External Political Relations", 0, "included"),
            "",
            id="a tag keeps its title, however it is written",
        ),
        pytest.param(
            'tag:"human rights"',
            "Subjects",
            FilterItem("human rights", "PHUM Human Rights", 2, "included"),
            "",
            id="a value that is named by its title",
        ),
        pytest.param(
            "date:2008-03..2009-02",
            "Created",
            FilterItem("2008-03..2009-02", "2008-03..2009-02", None, "included"),
            "",
            id="a span of days",
        ),
        pytest.param(
            "date:2031",
            "Created",
            FilterItem("2031", "2031", 0, "included"),
            "",
            id="a year without",
        ),
    ],
)
def test_what_the_query_names_is_always_there_to_be_taken_out(
    text: str, label: str, shown: FilterItem, emptied: str
) -> None:
    session = counted(text, NAMED)
    assert shown in section(session, label).items
    facet = section(session, label).facet
    assert str(walk(session, ask.ToggleValue(facet, shown.value)).query) == emptied


def test_what_the_query_names_is_there_before_the_first_counts() -> None:
    found = section(replace(ready("origin:Zenda"), counted=False), "Origin")
    assert found.items == (FilterItem("Zenda", "Zenda", None, "included"),)


def test_an_excluded_value_is_marked_so() -> None:
    assert parse("-origin:Zenda").state("origin", "Zenda") == "excluded"
    session = counted("-origin:Zenda", {"origin": [number("Zenda", 3)]})
    assert section(session, "Origin").items[0].state == "excluded"
