import pytest

from cable_tui.base.value import replace
from cable_tui.session.features.sidebar_cursor import (
    ClickLine,
    FoldHere,
    MoveInFilters,
    ShowFilterSection,
)
from cable_tui.session.sidebar_lines import FilterItem, Section, sidebar_lines
from cable_tui.session.values import Action
from cable_tui.text import width
from cable_tui.tui.panes.sidebar import Sidebar, fitting_label, paint_sidebar_line
from cable_tui.tui.widgets.line_list import Unit
from tests.session import ready
from tests.tui.stage import Stage

ORIGIN = Section(
    "origin",
    "ORIGIN",
    (
        FilterItem("Embassy Zenda", "Embassy Zenda", 1128, "included"),
        FilterItem("X", "Post [/x]", None),
    ),
    274,
)


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


@pytest.mark.parametrize(
    ("cells", "heading"),
    [(26, " ▾ ORIGIN     ~% ▁ of all "), (20, " ▾ ORIGIN")],
)
def test_a_heading_says_what_the_notes_below_it_mean_if_there_is_room(
    cells: int, heading: str
) -> None:
    noted = replace(ORIGIN, note="~% ▁ of all")
    assert _lines(cells, frozenset(), noted)[0].rstrip() == heading.rstrip()


def test_no_label_moves_while_counts_are_not_known() -> None:
    def lines(count: int | None, before: int) -> list[str]:
        item = FilterItem("Embassy Zenda", "Embassy Zenda", count, before=before)
        region = FilterItem("Africa", "Africa", count, before=before, facet="region")
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
    region = FilterItem("Africa", "Africa", 1200, "excluded", facet="region")
    inner = replace(ORIGIN, label="Africa", within="ORIGIN", closed=True, items=(), item=region)
    outer = Section("origin", "ORIGIN", ())
    assert _lines(26, frozenset(), outer, inner) == [" ▾ ORIGIN", " - ▸ Africa         1,200 "]
    assert _lines(26, frozenset({"ORIGIN"}), outer, inner) == [" ▸ ORIGIN"]


def test_a_value_with_a_sign_has_no_box() -> None:
    saved = Section("saved", "SAVED", (FilterItem("catch", "catch", sign="⌕", counted=False),))
    assert _lines(20, frozenset(), saved)[1].rstrip() == " ⌕ catch"


@pytest.mark.parametrize("cells", [12, 18, 26, 40])
def test_values_fill_the_line(cells: int) -> None:
    for entry in sidebar_lines([ORIGIN], frozenset()):
        if entry.item:
            texts = paint_sidebar_line(entry, cells, here=True)
            assert sum(width(text) for text, _ in texts) == cells
            assert texts[0][0] == "▌"


def test_excluded_is_told_by_a_sign_not_only_by_color() -> None:
    item = Section("tag", "TAGS", (FilterItem("KCRM", "KCRM crime", 18, "excluded", 1),), 1)
    (_, entry) = sidebar_lines([item], frozenset())
    assert "".join(text for text, _ in paint_sidebar_line(entry, 30, here=False)).startswith(
        " -   KCRM"
    )


def test_a_note_stands_before_the_count_only_where_it_takes_no_cell_of_the_label() -> None:
    def line(label: str) -> str:
        (_, shown, _) = _lines(
            26,
            frozenset(),
            replace(ORIGIN, items=(FilterItem(label, label, 20, notes=("~6%", "▁")),)),
        )
        return shown

    assert line("Embassy Zenda 1") == "   Embassy Zenda 1 ~6% 20 "
    assert line("Embassy Zenda 123") == "   Embassy Zenda 123 ▁ 20 "
    assert line("Embassy Zenda 1234") == "   Embassy Zenda 1234  20 "
    assert line("Embassy Zenda's Embassy") == "   Embassy Zenda's Em… 20 "


def test_labels_end_at_the_same_cell_whatever_the_numbers_are() -> None:
    long = "A name that no pane of the room has the cells for"
    items = tuple(FilterItem(str(count), long, count) for count in (12345, 67, 8))
    _, *lines = _lines(30, frozenset(), Section("tag", "TAGS", items))
    assert [line.index("…") for line in lines] == [21] * 3
    assert [line.split()[-1] for line in lines] == ["12,345", "67", "8"]
    assert {len(line) for line in lines} == {30}


