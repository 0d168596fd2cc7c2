"""Boxes that ask: what they end with, and that nothing typed is lost."""

from __future__ import annotations

import pytest

from cable_tui.session.effects import AskLine, Notify
from cable_tui.tui.dialogs.pickers import PickerChoice
from cable_tui.tui.dialogs.prompts import (
    BY_NUMBER,
    PRIVATE,
    SEVERAL,
    ListPicker,
    NameBox,
    NoteBox,
    offers,
    others_lines,
)
from tests.tui.stage import ended

HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"
LISTS = (("harbour", 2), ("TIP story", 14))


@pytest.mark.parametrize("leave", ["escape", "f2"])
async def test_a_note_is_kept_whatever_way_it_is_left(leave: str) -> None:
    kept: list[str] = []
    keys = ("!", "enter", "j", "q", leave)
    assert await ended(lambda: NoteBox("Note", "seen", kept.append), *keys) == [None]
    assert kept == ["seen!\njq"]


async def test_a_note_can_be_discarded() -> None:
    kept: list[str] = []
    gone: list[str] = []
    keys = ("!", "ctrl+x")
    assert await ended(lambda: NoteBox("Note", "seen", kept.append, gone.append), *keys) == [None]
    assert (kept, gone) == ([], ["seen!"])


@pytest.mark.parametrize(
    ("edited", "text"), [("in the editor\n", "in the editor"), ("", ""), (None, "seen")]
)
async def test_a_note_goes_to_an_editor_and_comes_back_into_the_box(
    edited: str | None, text: str
) -> None:
    kept: list[str] = []
    given: list[str] = []

    def edit(note: str) -> str | None:
        given.append(note)
        return edited

    box = lambda: NoteBox("Note", "seen", kept.append, edit=edit)  # noqa: E731
    assert await ended(box, "ctrl+o", "!", "escape") == [None]
    assert (given, kept) == (["seen"], [f"{text}!"])


async def test_what_others_noted_is_read_above_ones_own_note() -> None:
    notes = [("Mara", "ask the bank\nand the port"), ("Ben\x1b", "[b]no")]
    assert others_lines(notes) == "Mara: ask the bank\nand the port\nBen␛: [b]no"
    kept: list[str] = []
    assert await ended(
        lambda: NoteBox("Note", "seen", kept.append, others=notes), "!", "tab", "down", "escape"
    ) == [None]
    assert kept == ["seen!"]


async def test_a_note_may_hold_anything() -> None:
    kept: list[str] = []
    await ended(lambda: NoteBox(HOSTILE, "[/x] [deleted XXXXX]", kept.append), "escape")
    assert kept == ["[/x] [deleted XXXXX]"]


@pytest.mark.parametrize(
    ("keys", "end"),
    [
        (("enter",), ["lobster"]),
        (("end", "s", "enter"), ["lobsters"]),
        (("x", "enter"), ["x"]),
        (("escape",), [None]),
        (("ctrl+u", "enter"), []),
    ],
)
async def test_a_name_is_proposed_and_can_be_changed(
    keys: tuple[str, ...], end: list[object]
) -> None:
    asked = AskLine("Save as", "lobster", Notify)
    assert await ended(lambda: NameBox(asked), *keys) == end


async def test_an_empty_line_is_an_answer_if_the_question_says_so() -> None:
    asked = AskLine("Compare with which?", "", Notify, "empty: with all", can_be_empty=True)
    assert await ended(lambda: NameBox(asked), "enter") == [""]


@pytest.mark.parametrize(
    ("keys", "end"),
    [
        (("enter",), ["harbour"]),
        (("down", "enter"), ["TIP story"]),
        (("t", "i", "p", "enter"), ["TIP story"]),
        (("n", "e", "w", "enter"), ["new"]),
        (("h", "a", "r", "down", "enter"), ["har"]),
        (("escape",), [None]),
    ],
)
async def test_a_list_is_chosen_or_named(keys: tuple[str, ...], end: list[object]) -> None:
    assert await ended(lambda: ListPicker("Into", LISTS), *keys) == end


@pytest.mark.parametrize(
    ("keys", "end"),
    [
        (("2",), [f"{BY_NUMBER}TIP story"]),
        (("down", "enter"), ["TIP story"]),
        (("9", "enter"), ["9"]),
        (("t", "2", "enter"), ["t2"]),
        (("space", "1", "9", "enter"), ["19"]),
    ],
)
async def test_a_list_is_chosen_by_its_number(keys: tuple[str, ...], end: list[object]) -> None:
    assert await ended(lambda: ListPicker("Into", LISTS, numbered=True), *keys) == end


@pytest.mark.parametrize(
    ("keys", "end"),
    [
        (("1",), [f"{BY_NUMBER}harbour"]),
        (("enter",), ["harbour"]),
        (("+", "1", "enter"), [f"{SEVERAL}+harbour"]),
        (("+", "1", "2", "enter"), [f"{SEVERAL}+harbour{SEVERAL}-TIP story"]),
        (("+", "2", "2", "enter"), [None]),
        (("tab", "n", "e", "w", "tab", "enter"), [f"{SEVERAL}+harbour{SEVERAL}+new"]),
        (("t", "i", "p", "tab", "h", "a", "r", "enter"), [f"{SEVERAL}+harbour{SEVERAL}-TIP story"]),
        (("tab", "escape"), [None]),
    ],
)
async def test_several_lists_are_ticked_by_number_or_name(
    keys: tuple[str, ...], end: list[object]
) -> None:
    inside = frozenset({"TIP story"})

    def picker() -> ListPicker:
        return ListPicker("Into", LISTS, numbered=True, inside=inside)

    assert await ended(picker, *keys) == end


@pytest.mark.parametrize("last", [("tab", "enter"), ("enter",)])
async def test_a_new_private_list_stays_private_when_several_are_ticked(
    last: tuple[str, ...],
) -> None:
    def picker() -> ListPicker:
        return ListPicker("Into", LISTS, shared=True, numbered=True, inside=frozenset())

    keys = ("+", "1", "p", "i", "e", "r", "down", *last)
    assert await ended(picker, *keys) == [f"{SEVERAL}+harbour{SEVERAL}+{PRIVATE}pier"]


def test_ticks_and_notes_are_shown() -> None:
    notes = {"harbour": "[b]ports[/b]\n" + "and quays " * 9}
    picker = ListPicker("Into", LISTS, inside=frozenset({"TIP story"}), notes=notes)
    first, second = (line.label for line in picker.choices("")[0])
    assert first.startswith("  harbour  2  [b]ports[/b] and quays")
    assert len(first) < 60
    assert second == "✓ TIP story  14"


def test_a_name_that_is_there_is_not_offered_as_a_new_one() -> None:
    assert [each.value for each in offers("harbour", LISTS)] == ["harbour"]


async def test_a_new_list_may_be_private_where_lists_are_shared() -> None:
    found = list(offers("pier", LISTS, shared=True))
    assert [each.label for each in found] == ["new list: pier", "new private list: pier"]
    keys = ("p", "i", "e", "r", "down", "enter")
    assert await ended(lambda: ListPicker("Into", LISTS, shared=True), *keys) == [f"{PRIVATE}pier"]
    assert [each.value for each in offers("harbour", LISTS, shared=True)] == ["harbour"]


def test_without_lists_the_first_name_makes_one() -> None:
    assert list(offers("  the  pier ", ())) == [PickerChoice("the pier", "new list: the pier")]
