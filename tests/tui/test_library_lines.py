import pytest

from cable_tui.text import width
from cable_tui.tui.library_lines import Item, Section, entries, painted

ORIGIN = Section(
    "origin",
    "ORIGIN",
    (Item("Embassy Zenda", "Embassy Zenda", 1128, "included"), Item("X", "Post [/x]", None)),
    274,
)


def _lines(cells: int, folded: frozenset[str] = frozenset()) -> list[str]:
    return [
        "".join(text for text, _ in painted(entry, cells, here=False))
        for entry in entries([ORIGIN], folded)
    ]


def test_counts_stand_at_the_right_and_unknown_ones_are_an_ellipsis() -> None:
    assert _lines(26) == [
        " ▾ ORIGIN",
        " [x] Embassy Zenda  1,128 ",
        " [ ] Post [/x]          … ",
        "     … 272 more",
    ]


def test_a_folded_section_is_its_heading() -> None:
    assert _lines(26, frozenset({"origin"})) == [" ▸ ORIGIN"]


@pytest.mark.parametrize("cells", [12, 18, 26, 40])
def test_values_fill_the_line(cells: int) -> None:
    for entry in entries([ORIGIN], frozenset()):
        if entry.item:
            texts = painted(entry, cells, here=True)
            assert sum(width(text) for text, _ in texts) == cells
            assert texts[0][0] == "▌"


def test_excluded_is_told_by_a_sign_not_only_by_colour() -> None:
    item = Section("tag", "TAGS", (Item("KCRM", "KCRM crime", 18, "excluded", 1),), 1)
    (_, entry) = entries([item], frozenset())
    assert "".join(text for text, _ in painted(entry, 30, here=False)).startswith("   [-] KCRM")