SECTIONS = (
    Section("origin", "ORIGIN", (FilterItem("Embassy Zenda", "Embassy Zenda", 12),), 3),
    Section("tag", "TAGS", (FilterItem("PGOV", "PGOV [u] rule", None, "included"),), 1),
)


class LibraryStage(Stage):
    """The library, and the session whose lines it shows."""

    def __init__(self) -> None:
        self.sidebar = Sidebar()
        self.room = ready()
        super().__init__(self.sidebar)

    def show(self, *sections: Section, head: str = "") -> None:
        """Show other sections."""
        lines = self.room.filter_lines.with_sections(sections)
        self.room = replace(self.room, filter_lines=lines)
        self.sidebar.show(head, lines)

    def do(self, action: Action) -> None:
        """Show what an action does."""
        before = self.room.filter_lines.lines
        self.room, wanted = action.step(self.room)
        lines = self.room.filter_lines
        if lines.lines is before:
            self.sidebar.move_to(lines)
        else:
            self.sidebar.show("", lines)
        if ShowFilterSection() in wanted:
            self.sidebar.scroll_to_section()


@pytest.mark.parametrize(
    ("unit", "lines"), [("line", 1), ("half", 4), ("page", 8), ("end", 39)], ids=str
)
async def test_a_page_keeps_one_line(unit: Unit, lines: int) -> None:
    app = LibraryStage()
    async with app.run_test(size=(30, 10)):
        app.show(*_long(31))
        assert app.sidebar.steps(unit) == lines


def _long(first: int) -> tuple[Section, ...]:
    """A section of some ports above one of six years."""
    ports = tuple(FilterItem(f"Port {n}", f"Port {n}", n) for n in range(first))
    years = tuple(FilterItem(f"{n}", f"{n}", 1) for n in range(1900, 1906))
    return (Section("origin", "ORIGIN", ports), Section("date", "CREATED", years))


def _row(app: Stage, text: str) -> int:
    return next(y for y, line in enumerate(app.painted()) if text in line)


async def test_what_was_clicked_stays_under_the_mouse_when_the_rest_shrinks() -> None:
    app = LibraryStage()
    async with app.run_test(size=(30, 10)) as pilot:
        app.show(*_long(30))
        await pilot.pause()
        app.sidebar.scroll_to(y=30, animate=False)
        await pilot.pause()
        row = _row(app, "1901")
        await pilot.click(app.sidebar, offset=(6, row))
        app.do(*app.actions)
        for ports in (30, 8):
            app.show(*_long(ports))
            await pilot.pause()
            assert _row(app, "▌  1901") == row


async def test_what_is_unfolded_at_the_lower_edge_comes_into_sight() -> None:
    app = LibraryStage()
    async with app.run_test(size=(30, 10)) as pilot:
        app.show(*_long(30))
        app.do(MoveInFilters(99))
        app.do(FoldHere())
        await pilot.pause()
        assert "▌▸ CREATED" in app.painted()[9]
        app.do(FoldHere())
        await pilot.pause()
        assert "▌▾ CREATED" in app.painted()[3]
        assert "1905" in app.painted()[9]


@pytest.mark.parametrize(
    ("offset", "action"),
    [
        ((6, 3), ClickLine(("ORIGIN", "item", "Embassy Zenda"), folds=False)),
        ((6, 2), ClickLine(("ORIGIN", "heading", ""), folds=False)),
        ((2, 2), ClickLine(("ORIGIN", "heading", ""), folds=True)),
        ((6, 1), None),
        ((6, 8), None),
    ],
)
async def test_a_line_is_clicked_or_its_triangle(
    offset: tuple[int, int], action: Action | None
) -> None:
    app = LibraryStage()
    async with app.run_test(size=(30, 10)) as pilot:
        app.show(*SECTIONS)
        await pilot.pause()
        await pilot.click(app.sidebar, offset=offset)
        await pilot.pause()
        assert app.actions == ([] if action is None else [action])


async def test_without_lines_nothing_is_scrolled_to() -> None:
    app = LibraryStage()
    async with app.run_test(size=(30, 10)):
        app.show()
        app.sidebar.scroll_to_section()
        assert app.sidebar.scroll_offset.y == 0


def test_the_head_drops_its_last_parts_where_there_is_no_room() -> None:
    head = "160 of 251,287 published · 1966-2010"
    assert fitting_label(head, 40) == head
    assert fitting_label(head, 28) == "160 of 251,287 published"
    assert fitting_label(head, 7) == "160 of…"
