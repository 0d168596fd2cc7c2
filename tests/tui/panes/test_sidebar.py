import pytest
from textual.pilot import Pilot

from cable_tui.base.value import replace
from cable_tui.session.features.sidebar import How, PickFacetValue, WidenSection
from cable_tui.text import width
from cable_tui.tui.panes.sidebar import (
    LibraryItem,
    Section,
    Sidebar,
    fitting_label,
    paint_sidebar_line,
    sidebar_lines,
)
from tests.tui.stage import Stage

ORIGIN = Section(
    "origin",
    "ORIGIN",
    (
        LibraryItem("Embassy Zenda", "Embassy Zenda", 1128, "included"),
        LibraryItem("X", "Post [/x]", None),
    ),
    274,
)


HOWS: tuple[How, ...] = ("toggled", "only", "excluding")


def _lines(cells: int, turned: frozenset[str] = frozenset(), *sections: Section) -> list[str]:
    return [
        "".join(text for text, _ in paint_sidebar_line(entry, cells, here=False))
        for entry in sidebar_lines(sections or [ORIGIN], turned)
    ]


def test_counts_stand_at_the_right_and_unknown_ones_are_an_ellipsis() -> None:
    assert _lines(26) == [
        " ▾ ORIGIN",
        " ● Embassy Zenda    1,128 ",
        "   Post [/x]            … ",
        "   … 272 more",
    ]


def test_no_label_moves_while_counts_are_not_known() -> None:
    def lines(count: int | None, before: int) -> list[str]:
        item = LibraryItem("Embassy Zenda", "Embassy Zenda", count, before=before)
        region = LibraryItem("Africa", "Africa", count, before=before, facet="region")
        whole = replace(ORIGIN, items=(item,), total=1, within="ORIGIN", item=region)
        return _lines(22, frozenset(), whole)

    assert lines(1128, 0) == ["   ▾ Africa     1,128 ", "   Embassy Zen… 1,128 "]
    assert lines(None, 1128) == ["   ▾ Africa         … ", "   Embassy Zen…     … "]


def test_a_folded_section_is_its_heading() -> None:
    shut = replace(ORIGIN, items=ORIGIN.items[1:])
    assert _lines(26, frozenset({"ORIGIN"}), shut) == [" ▸ ORIGIN"]


def test_what_the_query_names_shows_in_a_folded_section_too() -> None:
    assert _lines(26, frozenset({"ORIGIN"})) == [" ▸ ORIGIN", " ● Embassy Zenda    1,128 "]


def test_a_section_within_another_is_hidden_with_it_and_has_its_number() -> None:
    region = LibraryItem("Africa", "Africa", 1200, "excluded", facet="region")
    inner = replace(ORIGIN, label="Africa", within="ORIGIN", closed=True, items=(), item=region)
    outer = Section("origin", "ORIGIN", ())
    assert _lines(26, frozenset(), outer, inner) == [" ▾ ORIGIN", " - ▸ Africa         1,200 "]
    assert _lines(26, frozenset({"ORIGIN"}), outer, inner) == [" ▸ ORIGIN"]


def test_a_value_with_a_sign_has_no_box() -> None:
    saved = Section("saved", "SAVED", (LibraryItem("catch", "catch", sign="⌕", counted=False),))
    assert _lines(20, frozenset(), saved)[1].rstrip() == " ⌕ catch"


@pytest.mark.parametrize("cells", [12, 18, 26, 40])
def test_values_fill_the_line(cells: int) -> None:
    for entry in sidebar_lines([ORIGIN], frozenset()):
        if entry.item:
            texts = paint_sidebar_line(entry, cells, here=True)
            assert sum(width(text) for text, _ in texts) == cells
            assert texts[0][0] == "▌"


def test_excluded_is_told_by_a_sign_not_only_by_colour() -> None:
    item = Section("tag", "TAGS", (LibraryItem("KCRM", "KCRM crime", 18, "excluded", 1),), 1)
    (_, entry) = sidebar_lines([item], frozenset())
    assert "".join(text for text, _ in paint_sidebar_line(entry, 30, here=False)).startswith(
        " -   KCRM"
    )


