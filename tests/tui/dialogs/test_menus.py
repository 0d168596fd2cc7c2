"""Menus: a key picks a line, Enter picks the one under the cursor, Esc none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

import pytest
from textual.app import App
from textual.widgets import OptionList, Static

from cable_tui.exports.copy_table import EXPORTS, Export
from cable_tui.exports.lists import FORMATS, SEALED, ListFormat
from cable_tui.library import Mark
from cable_tui.query.model import SORTS, SortOrder
from cable_tui.session import effects
from cable_tui.session.feature_state import ExportSelection, OpenSealing, PleaToAnswer
from cable_tui.session.features import copy, export, panes, results, sealing, search_bar
from cable_tui.session.features.bookmarks import AnswerOwnName, AskOwnName, RemoveMarks, Undo
from cable_tui.session.features.bookmarks_screen import OpenBookmarks
from cable_tui.session.features.sealing import AskTakeMarks, TakeMarks
from cable_tui.session.values import Action
from cable_tui.tui.commands.model import WidgetAction
from cable_tui.tui.dialogs.menu import Menu, MenuItem
from cable_tui.tui.dialogs.menus import (
    copy_menu,
    export_menu,
    go_menu,
    missing_menu,
    offered_marks_menu,
    own_name_menu,
    pleas_menu,
    reference_menu,
    removal_menu,
    rescue_menu,
    sealed_log_menu,
    sealed_menu,
)
from cable_tui.value import replace
from tests.session import reference

HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"


async def picked(make: Callable[[], Menu], *keys: str) -> Action | WidgetAction | None:
    """What the menu ends with."""
    app: App[None] = App()
    ends: list[Action | WidgetAction | None] = []
    async with app.run_test() as pilot:
        app.push_screen(make(), ends.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
    assert len(ends) == 1
    return ends[0]


LONG = "x" * 80
SHOWN = f"the notes “ask Mara {LONG[:50]}…”, “why?”"
MARKS = (
    Mark("09ZENDA1", "09ZENDA1", "3", note=f"ask\nMara {LONG}", lists=("story", "ice")),
    Mark("09ZENDA2", "09ZENDA2", note="why?", lists=("story",)),
)
EARLIER = AskOwnName(HOSTILE, 14, 3)
STORY = ExportSelection("story", "the list story", list="story")
MASKING = replace(STORY, masks=(HOSTILE,))
PLEAS = sealing.SealingSurveyed(
    MASKING, (PleaToAnswer(HOSTILE, "09ZENDA1", "3", HOSTILE * 9),), HOSTILE
)
OFFER = AskTakeMarks(HOSTILE, f"Unchanged {HOSTILE}", 3, (HOSTILE,))
BOTH = (reference("09ZENDA1", "09 ZENDA 1"), reference("09ZENDA2", HOSTILE))


@pytest.mark.parametrize(
    ("make", "keys", "does"),
    [
        (lambda: copy_menu("¶3"), ("y",), copy.Copy("reference")),
        (lambda: copy_menu("¶3"), ("h",), copy.Copy("hashtags")),
        (lambda: copy_menu("¶3"), ("down", "enter"), copy.Copy("link")),
        (lambda: copy_menu("¶3"), ("j", "enter"), copy.Copy("link")),
        (lambda: copy_menu(HOSTILE), ("escape",), None),
        (lambda: reference_menu(BOTH), ("2",), effects.GoToCable("09ZENDA2")),
        (lambda: reference_menu(BOTH), ("enter",), effects.GoToCable("09ZENDA1")),
        (lambda: rescue_menu(HOSTILE), ("n",), Undo()),
        (lambda: rescue_menu(HOSTILE), ("escape",), None),
        (lambda: own_name_menu(EARLIER), ("y",), AnswerOwnName(HOSTILE, mine=True)),
        (lambda: own_name_menu(EARLIER), ("n",), AnswerOwnName(HOSTILE, mine=False)),
        (lambda: own_name_menu(EARLIER), ("escape",), None),
        (lambda: removal_menu(MARKS), ("t",), RemoveMarks(MARKS)),
        (lambda: removal_menu(MARKS), ("enter",), effects.Notify("Kept.")),
        (lambda: removal_menu(MARKS), ("escape",), None),
        (lambda: go_menu("list"), ("m",), OpenBookmarks()),
        (lambda: go_menu("list"), ("q",), None),
        (lambda: export_menu(STORY), ("s",), export.AskSealedParts(STORY)),
        (lambda: export_menu(STORY, OpenSealing(STORY, 2)), ("S",), sealing.PrepareSealing(STORY)),
        (lambda: sealed_menu(STORY), ("w",), sealing.PrepareSealing(STORY)),
        (
            lambda: sealed_menu(STORY),
            ("P",),
            sealing.PrepareSealing(replace(STORY, texts="paragraphs", protected=True)),
        ),
        (lambda: pleas_menu(PLEAS), ("enter",), sealing.ReadPlea(MASKING, PLEAS.unresolved[0])),
        (lambda: pleas_menu(PLEAS), ("m",), sealing.AskMask(MASKING)),
        (
            lambda: pleas_menu(PLEAS),
            ("u",),
            sealing.PrepareSealing(replace(MASKING, unresolved=True)),
        ),
        (lambda: pleas_menu(PLEAS), ("f",), sealing.PrepareSealing(STORY, forget=True)),
        (
            lambda: sealed_log_menu(STORY, "3 searches"),
            ("enter",),
            export.AskExportFile(replace(STORY, log=False), SEALED),
        ),
        (
            lambda: sealed_log_menu(STORY, "3 searches"),
            ("l",),
            export.AskExportFile(replace(STORY, log=True), SEALED),
        ),
        (
            lambda: offered_marks_menu(OFFER),
            ("enter",),
            effects.Notify("Its bookmarks stay in the dossier."),
        ),
        (lambda: offered_marks_menu(OFFER), ("t",), TakeMarks()),
        (lambda: offered_marks_menu(OFFER), ("escape",), None),
        (lambda: missing_menu("08ZENDA1"), ("y",), copy.CopyLink("08ZENDA1")),
        (lambda: missing_menu("08ZENDA1"), ("c",), search_bar.SearchFor("cites:08ZENDA1 ")),
        (lambda: go_menu("list"), ("g",), results.MoveCursorTo(0)),
        (lambda: go_menu("body"), ("g",), WidgetAction("body_ends", -1)),
        (lambda: go_menu("body"), ("l",), panes.Focus("list")),
    ],
)
def test_a_key_picks_its_line(
    make: Callable[[], Menu], keys: tuple[str, ...], does: object
) -> None:
    assert asyncio.run(picked(make, *keys)) == does


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
        (MARKS[1:], "What goes with it: the note “why?”; the place in story."),
        (MARKS, f"What goes with them: {SHOWN}; the places in story (2), ice (1)."),
        (
            tuple(Mark(f"09A{number}", f"09A{number}", note=f"n{number}") for number in range(5)),
            "What goes with them: the notes “n0”, “n1”, “n2” and 2 more.",
        ),
    ],
)
def test_what_goes_with_a_bookmark_is_named_before(marks: tuple[Mark, ...], goes: str) -> None:
    async def go() -> str:
        app: App[None] = App()
        async with app.run_test() as pilot:
            app.push_screen(removal_menu(marks))
            await pilot.pause()
            return str(app.screen.query_one(".menu-note", Static).render())

    assert asyncio.run(go()) == goes


def test_details_stand_below_each_other() -> None:
    async def go() -> list[str]:
        app: App[None] = App()
        async with app.run_test() as pilot:
            app.push_screen(reference_menu((reference("09A1", "x"), reference("09ZENDA22", "x"))))
            await pilot.pause()
            options = app.screen.query_one(OptionList).options
            return [str(each.prompt) for each in options]

    assert asyncio.run(go()) == ["1  09A1       x", "2  09ZENDA22  x"]


def test_two_lines_on_one_key_are_refused_by_name() -> None:
    lines = [MenuItem("k", "one", Undo()), MenuItem("k", "another", Undo())]
    with pytest.raises(ValueError, match="Go to: two lines of the menu have the key k"):
        Menu("Go to", lines)
