"""The lines of the library: what folds, and where the cursor is when they change."""

from __future__ import annotations

from cable_tui.base.value import replace
from cable_tui.session.sidebar_lines import FilterItem, FilterLines, Section, sidebar_lines

ZENDA = FilterItem("Embassy Zenda", "Embassy Zenda", 12)
SECTIONS = (
    Section("origin", "ORIGIN", (ZENDA,), 3),
    Section("tag", "TAGS", (FilterItem("PGOV", "PGOV [u] rule", None, "included"),), 1),
)
SHOWN = FilterLines().with_sections(SECTIONS)


def test_a_section_has_a_heading_its_values_and_a_line_for_the_rest() -> None:
    kinds = [(line.section, line.kind) for line in sidebar_lines(SECTIONS, frozenset())]
    assert kinds == [
        ("ORIGIN", "heading"),
        ("ORIGIN", "item"),
        ("ORIGIN", "more"),
        ("TAGS", "heading"),
        ("TAGS", "item"),
    ]
    folded = [(line.section, line.kind) for line in sidebar_lines(SECTIONS, frozenset({"ORIGIN"}))]
    assert folded == [kinds[0], *kinds[3:]]


def test_the_cursor_stays_on_its_value_and_returns_to_one_that_was_hidden() -> None:
    shown = replace(SHOWN, at=1)
    above = Section("list", "LISTS", (FilterItem("harbour", "harbour", 2),), 1)
    moved = shown.with_sections((above, *SECTIONS))
    assert (moved.at, moved.value_here, moved.hidden) == (3, "Embassy Zenda", None)
    hidden = shown.with_sections(SECTIONS[1:]).with_sections(())
    assert (hidden.at, hidden.here, hidden.hidden) == (0, None, ("ORIGIN", "item", "Embassy Zenda"))
    back = hidden.with_sections(SECTIONS)
    assert (back.at, back.hidden) == (1, None)


def test_the_first_counts_put_the_cursor_at_the_top() -> None:
    empty = FilterLines().with_sections([replace(section, items=()) for section in SECTIONS])
    first = replace(empty, at=2).with_sections(SECTIONS)
    assert (first.at, first.filled) == (0, True)
    assert replace(first, at=4).with_sections(SECTIONS).at == 4


def test_what_is_under_the_cursor_has_a_section_and_perhaps_a_value() -> None:
    here = [replace(SHOWN, at=at) for at in range(6)]
    assert [shown.section_here for shown in here] == [*["origin"] * 3, *["tag"] * 2, ""]
    assert [shown.value_here for shown in here] == ["", "Embassy Zenda", "", "", "PGOV", ""]