def test_a_note_stands_before_the_count_only_where_it_takes_no_cell_of_the_label() -> None:
    def line(label: str) -> str:
        (_, shown, _) = _lines(
            26,
            frozenset(),
            replace(ORIGIN, items=(LibraryItem(label, label, 20, notes=("~6%", "▁")),)),
        )
        return shown

    assert line("Embassy Zenda 1") == "   Embassy Zenda 1 ~6% 20 "
    assert line("Embassy Zenda 123") == "   Embassy Zenda 123 ▁ 20 "
    assert line("Embassy Zenda 1234") == "   Embassy Zenda 1234  20 "
    assert line("Embassy Zenda's Embassy") == "   Embassy Zenda's Em… 20 "


def test_labels_end_at_the_same_cell_whatever_the_numbers_are() -> None:
    long = "A name that no pane of the room has the cells for"
    items = tuple(LibraryItem(str(count), long, count) for count in (12345, 67, 8))
    _, *lines = _lines(30, frozenset(), Section("tag", "TAGS", items))
    assert [line.index("…") for line in lines] == [21] * 3
    assert [line.split()[-1] for line in lines] == ["12,345", "67", "8"]
    assert {len(line) for line in lines} == {30}


SECTIONS = (
    Section("origin", "ORIGIN", (LibraryItem("Embassy Zenda", "Embassy Zenda", 12),), 3),
    Section("tag", "TAGS", (LibraryItem("PGOV", "PGOV [u] rule", None, "included"),), 1),
)


def _stage() -> tuple[Stage, Sidebar]:
    return Stage(sidebar := Sidebar()), sidebar


async def _shown(pilot: Pilot[None], sidebar: Sidebar) -> None:
    sidebar.show("160 cables · 1966-2010", SECTIONS)
    await pilot.pause()


async def test_the_library_paints_head_sections_and_counts() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        await _shown(pilot, sidebar)
        assert [line.strip("│ ") for line in app.painted()[1:7]] == [
            "160 cables · 1966-2010",
            "▌▾ ORIGIN",
            "Embassy Zenda        12",
            "… 2 more",
            "▾ TAGS",
            "● PGOV [u] rule         …",
        ]


async def test_the_line_under_the_cursor_is_asked_for() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        await _shown(pilot, sidebar)
        sidebar.move_by(1)
        for how in HOWS:
            sidebar.pick(how)
        sidebar.move_by(1)
        sidebar.pick("toggled")
        await pilot.pause()
        assert app.actions == [
            PickFacetValue("origin", "Embassy Zenda"),
            PickFacetValue("origin", "Embassy Zenda", "only"),
            PickFacetValue("origin", "Embassy Zenda", "excluding"),
            WidenSection("origin"),
        ]


async def test_the_cursor_goes_by_sections_and_passes_regions_over() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 12)) as pilot:
        region = LibraryItem("Africa", "Africa", 7, facet="region")
        inside = Section("origin", "Africa", (LibraryItem("Zenda", "Zenda", 7),), item=region)
        sidebar.show("160 cables", (SECTIONS[0], inside, SECTIONS[1]))
        await pilot.pause()
        sidebar.to_section(1)
        found = [sidebar.section_here]
        sidebar.to_section(1)
        sidebar.move_by(1)
        for _ in range(3):
            sidebar.to_section(-1)
            found.append(sidebar.section_here)
        assert found == ["tag", "tag", "origin", "origin"]


async def test_keys_before_the_first_counts_leave_the_cursor_at_the_top() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 6)) as pilot:
        sidebar.show("", [replace(each, items=()) for each in SECTIONS])
        await pilot.pause()
        sidebar.move_by(1)
        await _shown(pilot, sidebar)
        assert sidebar.section_here == "origin"
        assert sidebar.scroll_offset.y == 0
        sidebar.move_by(1)
        await _shown(pilot, sidebar)
        assert sidebar.value_here == "Embassy Zenda"


