import pytest

from cable_tui.text import width
from cable_tui.tui.sidebar.lines import Item, Section, paint_sidebar_line, sidebar_lines
from cable_tui.value import replace

ORIGIN = Section(
    "origin",
    "ORIGIN",
    (Item("Embassy Zenda", "Embassy Zenda", 1128, "included"), Item("X", "Post [/x]", None)),
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
        " [x] Embassy Zenda  1,128 ",
        " [ ] Post [/x]          … ",
        "     … 272 more",
    ]


def test_no_label_moves_while_counts_are_not_known() -> None:
    def lines(count: int | None, before: int) -> list[str]:
        item = Item("Embassy Zenda", "Embassy Zenda", count, before=before)
        region = Item("Africa", "Africa", count, before=before, facet="region")
        whole = replace(ORIGIN, items=(item,), total=1, within="ORIGIN", item=region)
        return _lines(22, frozenset(), whole)

    assert lines(1128, 0) == [" ▾ [ ] Africa   1,128 ", " [ ] Embassy Z… 1,128 "]
    assert lines(None, 1128) == [" ▾ [ ] Africa       … ", " [ ] Embassy Z…     … "]


def test_a_folded_section_is_its_heading() -> None:
    shut = replace(ORIGIN, items=ORIGIN.items[1:])
    assert _lines(26, frozenset({"ORIGIN"}), shut) == [" ▸ ORIGIN"]


def test_what_the_query_names_shows_in_a_folded_section_too() -> None:
    assert _lines(26, frozenset({"ORIGIN"})) == [" ▸ ORIGIN", " [x] Embassy Zenda  1,128 "]


def test_a_section_within_another_is_hidden_with_it_and_has_its_number() -> None:
    region = Item("Africa", "Africa", 1200, "excluded", facet="region")
    inner = replace(ORIGIN, label="Africa", within="ORIGIN", closed=True, items=(), item=region)
    outer = Section("origin", "ORIGIN", ())
    assert _lines(26, frozenset(), outer, inner) == [" ▾ ORIGIN", " ▸ [-] Africa       1,200 "]
    assert _lines(26, frozenset({"ORIGIN"}), outer, inner) == [" ▸ ORIGIN"]


def test_a_value_with_a_sign_has_no_box() -> None:
    saved = Section("saved", "SAVED", (Item("catch", "catch", sign="⌕", counted=False),))
    assert _lines(20, frozenset(), saved)[1].rstrip() == " ⌕ catch"


@pytest.mark.parametrize("cells", [12, 18, 26, 40])
def test_values_fill_the_line(cells: int) -> None:
    for entry in sidebar_lines([ORIGIN], frozenset()):
        if entry.item:
            texts = paint_sidebar_line(entry, cells, here=True)
            assert sum(width(text) for text, _ in texts) == cells
            assert texts[0][0] == "▌"


def test_excluded_is_told_by_a_sign_not_only_by_colour() -> None:
    item = Section("tag", "TAGS", (Item("KCRM", "KCRM crime", 18, "excluded", 1),), 1)
    (_, entry) = sidebar_lines([item], frozenset())
    assert "".join(text for text, _ in paint_sidebar_line(entry, 30, here=False)).startswith(
        "   [-] KCRM"
    )


def test_a_note_stands_before_the_count_only_where_it_takes_no_cell_of_the_label() -> None:
    def line(label: str) -> str:
        (_, shown, _) = _lines(
            26, frozenset(), replace(ORIGIN, items=(Item(label, label, 20, notes=("~6%", "▁")),))
        )
        return shown

    assert line("Embassy Rabat") == " [ ] Embassy Rabat ~6% 20 "
    assert line("Embassy Rabats") == " [ ] Embassy Rabats  ▁ 20 "
    assert line("Embassy Rabatsey") == " [ ] Embassy Rabatsey  20 "
    assert line("Embassy Zenda's Embassy") == " [ ] Embassy Zenda's … 20 "
