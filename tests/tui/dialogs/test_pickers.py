"""Lines to tick."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from textual.app import App
from textual.widgets import OptionList

from cable_tui.exports.copy_formats import EXPORTS, Export
from cable_tui.exports.lists import FORMATS, ListFormat
from cable_tui.library import Mark
from cable_tui.query.model import SORTS, SortOrder
from cable_tui.session import effects
from cable_tui.session.ask import Narrow
from cable_tui.session.effects import MenuItem, numbered_menu
from cable_tui.session.features import copy, opened_cable
from cable_tui.session.features.bookmarks import RemoveMarks, Undo, removal_menu
from cable_tui.session.features.bookmarks_screen import OpenBookmarks
from cable_tui.session.features.opened_cable import reference_menu
from cable_tui.session.library_questions import AnswerOwnName, own_name_menu, rescue_menu
from cable_tui.session.sidebar_lines import FilterItem
from cable_tui.session.values import Action
from cable_tui.tui.commands.key_command import WidgetAction
from cable_tui.tui.dialogs.go_menu import LAYOUTS, go_menu
from cable_tui.tui.dialogs.pickers import (
    MOST_LISTED,
    Checklist,
    LinkHints,
    Menu,
    ValuePicker,
    copy_menu,
    hint_labels,
    matching_values,
)
from tests.session import does, reference
from tests.tui.stage import ended

FREE = "NOQRUVXYZ123"
"""Keys that the menu of `g` does not have."""
HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"
LINES = (("gaddafi", 1), ("qadhafi", 1204), (HOSTILE, 2))


@pytest.mark.parametrize(
    ("keys", "end"),
    [
        (("enter",), ("gaddafi", "qadhafi", HOSTILE)),
        (("space", "enter"), ("qadhafi", HOSTILE)),
        (("a", "j", "space", "enter"), ("qadhafi",)),
        (("a", "a", "k", "space", "enter"), ("gaddafi", "qadhafi")),
        (("a", "enter"), ()),
        (("escape",), None),
    ],
)
async def test_what_is_ticked_is_taken(keys: tuple[str, ...], end: tuple[str, ...] | None) -> None:
    painted: list[str] = []
    ends = await ended(lambda: Checklist("Spellings of gaddafi", LINES), *keys, painted=painted)
    assert ends == [end]
    assert any(line.split()[1:4] == ["[x]", "qadhafi", "1,204"] for line in painted)
    assert any("[deleted XXXXX]" in line for line in painted)
    assert not any("\x1b" in line for line in painted)


@pytest.mark.parametrize("count", [0, 1, 26, 27, 300])
def test_labels_are_as_many_as_asked_and_none_begins_another(count: int) -> None:
    found = hint_labels(count)
    assert len(set(found)) == len(found) == count
    assert len({len(each) for each in found}) <= 1


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["a", "s"], Narrow("tag", "PGOV")),
        (["a", "d"], opened_cable.GoBack()),
        (["x"], None),
        (["a", "x"], None),
        (["escape"], None),
        (["enter"], None),
    ],
)
async def test_a_typed_label_does_what_it_stands_for(
    keys: list[str], expected: Action | None
) -> None:
    does: dict[str, Action] = {"as": Narrow("tag", "PGOV"), "ad": opened_cable.GoBack()}
    assert await ended(lambda: LinkHints(does), *keys) == [expected]


ITEMS = [
    FilterItem("Embassy Rabat", "Embassy Rabat", 1204),
    FilterItem("Embassy São Tomé", "Embassy São Tomé", None, "included"),
    FilterItem("x", HOSTILE, 1),
]


@pytest.mark.parametrize(
    ("keys", "end"),
    [
        (("enter",), ["Embassy Rabat"]),
        (("down", "enter"), ["Embassy São Tomé"]),
        (("t", "o", "m", "e", "enter"), ["Embassy São Tomé"]),
        (("z", "z", "enter"), []),
        (("escape",), [None]),
    ],
)
async def test_what_is_lit_is_taken(keys: tuple[str, ...], end: list[str | None]) -> None:
    assert await ended(lambda: ValuePicker("Origin", ITEMS), *keys) == end


async def test_lines_have_box_name_and_number_and_run_nothing() -> None:
    painted: list[str] = []
    await ended(lambda: ValuePicker("Origin", ITEMS), size=(100, 24), painted=painted)
    (first,) = (line.split() for line in painted if "Rabat" in line)
    assert first[1:4] == ["Embassy", "Rabat", "1,204"]
    (second,) = (line.split() for line in painted if "Tomé" in line)
    assert second[1:6] == ["[x]", "Embassy", "São", "Tomé", "…"]
    assert any("[deleted XXXXX]" in line for line in painted)
    assert not any("\x1b" in line for line in painted)


async def test_more_than_can_be_listed_is_said() -> None:
    many = [FilterItem(str(n), f"Post {n}", n) for n in range(MOST_LISTED + 1)]
    painted: list[str] = []
    await ended(lambda: ValuePicker("Origin", many), painted=painted)
    assert any("The first 500 of 501." in line for line in painted)


def test_every_word_that_is_typed_begins_a_word() -> None:
    assert [each.value for each in matching_values(ITEMS, "emb rab")] == ["Embassy Rabat"]
    assert matching_values(ITEMS, "abat") == []


LONG = "x" * 80
SHOWN = f"the notes “ask Mara {LONG[:50]}…”, “why?”"
MARKS = (
    Mark("09ZENDA1", "09ZENDA1", "3", note=f"ask\nMara {LONG}", lists=("story", "ice")),
    Mark("09ZENDA2", "09ZENDA2", note="why?", lists=("story",)),
)
BOTH = (reference("09ZENDA1", "09 ZENDA 1"), reference("09ZENDA2", HOSTILE))
RESCUE = rescue_menu(HOSTILE)
REMOVAL = removal_menu(RemoveMarks(MARKS))
OWN_NAME = own_name_menu(HOSTILE, 14, 3)
REFERENCES = reference_menu(BOTH)


@pytest.mark.parametrize(
    ("make", "keys", "does"),
    [
        (lambda: copy_menu("¶3"), ("h",), copy.Copy("hashtags")),
        (lambda: copy_menu("¶3"), ("down", "enter"), copy.Copy("link")),
        (lambda: copy_menu("¶3"), ("j", "enter"), copy.Copy("link")),
        (lambda: copy_menu(HOSTILE), ("escape",), None),
        (go_menu, ("q",), None),
        (go_menu, ("g",), WidgetAction("move_end", -1)),
        (lambda: shown(REFERENCES), ("2",), effects.GoToCable("09ZENDA2")),
    ],
)
async def test_a_key_picks_its_line(
    make: Callable[[], Menu], keys: tuple[str, ...], does: object
) -> None:
    assert await ended(make, *keys) == [does]


def shown(asked: effects.AskMenu) -> Menu:
    return Menu(asked.title, asked.items, asked.note, asked.start)


@pytest.mark.parametrize(
    ("asked", "key", "wanted"),
    [
        (RESCUE, "n", Undo()),
        (OWN_NAME, "y", AnswerOwnName(HOSTILE, mine=True)),
        (OWN_NAME, "n", AnswerOwnName(HOSTILE, mine=False)),
        (REMOVAL, "t", RemoveMarks(MARKS)),
        (REMOVAL, "k", effects.Notify("Kept.")),
        (numbered_menu("Back to", [("a", "b", OpenBookmarks())]), "1", OpenBookmarks()),
    ],
)
def test_a_line_does_what_it_says(asked: effects.AskMenu, key: str, wanted: object) -> None:
    assert does(asked, key) == wanted


@pytest.mark.parametrize("table", [EXPORTS, FORMATS, SORTS], ids=["copy", "export", "order"])
def test_each_line_has_a_key_of_its_own_and_none_moves(
    table: Mapping[str, Export | ListFormat | SortOrder],
) -> None:
    keys = [each.key for each in table.values()]
    assert all(len(key) == 1 for key in keys)
    assert len(set(keys)) == len(keys)
    assert not {"j", "k"} & set(keys)


@pytest.mark.parametrize(
    ("marks", "goes"),
    [
        (MARKS[1:], "Also removed: the note “why?”; the place in story."),
        (MARKS, f"Also removed: {SHOWN}; the places in story (2), ice (1)."),
        (
            tuple(Mark(f"09A{number}", f"09A{number}", note=f"n{number}") for number in range(5)),
            "Also removed: the notes “n0”, “n1”, “n2” and 2 more.",
        ),
    ],
)
def test_what_goes_with_a_bookmark_is_named_before(marks: tuple[Mark, ...], goes: str) -> None:
    assert removal_menu(RemoveMarks(marks)).note == goes


async def test_a_menu_of_two_columns_has_one_cursor() -> None:
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(go_menu())
        await pilot.pause()
        places = [each.highlighted for each in app.screen.query(OptionList)]
        await pilot.press("right")
        beside = [each.highlighted for each in app.screen.query(OptionList)]
    no_cursor = [None] * (len(places) - 2)  # a recipe's line makes it three columns
    assert (places, beside) == ([1, None, *no_cursor], [None, 1, *no_cursor])


async def test_twelve_lines_more_are_all_in_sight_on_the_least_screen() -> None:
    own = go_menu()._choices
    groups = [group for column in LAYOUTS[0] for group in column]
    more = [
        MenuItem(key, "one of twelve lines more", Undo(), group=groups[at % len(groups)])
        for at, key in enumerate(FREE)
    ]
    painted: list[str] = []
    await ended(lambda: Menu("Go to", [*own, *more], layouts=LAYOUTS), painted=painted)
    screen = "\n".join(painted)
    shown = (f"{each.key}  {each.label[:21]}" for each in (*own, *more))
    assert [line for line in shown if line not in screen] == []


@pytest.mark.documents
async def test_a_menu_of_three_columns_goes_from_one_to_the_next() -> None:
    app: App[None] = App()
    async with app.run_test(size=(80, 20)) as pilot:
        app.push_screen(go_menu())
        await pilot.pause()
        found = []
        for key in ("right", "right", "right", "left"):
            await pilot.press(key)
            found.append([each.highlighted for each in app.screen.query(OptionList)])
    last = [None, None, 1]
    assert found == [[None, 1, None], last, last, [None, 1, None]]


async def test_details_stand_below_each_other() -> None:
    asked = reference_menu((reference("09A1", "x"), reference("09ZENDA22", "x")))
    painted: list[str] = []
    await ended(lambda: shown(asked), painted=painted)
    assert any("1  09A1       x" in line for line in painted)
    assert any("2  09ZENDA22  x" in line for line in painted)


def test_two_lines_on_one_key_are_refused_by_name() -> None:
    lines = [MenuItem("k", "one", Undo()), MenuItem("k", "another", Undo())]
    with pytest.raises(
        ValueError, match="Go to: two lines of the menu share the key k; free"
    ) as no:
        Menu("Go to", lines)
    assert "f g h i l m" in str(no.value)