async def test_the_heading_of_a_region_is_asked_for_as_a_value_and_still_folds() -> None:
    africa = LibraryItem("Africa", "Africa", 12, facet="region")
    posts = (LibraryItem("Embassy Zenda", "Embassy Zenda", 12),)
    region = Section("origin", "Africa", posts, 1, "ORIGIN", item=africa, closed=True)

    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        await _shown(pilot, sidebar)
        sidebar.show("12 cables", (Section("origin", "ORIGIN", ()), region))
        sidebar.move_by(1)
        for how in HOWS:
            sidebar.pick(how)
        await pilot.pause()
        assert app.actions == [
            PickFacetValue("region", "Africa"),
            PickFacetValue("region", "Africa", "only"),
            PickFacetValue("region", "Africa", "excluding"),
        ]
        assert (sidebar.section_here, sidebar.value_here) == ("origin", "")
        sidebar.fold_here()
        await pilot.pause()
        assert [line.strip("│ ") for line in app.painted()[3:5]] == [
            "▌  ▾ Africa             12",
            "Embassy Zenda        12",
        ]


async def test_folding_keeps_the_cursor_on_the_heading_and_outlives_new_counts() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        await _shown(pilot, sidebar)
        sidebar.move_by(1)
        sidebar.fold_here()
        await _shown(pilot, sidebar)
        assert [line.strip("│ ") for line in app.painted()[2:4]] == ["▌▸ ORIGIN", "▾ TAGS"]


async def test_the_cursor_stays_on_its_value_when_counts_change() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        await _shown(pilot, sidebar)
        sidebar.move("end", 1)
        sidebar.show("9 cables", SECTIONS[1:])
        await pilot.pause()
        assert app.painted()[3].startswith("│▌● PGOV")


def _long(first: int) -> tuple[Section, ...]:
    """A section of some ports above one of six years."""
    ports = tuple(LibraryItem(f"Port {n}", f"Port {n}", n) for n in range(first))
    years = tuple(LibraryItem(f"{n}", f"{n}", 1) for n in range(1900, 1906))
    return (Section("origin", "ORIGIN", ports), Section("date", "CREATED", years))


def _row(app: Stage, text: str) -> int:
    return next(y for y, line in enumerate(app.painted()) if text in line)


async def test_a_value_that_a_query_hid_has_the_cursor_again_at_its_old_place() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        sidebar.show("", _long(30))
        sidebar.move_by(12)
        await pilot.pause()
        before = app.painted()
        assert "▌  Port 11" in before[8]
        sidebar.show("", _long(30)[1:])
        await pilot.pause()
        sidebar.show("", _long(30))
        await pilot.pause()
        assert app.painted() == before


async def test_who_moves_meanwhile_is_not_called_back() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        sidebar.show("", _long(30))
        sidebar.move_by(12)
        sidebar.show("", _long(30)[1:])
        sidebar.move("end", -1)
        sidebar.show("", _long(30))
        await pilot.pause()
        assert sidebar.section_here == "date"


async def test_what_was_clicked_stays_under_the_mouse_when_the_rest_shrinks() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        sidebar.show("", _long(30))
        await pilot.pause()
        sidebar.scroll_to(y=30, animate=False)
        await pilot.pause()
        row = _row(app, "1901")
        await pilot.click(sidebar, offset=(6, row))
        for ports in (30, 8):
            sidebar.show("", _long(ports))
            await pilot.pause()
            assert _row(app, "▌  1901") == row


async def test_what_is_unfolded_at_the_lower_edge_comes_into_sight() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        sidebar.show("", _long(30))
        sidebar.move("end", 1)
        sidebar.fold_here()
        await pilot.pause()
        assert "▌▸ CREATED" in app.painted()[8]
        sidebar.fold_here()
        await pilot.pause()
        assert "▌▾ CREATED" in app.painted()[2]
        assert "1905" in app.painted()[8]


async def test_a_click_does_what_space_does() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        await _shown(pilot, sidebar)
        await pilot.click(sidebar, offset=(6, 3))
        await pilot.pause()
        assert app.actions == [PickFacetValue("origin", "Embassy Zenda")]


async def test_without_sections_nothing_can_be_asked_for() -> None:
    app, sidebar = _stage()
    async with app.run_test(size=(30, 10)) as pilot:
        sidebar.show("", ())
        for how in HOWS:
            sidebar.pick(how)
        sidebar.fold_here()
        await pilot.pause()
        assert app.messages == []


def test_the_head_drops_its_last_parts_where_there_is_no_room() -> None:
    head = "160 of 251,287 published · 1966-2010"
    assert fitting_label(head, 40) == head
    assert fitting_label(head, 28) == "160 of 251,287 published"
    assert fitting_label(head, 7) == "160 of…"
